"""Works the whole story through the operations and tells of each thing once it is confirmed."""

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import ContactId, IncidentId, ItemId, StatementId
from desktop.domain.incidents import Category, FieldValue, FourCs, RiskLevel, encode_field
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.domain.people import PersonKind, Role
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Act
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.evidence.answer_gate import keep_out, let_in
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.take_evidence import add_file, add_picture
from desktop.operations.incident.keep_chronology import add_note, correct_note, show_chronology
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.keep_people import add_account, add_person
from desktop.operations.incident.record_incident import (
    close_incident,
    enter_fields,
    save_draft,
    start_incident,
)
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.leaving.issue_report import current_quarter, issue_report
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.check_second import SecondCheck
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.logs_on_disk import new_log
from tests.operations.story_evidence import Told, made_up, sha256
from tests.operations.story_procedures import LATE, SECOND, ProcedureDeeds, filled
from tests.workspaces import own_procedures

__all__ = ["Material", "Story", "Told", "an_environment", "ignore", "made_up", "never"]

MEBIBYTE = 1024 * 1024
STEPS = 12
FULL_AT = 2 * MEBIBYTE
TYPED = "A learner of 16 gets abusive e-mails, and two comments about her stand on a board. "
ANSWERS = {f"T{number}": "no" for number in range(1, 14)} | {"T8": "private+site"}


@dataclass(frozen=True)
class Material:
    """What is typed and taken in: a word that tells it apart, a picture, a long file."""

    word: str
    picture: bytes
    video: Path


def an_environment() -> Environment:
    """Return what a log needs: a still clock, the procedures that ship."""
    return Environment(clock=FrozenClock(), procedures=own_procedures(), machine="a computer")


class Story(ProcedureDeeds):
    """The story in the order in which it happens; `told` hears of each thing once it is there."""

    def __init__(
        self, environment: Environment, place: Path, material: Material, told: Told
    ) -> None:
        super().__init__(material.video.parent, material.word, told)
        self._environment = environment
        self._place = place
        self._material = material

    def work(self) -> Workspace:
        """Do everything but lock the log."""
        workspace = create_log(self._environment, new_log(self._place / "log"))
        self._told("log")
        # A second evidence file is begun on the way.
        workspace.contents._files._full_at = FULL_AT
        incident_id = self._type_and_enter(workspace)
        self.fill_in_own_copy(workspace)
        self._people(workspace, incident_id)
        self._answer_triage(workspace, incident_id)
        self.compare_clock(workspace)
        self._evidence(workspace, incident_id)
        self.capture_a_set(workspace, incident_id)
        self.take_a_mail(workspace, incident_id)
        self.take_a_chat(workspace, incident_id)
        self.describe(workspace, incident_id)
        self.copy(workspace, incident_id)
        self._hold_back(workspace, incident_id)
        self.take_the_rest_of_a_mail(workspace, incident_id)
        self.correct(workspace, incident_id)
        self.seal(workspace, incident_id)
        self._ring_the_police(workspace, incident_id)
        self._chronology(workspace, incident_id)
        self._export(workspace, incident_id, BundleForm.ZIP)
        self._report(workspace)
        self._steps(workspace, incident_id)
        self.send_worksheet(workspace, incident_id)
        self.check_by_two(workspace, incident_id)
        self.settle_again(workspace, incident_id)
        self.end_one(workspace, incident_id)
        self.add_own_step(workspace)
        self.take_newer(workspace, incident_id)
        self._close(workspace, incident_id)
        self._export(workspace, incident_id, BundleForm.FOLDER)
        self.link(workspace, self._another(workspace), incident_id)
        return workspace

    def _another(self, workspace: Workspace) -> IncidentId:
        """Log a second incident with a long file in it: it is committed in several parts."""
        incident_id = self._start(workspace, "Another tutor rang.")
        self._add_video(workspace, incident_id)
        return incident_id

    def _add_video(self, workspace: Workspace, incident_id: IncidentId) -> None:
        statement_id = let_in(workspace, incident_id, ["video.bin"]).statement_id
        self._told("statement", incident_id, statement_id, "no")
        self._file(workspace, incident_id, statement_id, self._material.video)

    def _start(self, workspace: Workspace, text: str) -> IncidentId:
        started = start_incident(workspace, text)
        self._told("incident", started.incident_id, started.number)
        self._told("draft", started.incident_id, "first_account", text)
        return started.incident_id

    def _type_and_enter(self, workspace: Workspace) -> IncidentId:
        word = self._material.word
        text = f"{TYPED}{word} was written about her."
        incident_id = self._start(workspace, text[:2])
        for end in range(12, len(text), 12):
            save_draft(workspace, incident_id, "first_account", text[:end])
            self._told("draft", incident_id, "first_account", text[:end])
        values: dict[str, FieldValue] = {
            "first_account": text,
            "summary": f"Comments that say {word}",
            "became_aware_at": workspace.now(),
            "categories": (Category.CB_MSG, Category.THREAT),
            "four_cs": (FourCs.CONDUCT, FourCs.CONTACT),
            "platforms": ("E-mail", "Website, forum or blog"),
            "risk": RiskLevel.MEDIUM,
        }
        enter_fields(workspace, incident_id, values)
        encoded = {name: encode_field(name, value) for name, value in values.items()}
        self._told("fields", incident_id, encoded)
        save_draft(workspace, incident_id, "wishes", f"Nobody is to know of {word}")
        self._told("draft", incident_id, "wishes", f"Nobody is to know of {word}")
        return incident_id

    def _people(self, workspace: Workspace, incident_id: IncidentId) -> None:
        for name, role in (("Robin", Role.TARGET), ("Lee", Role.REPORTER), ("Kim", Role.PARENT)):
            values = {"name": f"{name} {self._material.word}", "kind": PersonKind.UNKNOWN}
            added = add_person(workspace, incident_id, role, values)
            self._told("person", incident_id, added.person_id, role.value, values["name"])
        for handle in (f"@{self._material.word}", "@nightowl_77"):
            values = {"handle": handle, "platform": "E-mail"}
            add_account(workspace, incident_id, values, seen_at=workspace.now())
            self._told("account", incident_id, handle)

    def _answer_triage(self, workspace: Workspace, incident_id: IncidentId) -> None:
        triaged = answer_triage(workspace, incident_id, ANSWERS)
        self._told("triage", incident_id, ANSWERS, list(triaged.attached))

    def _evidence(self, workspace: Workspace, incident_id: IncidentId) -> None:
        answered = let_in(workspace, incident_id, ["Captures", "message.eml"])
        statement_id = answered.statement_id
        self._told("statement", incident_id, statement_id, "no")
        shown = resource_path("practice", "comments.png").read_bytes()
        for png in (shown, self._material.picture):
            self._picture(workspace, incident_id, statement_id, png)
        item_id = self._file(
            workspace, incident_id, statement_id, resource_path("practice", "message.eml")
        )
        self._origin(workspace, item_id)

    def _picture(
        self, workspace: Workspace, incident: IncidentId, statement: StatementId, png: bytes
    ) -> None:
        kind, method = ItemKind.SCREEN, Method.SCREEN_CAPTURE
        now = workspace.now()
        added = add_picture(workspace, incident, statement, png, kind, method, now, ignore, never)
        self._told("item", incident, added.item_id, added.mark, sha256(png))

    def _file(
        self, workspace: Workspace, incident: IncidentId, statement: StatementId, path: Path
    ) -> ItemId:
        added = add_file(workspace, incident, statement, path, Method.DROP, ignore, never)
        self._told("item", incident, added.item_id, added.mark, sha256(path.read_bytes()))
        return added.item_id

    def _origin(self, workspace: Workspace, item_id: ItemId) -> None:
        save_draft(workspace, item_id, "description", f"E-mail that says {self._material.word}")
        values = {"description": f"E-mail that says {self._material.word}", "handle": "@owl"}
        enter_origin(workspace, item_id, values)
        self._told("fields", item_id, values)

    def _hold_back(self, workspace: Workspace, incident_id: IncidentId) -> None:
        words = f"A picture sent with {self._material.word}; nobody opened it"
        answer = GateAnswer.NOT_SURE
        made = keep_out(
            workspace, incident_id, answer, ["holiday.jpg"], Concern.CHILD_IMAGE, words
        )
        self._told("statement", incident_id, made.statement_id, answer.value)
        self._told("held", incident_id, words)

    def _ring_the_police(self, workspace: Workspace, incident_id: IncidentId) -> None:
        for checklist in show_checklists(workspace, incident_id).checklists:
            for view in checklist.steps:
                if view.step.id == "P03-4":
                    added = add_contact(
                        workspace,
                        incident_id,
                        self._details(workspace, Recipient.POLICE),
                        checklist_id=view.checklist_id,
                        step_id=view.step.id,
                        values=filled(view),
                    )
                    self._told("contact", incident_id, added.contact_id, "EX/4471/26")
                    self._told("step", incident_id, view.checklist_id, "P03-4", "done")

    def _details(self, workspace: Workspace, recipient: Recipient) -> ContactDetails:
        return ContactDetails(
            recipient=recipient,
            at=workspace.now(),
            channel=Channel.PHONE,
            person="PC Invented",
            said=f"What happened, and {self._material.word}",
            sent="Nothing yet",
            reference="EX/4471/26",
            advice="Keep everything.",
        )

    def _chronology(self, workspace: Workspace, incident_id: IncidentId) -> None:
        text, better = "Her mother collected her", f"Her aunt collected {self._material.word}"
        add_note(workspace, incident_id, workspace.now(), text)
        self._told("note", incident_id, text)
        lines = show_chronology(workspace, incident_id)
        (entry_id,) = (line.id for line in lines if line.text == text)
        correct_note(workspace, incident_id, entry_id, better, "The tutor put it right")
        self._told("note", incident_id, better)

    def _steps(self, workspace: Workspace, incident_id: IncidentId) -> None:
        for _ in range(STEPS):
            view = show_checklists(workspace, incident_id).next_step
            assert view
            contact_id: ContactId | None = None
            wanted = [one for one in Recipient if one.value in view.step.recipients]
            if wanted:
                details = self._details(workspace, wanted[0])
                contact_id = add_contact(workspace, incident_id, details).contact_id
                self._told("contact", incident_id, contact_id, details.reference)
            # Only the evidence itself ticks a capture.
            is_capture = view.step.acts == (Act.CAPTURE,)
            state = StepState.NOT_POSSIBLE if is_capture else StepState.DONE
            record_step(
                workspace,
                view.checklist_id,
                view.step.id,
                state,
                values={} if is_capture else filled(view),
                reason="Nobody has a picture of it" if is_capture else "",
                late_reason=LATE,
                contact_id=contact_id,
                second=SecondCheck(witness=SECOND),
            )
            self._told("step", incident_id, view.checklist_id, view.step.id, state.value)

    def _close(self, workspace: Workspace, incident_id: IncidentId) -> None:
        outcome = f"The police look into {self._material.word}"
        close_incident(
            workspace, incident_id, outcome=outcome, control_measure="Groups hear how to report"
        )
        self._told("closed", incident_id, outcome)

    def _export(self, workspace: Workspace, incident_id: IncidentId, form: BundleForm) -> None:
        request = BundleRequest(audience=Audience.POLICE, form=form, folder=self._place / "out")
        made = export_bundle(workspace, incident_id, request, ignore, never)
        self._told("bundle", incident_id, str(made.path), str(made.receipt), made.fingerprint)

    def _report(self, workspace: Workspace) -> None:
        path = self._place / "out" / "report.pdf"
        issued = issue_report(workspace, current_quarter(workspace), path)
        self._told("report", str(path), issued.sha256)
