"""Records what became of a step, and records it again where that was not right."""

import json
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes
from desktop.domain.errors import AnswerNeeded, AppError, ReasonNeeded
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Act
from desktop.domain.steps.recording import blanks_for
from desktop.operations.incident.record_incident import save_draft
from desktop.operations.steps.follow_checklist import explain_late, record_step
from desktop.operations.workspace import Workspace
from desktop.ui import messages
from desktop.ui.form_fields import FieldsForm
from desktop.ui.incident.second_check import ALONE, SecondCheckFields
from desktop.ui.incident.step_buttons import StepButtons, fills_in_at_once
from desktop.ui.incident.step_context import Aside
from desktop.ui.incident.step_form import (
    STATES,
    Mode,
    add_late,
    build_step_form,
    draft_name,
)
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.words import secondary

DRAFT_AFTER_MS = 400
AGAIN = "What was recorded before stays visible. What is right?"
_REASON_FIELDS = {"late": "late_reason", "nobody else": ALONE, "again": "again_reason"}
_DONE_AGAIN = (Mode.DONE, Mode.EARLIER, Mode.AGAIN)


class StepRecording(QWidget):
    """The buttons of one step, and the form that the chosen one needs."""

    act_requested = Signal(str, object)
    recorded = Signal()
    left = Signal()

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        view: StepView,
        aside: Aside,
        draft: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._view = view
        self._aside = aside
        self._mode: Mode | None = None
        self._dirty = self._is_busy = False
        self._kept = draft
        self._typed: dict[str, str] = {}
        self._given: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self._save_draft)
        self._ways: dict[str, Callable[[object], None]] = {
            "done": self._on_done,
            "decide": self._on_decide,
            "confirm": self._on_confirm,
            "earlier": self._on_earlier,
            "leave out": partial(self._open, Mode.LEAVE_OUT),
            "not possible": partial(self._open, Mode.NOT_POSSIBLE),
            "again": self._on_again,
            "again done": partial(self._open, Mode.AGAIN),
            "still to do": partial(self._open, Mode.STILL_TO_DO),
            "keep": self._record,
            "back": self._on_back,
            "forget": self._on_forget,
        }
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
        self.second: SecondCheckFields | None = None
        self._column.addLayout(self._form_holder)
        self._again_label = secondary(AGAIN, self)
        self._column.addWidget(self._again_label)
        self._buttons = StepButtons(self._view, self._aside, self)
        self._buttons.pressed.connect(self._on_pressed)
        self._buttons.act_requested.connect(self.act_requested)
        self._column.addWidget(self._buttons)
        self._show_mode(self._first_mode())

    def _first_mode(self) -> Mode | None:
        """Return what is asked for without a button that asks for it."""
        if self._aside.asks_why:
            return Mode.WHY_LATE
        return Mode.DONE if fills_in_at_once(self._view) else None

    def is_typing(self) -> bool:
        """Say whether somebody has begun to fill something in."""
        return self.form is not None and (self._dirty or bool(self._kept))

    def _show_mode(self, mode: Mode | None) -> None:
        """Show the form for this, or none; what was typed in the one before is remembered."""
        self._remember()
        self._mode = mode
        self._again_label.hide()
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = self.second = None
        if mode is not None:
            self.form = build_step_form(self._session.clock, self._view, mode, self)
            if self._view.step.second and mode in _DONE_AGAIN:
                self.second = SecondCheckFields(self._session, self.form)
            self._given = self.form.texts()
            self.form.edited.connect(self._on_edited)
            self._form_holder.addWidget(self.form)
        if mode is self._first_mode() or mode is None:
            self._buttons.show_ways(is_kept=mode is None and bool(self._typed))
        else:
            self._buttons.show_keep(mode)

    def _remember(self) -> None:
        """Take what was typed into the form; what stood there from the start was not."""
        for name, text in self.form.texts().items() if self.form else ():
            if text and text != self._given.get(name):
                self._typed[name] = text
            else:
                self._typed.pop(name, None)

    def _bring_back(self) -> None:
        """Fill the form with what was typed before; that alone is nothing new to keep."""
        if self.form is not None and self._typed:
            was_dirty = self._dirty
            self.form.set_texts(self._typed)
            if self.second is not None:
                self.second.refresh()
            self._dirty = was_dirty
            if not was_dirty:
                self._timer.stop()

    @Slot(str, object)
    def _on_pressed(self, what: str, data: object) -> None:
        """Do it, unless what was pressed before is still being recorded."""
        if not self._is_busy:
            self._ways[what](data)

    def _on_done(self, _data: object) -> None:
        step = self._view.step
        if self._mode is Mode.DONE or not (step.blanks or step.second or self._view.is_overdue):
            self._mode = Mode.DONE
            self._record()
        else:
            self._open(Mode.DONE)

    def _on_decide(self, data: object) -> None:
        self._open(Mode.DONE)
        if self.form is None or not isinstance(data, tuple):
            return
        name, choice = data
        self.form.set_text(name, choice)
        for blank in self._view.step.blanks:
            if blank.name != name:
                self.form.focus(blank.name)
                break

    def _on_confirm(self, _data: object) -> None:
        self.left.emit()
        self._show_mode(Mode.LEAVE_OUT)
        self._record()

    def _on_earlier(self, _data: object) -> None:
        if Act.CONTACT in self._view.step.acts:
            self.act_requested.emit("contact", self._view)
        else:
            self._open(Mode.EARLIER)

    def _open(self, mode: Mode, _data: object = None) -> None:
        self._show_mode(mode)
        self._bring_back()
        if self.form is not None:
            self.form.focus_first()

    def _on_back(self, _data: object) -> None:
        """Show the buttons again; what was typed is kept, and there again behind its button."""
        self.left.emit()
        self.banner.clear()
        self._save_draft()
        self._show_mode(self._first_mode())
        self._bring_back()

    def _on_again(self, _data: object) -> None:
        self._show_mode(None)
        self._again_label.show()
        self._buttons.show_again()

    def _on_forget(self, _data: object) -> None:
        self.left.emit()
        self._forget()
        self._buttons.show_ways(is_kept=False)

    def _record(self, _data: object = None) -> None:
        mode, form = self._mode or Mode.DONE, self.form
        if form is not None and self._lacks_time(mode):
            self.banner.show_message("Say when it was really done.", "warn")
            form.focus("done_at")
            return
        missing = self.second.missing() if self.second else ""
        if missing:
            self.banner.show_message(missing, "warn")
            return
        self._is_busy = True
        self._timer.stop()
        recording = self._explaining() if mode is Mode.WHY_LATE else self._recording(mode)
        operation = partial(
            _record_whole,
            recording=recording,
            incident_id=self._incident_id,
            draft=draft_name(self._view),
        )
        self._session.run(self, operation, self._on_recorded, self._on_error)

    def _lacks_time(self, mode: Mode) -> bool:
        form = self.form
        if form is None or not form.has("done_at") or form.when("done_at") is not None:
            return False
        return mode is Mode.EARLIER or bool(form.text("done_at"))

    def _explaining(self) -> Callable[[Workspace], Changes]:
        return partial(
            explain_late,
            checklist_id=self._view.checklist_id,
            step_id=self._view.step.id,
            reason=self.form.text("late_reason") if self.form else "",
        )

    def _recording(self, mode: Mode) -> Callable[[Workspace], Changes]:
        texts = self.form.texts() if self.form else {}
        names = {blank.name for blank in blanks_for(self._view.step, STATES[mode])}
        reason = texts.get("reason", "")
        return partial(
            record_step,
            checklist_id=self._view.checklist_id,
            step_id=self._view.step.id,
            state=STATES[mode],
            values={name: text for name, text in texts.items() if name in names and text},
            reason="" if mode in _DONE_AGAIN else reason,
            late_reason=texts.get("late_reason", ""),
            out_of_order=reason if mode is Mode.EARLIER else "",
            done_at=self._done_at(),
            second=self.second.take() if self.second else None,
            again_reason=texts.get("again_reason", ""),
        )

    def _done_at(self) -> Moment | None:
        """Return the time that was entered; one that nobody changed stays to the second."""
        form = self.form
        if form is None or not form.has("done_at"):
            return None
        same = form.text("done_at") == self._given.get("done_at")
        return None if same else form.when("done_at")

    def _on_recorded(self, _changes: object) -> None:
        """Nothing more is taken here: the card shows the step as it stands now."""
        self._forget()
        self.recorded.emit()

    def _on_error(self, error: AppError) -> None:
        self._is_busy = False
        if self._dirty:
            self._timer.start()
        if isinstance(error, ReasonNeeded) and error.about == "late" and self.form is not None:
            add_late(self.form)
        field = self._lacking(error)
        if self.form is not None and self.form.has(field):
            self.form.focus(field)
        elif self.second is not None:
            self.second.missing()
        messages.show(self, error)

    def _lacking(self, error: AppError) -> str:
        """Return the name of the field that a refusal asks for, '' where it asks for none."""
        if isinstance(error, ReasonNeeded):
            return _REASON_FIELDS.get(error.about, "reason")
        if isinstance(error, AnswerNeeded):
            asked = blanks_for(self._view.step, STATES[self._mode or Mode.DONE])
            return {one.label: one.name for one in asked}.get(error.question, error.question)
        return ""

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
            self._remember()
            texts = {"mode": self._mode.value, **self._typed}
            self._keep_draft(json.dumps(texts, ensure_ascii=False) if self._typed else "")

    def _forget(self) -> None:
        self._timer.stop()
        if self._dirty or self._kept:
            self._keep_draft("")
        self._dirty = False
        self._typed.clear()

    def _keep_draft(self, text: str) -> None:
        self._kept = text
        name = draft_name(self._view)
        subject = self._incident_id
        self._session.run(self, partial(save_draft, subject=subject, name=name, value=text))

    def _restore(self, draft: str) -> None:
        if not draft:
            return
        texts: Mapping[str, str] = json.loads(draft)
        self._show_mode(self._fitting(Mode(texts["mode"])))
        self._typed = {name: text for name, text in texts.items() if name != "mode" and text}
        self._bring_back()

    def _fitting(self, mode: Mode) -> Mode:
        """Return in which form a draft belongs, where the step was settled or opened since."""
        is_open = self._view.state is StepState.OPEN
        if mode in (Mode.LEAVE_OUT, Mode.NOT_POSSIBLE):
            return mode
        if is_open:
            return Mode.EARLIER if mode is Mode.EARLIER else Mode.DONE
        if mode is Mode.STILL_TO_DO or mode is self._first_mode():
            return mode
        return Mode.AGAIN


def _record_whole(
    workspace: Workspace,
    recording: Callable[[Workspace], Changes],
    incident_id: IncidentId,
    draft: str,
) -> Changes:
    """Record it and drop what was kept of the typing in one go: nobody reads it in between."""
    changes = recording(workspace)
    save_draft(workspace, incident_id, draft, "")
    return changes
