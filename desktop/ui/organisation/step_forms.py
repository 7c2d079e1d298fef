"""The forms for a step of one's own, a local deadline, and for taking either out again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot

from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.policy.own_copy import ROLE_TITLES, OwnDeadline, OwnStep
from desktop.domain.steps.procedures import Length, Procedure, Severity
from desktop.operations.organisation.keep_own_copy import keep_deadline, keep_step
from desktop.operations.workspace import Workspace
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.organisation.own_words import ALONE, CHOICES, LENGTH_WORDS, SEVERITY_WORDS, STARTS

STEP_HINT = (
    "It joins checklists that start from now on, marked as yours. Stops and documented steps stay "
    "as they are. Where it does not apply, it can be left out with a reason."
)
DEADLINE_HINT = (
    "It runs beside what is documented and is shown as your own. A longer one does not loosen a "
    "documented one. Working days are counted as you work."
)
OUT_HINT = "Checklists that run with it keep it. New ones start without."
SEVERITIES = (Severity.MUST, Severity.SHOULD, Severity.CONSIDER)
YES_NO = (("no", "No"), ("yes", "Yes"))


class OwnStepForm(OwnForm):
    """Asks what is to be done, by whom, who is told, and where it stands."""

    is_tall = True

    def __init__(self, parent: OwnSection, own: OwnStep, procedure: Procedure) -> None:
        title = "Change your step" if own.id else "Add a step of your own"
        super().__init__(
            parent.session,
            f"ownStep.{own.procedure_id}.{own.id}",
            f"{title}: {procedure.title}",
            parent,
            hint=STEP_HINT,
        )
        self._own = own
        self._add_fields(procedure)
        self._fill(own)

    def _add_fields(self, procedure: Procedure) -> None:
        self.form.add_line("title", "What is to be done, in a few words")
        self.form.add_text("text", "How: what anybody needs to know to do it", lines=3)
        steps = [(one.id, f"{one.title} ({one.id})") for one in procedure.steps if not one.local]
        self.form.add_list("follows", "It comes after", [*steps, ("", "All other steps")])
        self.form.add_list("actor", "Who does it", list(ROLE_TITLES.items()))
        severities = [(one.value, SEVERITY_WORDS[one]) for one in SEVERITIES]
        self.form.add_choice("severity", "How binding it is", severities)
        self.form.add_choice(
            "removes",
            "Does it hide, remove or block something?",
            YES_NO,
            "If so, it is held back until the evidence is kept.",
        )
        self.form.add_line("source", "Where it comes from, for example our policy, section 4")
        recipients = [(one.value, RECIPIENT_NAMES[one]) for one in Recipient]
        self.form.add_tags("recipients", "Who is told (nobody, if nothing is chosen)", recipients)

    def _fill(self, own: OwnStep) -> None:
        self.form.set_texts(
            {
                "title": own.title,
                "text": own.text,
                "follows": own.follows,
                "actor": own.actor,
                "recipients": "+".join(own.recipients),
                "severity": own.severity.value,
                "removes": "yes" if own.removes else "no",
                "source": own.source,
            }
        )

    def _keep(self) -> None:
        if self._lacks(
            ("title", "Write in a few words what is to be done."),
            ("text", "Write how it is done, so that anybody can do it."),
        ):
            return
        texts = self.form.texts()
        told = filter(None, texts["recipients"].split("+"))
        step = OwnStep(
            id=self._own.id,
            procedure_id=self._own.procedure_id,
            follows=texts["follows"],
            title=texts["title"],
            text=texts["text"],
            actor=texts["actor"],
            recipients=tuple(Recipient(one) for one in told),
            severity=Severity(texts["severity"] or Severity.MUST),
            source=texts["source"],
            removes=texts["removes"] == "yes",
        )
        self._run(partial(keep_step, step=step))


class OwnDeadlineForm(OwnForm):
    """Asks for how long, counted from when."""

    def __init__(self, parent: OwnSection, own: OwnDeadline, procedure: Procedure) -> None:
        title = "Change your deadline" if own.id else "Add a deadline of your own"
        step = procedure.step(own.step_id)
        super().__init__(
            parent.session,
            f"ownDeadline.{own.step_id}.{own.id}",
            f"{title}: {step.title}",
            parent,
            hint=DEADLINE_HINT,
        )
        self._own = own
        self.form.add_line("label", "What it is for", "for example ring the centre")
        lengths = [(one.value, LENGTH_WORDS[one]) for one in CHOICES]
        self.form.add_list("length", "Counted in", lengths)
        self.form.add_line("amount", "How many", "a number, for example 4")
        starts = list(STARTS.items())
        steps = [
            (one.id, f"when done: {one.title} ({one.id})")
            for one in procedure.steps
            if one.id != own.step_id
        ]
        self.form.add_list("starts", "The time begins", [*starts, *steps])
        self.form.add_line("source", "Where it comes from, for example our policy, section 4")
        box = self.form.field("length")
        box.currentIndexChanged.connect(self._show_amount)  # type: ignore[union-attr]
        self._fill(own)

    def _fill(self, own: OwnDeadline) -> None:
        self.form.set_texts(
            {
                "label": own.label,
                "length": own.length.value,
                "amount": str(own.amount or ""),
                "starts": own.starts,
                "source": own.source,
            }
        )
        self._show_amount()

    @Slot()
    def _show_amount(self) -> None:
        self.form.set_shown("amount", Length(self.form.text("length")) not in ALONE)

    def _keep(self) -> None:
        if self._lacks(("label", "Write what the deadline is for, in a few words.")):
            return
        texts = self.form.texts()
        length = Length(texts["length"])
        amount = texts["amount"]
        if length not in ALONE and not (amount.isascii() and amount.isdigit()):
            self._ask_for("amount", "Write how many, as a number from 1 to 999.")
            return
        deadline = OwnDeadline(
            id=self._own.id,
            step_id=self._own.step_id,
            label=texts["label"],
            length=length,
            amount=0 if length in ALONE else int(amount),
            starts=texts["starts"],
            source=texts["source"],
        )
        self._run(partial(keep_deadline, deadline=deadline))


class TakeOutForm(OwnForm):
    """Asks why something of one's own is taken out."""

    def __init__(
        self,
        parent: OwnSection,
        own_id: str,
        title: str,
        drop: Callable[[Workspace, str, str], object],
    ) -> None:
        super().__init__(
            parent.session,
            f"takeOut.{own_id}",
            f"Take out: {title}",
            parent,
            keep="Take it out",
            hint=OUT_HINT,
        )
        self._own_id = own_id
        self._drop = drop
        self.form.add_text("reason", "Why it is taken out")

    def _keep(self) -> None:
        if self._lacks(("reason", "Write why. One sentence is enough.")):
            return
        own_id, reason, drop = self._own_id, self.form.text("reason"), self._drop
        self._run(lambda workspace: drop(workspace, own_id, reason))
