"""Records that the text of a worksheet was sent: when, how, to whom, with which reference."""

import json
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.contacts import Channel
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.worksheets import Worksheet
from desktop.operations.incident.keep_worksheets import submit_worksheet
from desktop.operations.incident.record_incident import save_draft
from desktop.ui.form_dialog import FormDialog
from desktop.ui.incident.step_form import Mode, add_blank, add_late, draft_name
from desktop.ui.incident.step_words import first_words
from desktop.ui.session import Session
from desktop.ui.widgets.words import secondary

_CHANNELS = (
    Channel.ONLINE_FORM, Channel.EMAIL, Channel.PORTAL, Channel.PHONE, Channel.LETTER,
    Channel.IN_PERSON, Channel.OTHER,
)  # fmt: skip
BASIS = "Why it may be shared: consent asked, or the reason for sharing without it"
CAN_WAIT = (
    "For the step. What you do not know yet can wait: the sending is kept, and the step stays "
    "open until then."
)
_BLANK = "blank."


class WorksheetSentForm(FormDialog):
    """What was sent is frozen as it stands; the contact and the step are recorded with it."""

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        worksheet: Worksheet,
        texts: dict[str, str],
        step: StepView | None,
        parent: QWidget,
    ) -> None:
        super().__init__(
            session,
            incident_id,
            f"worksheetSent.{worksheet.id}",
            "Record that it was sent",
            parent,
            keep="Keep",
            hint=f"{worksheet.title}. The text is kept as it stands now, and cannot be changed "
            "afterwards.",
        )
        self._worksheet = worksheet
        self._texts = texts
        self._step = step
        self._build_fields()

    def _build_fields(self) -> None:
        form = self.form
        form.add_when("at", "When you sent it")
        form.set_when("at", self._session.clock.now())
        form.add_list("channel", "How", [(one.value, _capital(one.value)) for one in _CHANNELS])
        form.add_line("reference", "Their reference, if they gave one")
        if self._step:
            self._add_step_fields(self._step)
        form.add_line("person", "Who took it, if you know")
        form.add_text("advice", "What they answered or advised, if anything")
        form.add_line("next_action", "What happens next")
        form.add_when("next_due", "By when").ask_for_later()
        form.add_line("address_used", "Address or site used")
        form.add_line("protected_how", "How it was protected on the way")
        form.add_line("basis", BASIS)

    def _keep_for_later(self, view: StepView, blanks: dict[str, str]) -> None:
        """Leave the step open with what is known: an agency answers later than a form is sent."""
        if blanks:
            text = json.dumps({"mode": Mode.DONE.value, **blanks}, ensure_ascii=False)
            subject, name = self._incident_id, draft_name(view)
            self._session.run(self, partial(save_draft, subject=subject, name=name, value=text))

    def _add_step_fields(self, view: StepView) -> None:
        form = self.form
        asked = any(blank.required for blank in view.step.blanks)
        if asked or view.waiting_for or view.is_overdue:
            form.add_widget(secondary(CAN_WAIT, form))
        if view.waiting_for:
            form.add_text("out_of_order", f"Why it came before: {first_words(view)}")
        if view.is_overdue:
            add_late(form)
        for blank in view.step.blanks:
            add_blank(form, blank, _BLANK)

    def _keep(self) -> None:
        for name, words in (("at", "When you sent it"), ("next_due", "By when")):
            if self.form.text(name) and self.form.when(name) is None:
                self._say(f"“{words}” cannot be read as a time yet.")
                self.form.focus(name)
                return
        view, texts = self._step, self.form.texts()
        blanks = {
            name.removeprefix(_BLANK): text
            for name, text in texts.items()
            if name.startswith(_BLANK) and text
        }
        asked = [name for name in ("out_of_order", "late_reason") if self.form.has(name)]
        is_done = view is not None and _is_answered(view, blanks) and all(map(texts.get, asked))
        if view is not None and not is_done:
            self._keep_for_later(view, blanks)
        self._run(
            partial(
                submit_worksheet,
                incident_id=self._incident_id,
                worksheet_id=self._worksheet.id,
                texts=self._texts,
                at=self.form.when("at") or self._session.clock.now(),
                channel=Channel(texts["channel"]),
                reference=texts["reference"],
                person=texts["person"],
                advice=texts["advice"],
                address_used=texts["address_used"],
                protected_how=texts["protected_how"],
                basis=texts["basis"],
                next_action=texts["next_action"],
                next_due=self.form.when("next_due"),
                checklist_id=view.checklist_id if view and is_done else None,
                step_id=view.step.id if view else "",
                values=blanks,
                late_reason=texts.get("late_reason", ""),
                out_of_order=texts.get("out_of_order", ""),
            )
        )


def _is_answered(view: StepView, blanks: dict[str, str]) -> bool:
    return all(blanks.get(blank.name) for blank in view.step.blanks if blank.required)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
