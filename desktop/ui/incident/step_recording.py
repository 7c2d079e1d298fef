"""Records what became of a step: done with its blanks, not applicable, not possible, earlier."""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.checklist_records import StepState
from desktop.domain.checklists import StepView
from desktop.domain.errors import AppError, ReasonNeeded
from desktop.domain.identifiers import IncidentId
from desktop.domain.procedures import Act, Blank
from desktop.domain.recording import blanks_for, may_leave_out
from desktop.operations.follow_checklist import record_step
from desktop.operations.record_incident import save_draft
from desktop.ui import messages
from desktop.ui.form_fields import FieldsForm
from desktop.ui.incident.step_words import RECORD_FIELD_OF, contact_words
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role

DRAFT_AFTER_MS = 400
FEW_CHOICES = 5
FEW_BUTTONS = 3
_BY_ITSELF = frozenset({Act.CAPTURE, Act.CONTACT, Act.CLOSE})


class Mode(StrEnum):
    """What is being recorded."""

    DONE = "done"
    EARLIER = "earlier"
    LEAVE_OUT = "leave out"
    NOT_POSSIBLE = "not possible"


_STATES: dict[Mode, StepState] = {
    Mode.DONE: StepState.DONE,
    Mode.EARLIER: StepState.DONE,
    Mode.LEAVE_OUT: StepState.NOT_APPLICABLE,
    Mode.NOT_POSSIBLE: StepState.NOT_POSSIBLE,
}
_REASONS: dict[Mode, str] = {
    Mode.EARLIER: "Why it came before what should come first",
    Mode.LEAVE_OUT: "Why it does not apply here",
    Mode.NOT_POSSIBLE: "Why it was not possible",
}


class StepRecording(QWidget):
    """The buttons of one step, and the form that the chosen one needs."""

    act_requested = Signal(str, object)

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        view: StepView,
        draft: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._view = view
        self._mode: Mode | None = None
        self._dirty = False
        self._kept = draft
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self._save_draft)
        self._build_ui()
        self._restore(draft)
        session.about_to_lock.connect(self._save_draft)

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.banner)
        self._form_holder = QVBoxLayout()
        self.form: FieldsForm | None = None
        self._column.addLayout(self._form_holder)
        self._buttons = QWidget(self)
        self._flow = FlowLayout(self._buttons, spacing=8)
        self._column.addWidget(self._buttons)
        self._show_mode(Mode.DONE if self._fills_in_at_once() else None)

    def is_typing(self) -> bool:
        """Say whether somebody has begun to fill something in."""
        return self.form is not None and (self._dirty or bool(self._kept))

    def _fills_in_at_once(self) -> bool:
        step = self._view.step
        plain = not _BY_ITSELF.intersection(step.acts) and Act.DECIDE not in step.acts
        return plain and self._view.is_ready and bool(step.blanks or self._is_late())

    def _is_late(self) -> bool:
        return any(due.overdue for due in self._view.deadlines)

    def _show_mode(self, mode: Mode | None) -> None:
        self._mode = mode
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        if mode is not None:
            self.form = self._build_form(mode)
            self._form_holder.addWidget(self.form)
        self._flow.clear()
        self._names: set[str] = set()
        self._has_primary = False
        if mode is None or (mode is Mode.DONE and self._fills_in_at_once()):
            self._add_buttons()
        else:
            self._add_keep_buttons(mode)

    def _build_form(self, mode: Mode) -> FieldsForm:
        form = FieldsForm(self._session.clock, "step", self)
        if mode is Mode.LEAVE_OUT and self._view.prefilled_reason:
            form.add_text("reason", _REASONS[mode])
            form.set_text("reason", self._view.prefilled_reason)
        elif mode in (Mode.LEAVE_OUT, Mode.NOT_POSSIBLE):
            form.add_text("reason", _REASONS[mode])
        if mode is Mode.EARLIER:
            form.add_when("done_at", "When it was really done")
            if self._view.waiting_for:
                form.add_text("reason", _REASONS[mode])
        for blank in blanks_for(self._view.step, _STATES[mode]):
            add_blank(form, blank)
        if mode is Mode.DONE and self._is_late():
            form.add_text("late_reason", "Why it was late. One sentence is enough")
        form.edited.connect(self._on_edited)
        return form

    def _add_buttons(self) -> None:
        view, step = self._view, self._view.step
        if view.is_ready:
            for act in step.acts:
                self._add_act(act)
        elif view.prefilled_reason:
            self._add(
                "confirmButton", "Confirm: not applicable", self._on_confirm_clicked, "primary"
            )
        if view.unanswered:
            name = view.unanswered[0]
            self._add(
                "questionButton", f"Answer question {name}…", partial(self._ask, "triage", None)
            )
        if view.led_by:
            return
        may_wait = bool(view.waiting_for) or not _BY_ITSELF.issuperset(step.acts)
        if may_wait and step.acts:
            self._add("earlierButton", "It already happened…", self._on_earlier_clicked, "quiet")
        if may_leave_out(view):
            self._add("leaveOutButton", "Not applicable…", self._on_leave_out_clicked, "quiet")
        self._add("notPossibleButton", "Not possible…", self._on_not_possible_clicked, "quiet")

    def _add_act(self, act: Act) -> None:
        view, step = self._view, self._view.step
        field = RECORD_FIELD_OF.get(step.ticked_by, "")
        if act is Act.CAPTURE:
            self._add("captureButton", "Capture", partial(self._ask, "capture", None), "primary")
        elif act is Act.CONTACT:
            ask = partial(self._ask, "contact", view)
            self._add("contactButton", contact_words(view), ask, "primary")
        elif act is Act.CLOSE:
            self._add(
                "closeButton", "Close the incident…", partial(self._ask, "close", None), "primary"
            )
        elif act is Act.DECIDE:
            self._add_decisions()
        elif act is Act.RECORD and field:
            ask = partial(self._ask, "record", field)
            self._add("recordButton", "Write it in the record", ask, "primary")
        elif "doneButton" not in self._names:
            role = "" if self._names else "primary"
            self._add("doneButton", "Done", self._on_done_clicked, role)

    def _add_decisions(self) -> None:
        blank = next((each for each in self._view.step.blanks if each.choices), None)
        if blank is None or len(blank.choices) > FEW_BUTTONS:
            self._add("decideButton", "Record the decision…", self._on_decide_clicked, "primary")
            return
        for number, choice in enumerate(blank.choices):
            role = "" if number else "primary"
            words = f"{choice[0].upper()}{choice[1:]}, because…"
            slot = partial(self._decide, blank.name, choice)
            self._add(f"decide{number + 1}Button", words, slot, role)

    def _add_keep_buttons(self, mode: Mode) -> None:
        words = "Confirm" if mode is Mode.LEAVE_OUT else "Keep"
        self._add("keepStepButton", words, self._on_keep_clicked, "primary")
        self._add("backButton", "Back", self._on_back_clicked)

    def _add(self, name: str, words: str, slot: object, role: str = "") -> None:
        button = QPushButton(words.replace("&", "&&"), self._buttons)
        button.setObjectName(name)
        button.setAccessibleName(f"{words.rstrip('…')}: {self._view.step.title}")
        if role and not (role == "primary" and self._has_primary):
            set_role(button, role)
        self._has_primary = self._has_primary or role == "primary"
        button.clicked.connect(slot)
        self._flow.addWidget(button)
        self._names.add(name)

    def _ask(self, what: str, data: object) -> None:
        self.act_requested.emit(what, data)

    @Slot()
    def _on_done_clicked(self) -> None:
        if self._mode is Mode.DONE or not (self._view.step.blanks or self._is_late()):
            self._mode = Mode.DONE
            self._record()
        else:
            self._open(Mode.DONE)

    @Slot()
    def _on_decide_clicked(self) -> None:
        self._open(Mode.DONE)

    def _decide(self, name: str, choice: str) -> None:
        self._open(Mode.DONE)
        if self.form is None:
            return
        self.form.set_text(name, choice)
        for blank in self._view.step.blanks:
            if blank.name != name:
                self.form.focus(blank.name)
                break

    @Slot()
    def _on_confirm_clicked(self) -> None:
        self._show_mode(Mode.LEAVE_OUT)
        self._record()

    @Slot()
    def _on_earlier_clicked(self) -> None:
        if Act.CONTACT in self._view.step.acts:
            self._ask("contact", self._view)
        else:
            self._open(Mode.EARLIER)

    @Slot()
    def _on_leave_out_clicked(self) -> None:
        self._open(Mode.LEAVE_OUT)

    @Slot()
    def _on_not_possible_clicked(self) -> None:
        self._open(Mode.NOT_POSSIBLE)

    def _open(self, mode: Mode) -> None:
        self._show_mode(mode)
        if self.form is not None:
            self.form.focus(next(iter(self.form.texts())))

    @Slot()
    def _on_back_clicked(self) -> None:
        self.banner.clear()
        self._forget()
        self._show_mode(Mode.DONE if self._fills_in_at_once() else None)

    @Slot()
    def _on_keep_clicked(self) -> None:
        self._record()

    def _record(self) -> None:
        mode = self._mode or Mode.DONE
        form = self.form
        texts = form.texts() if form else {}
        names = {blank.name for blank in blanks_for(self._view.step, _STATES[mode])}
        reason = texts.get("reason", "")
        earlier = mode is Mode.EARLIER
        if earlier and form and form.when("done_at") is None:
            self.banner.show_message("Say when it was really done.", "warn")
            form.focus("done_at")
            return
        self._buttons.setEnabled(False)
        operation = partial(
            record_step,
            checklist_id=self._view.checklist_id,
            step_id=self._view.step.id,
            state=_STATES[mode],
            values={name: text for name, text in texts.items() if name in names and text},
            reason="" if mode in (Mode.DONE, Mode.EARLIER) else reason,
            late_reason=texts.get("late_reason", ""),
            out_of_order=reason if earlier else "",
            done_at=form.when("done_at") if earlier and form else None,
        )
        self._session.run(self, operation, self._on_recorded, self._on_error)

    def _on_recorded(self, _changes: object) -> None:
        self._forget()
        self._buttons.setEnabled(True)

    def _on_error(self, error: AppError) -> None:
        self._buttons.setEnabled(True)
        if isinstance(error, ReasonNeeded) and error.about == "late" and self.form is not None:
            if not self.form.has("late_reason"):
                self.form.add_text("late_reason", "Why it was late. One sentence is enough")
            self.form.focus("late_reason")
        messages.show(self, error)

    @Slot()
    def _on_edited(self) -> None:
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _save_draft(self) -> None:
        self._timer.stop()
        if self._dirty and self.form is not None and self._mode:
            self._dirty = False
            texts = {"mode": self._mode.value, **self.form.texts()}
            self._keep_draft(json.dumps(texts, ensure_ascii=False))

    def _forget(self) -> None:
        self._timer.stop()
        if self._dirty or self._kept:
            self._keep_draft("")
        self._dirty = False

    def _keep_draft(self, text: str) -> None:
        self._kept = text
        name = draft_name(self._view)
        subject = self._incident_id
        self._session.run(self, partial(save_draft, subject=subject, name=name, value=text))

    def _restore(self, draft: str) -> None:
        if not draft:
            return
        texts: Mapping[str, str] = json.loads(draft)
        self._show_mode(Mode(texts["mode"]))
        if self.form is not None:
            self.form.set_texts(texts)
        self._timer.stop()
        self._dirty = False


def draft_name(view: StepView) -> str:
    """Name the draft of what is being filled in for a step."""
    return f"form.step.{view.step.id}"


def add_blank(form: FieldsForm, blank: Blank, prefix: str = "") -> None:
    """Add the field of something that must be recorded with a step."""
    name = prefix + blank.name
    label = blank.label if blank.required else f"{blank.label} (if known)"
    if blank.choices and len(blank.choices) <= FEW_CHOICES:
        form.add_choice(name, label, [(choice, choice) for choice in blank.choices])
    elif blank.choices:
        listed = [("", "Choose…"), *((choice, choice) for choice in blank.choices)]
        form.add_list(name, label, listed)
    elif blank.long:
        form.add_text(name, label)
    else:
        form.add_line(name, label)
