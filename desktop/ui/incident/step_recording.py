"""Records what became of a step: done with its blanks, not applicable, not possible, earlier."""

import json
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import AppError, ReasonNeeded
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Act
from desktop.domain.steps.recording import blanks_for
from desktop.operations.incident.record_incident import save_draft
from desktop.operations.steps.follow_checklist import record_step
from desktop.ui import messages
from desktop.ui.form_fields import FieldsForm
from desktop.ui.incident.second_check import SecondCheckFields
from desktop.ui.incident.step_buttons import StepButtons, fills_in_at_once
from desktop.ui.incident.step_form import (
    STATES,
    Mode,
    add_late,
    build_step_form,
    draft_name,
    is_late,
)
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner

DRAFT_AFTER_MS = 400


class StepRecording(QWidget):
    """The buttons of one step, and the form that the chosen one needs."""

    act_requested = Signal(str, object)
    recorded = Signal()

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
        self._ways: dict[str, Callable[[object], None]] = {
            "done": self._on_done,
            "decide": self._on_decide,
            "confirm": self._on_confirm,
            "earlier": self._on_earlier,
            "leave out": partial(self._open, Mode.LEAVE_OUT),
            "not possible": partial(self._open, Mode.NOT_POSSIBLE),
            "keep": self._record,
            "back": self._on_back,
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
        self._buttons = StepButtons(self._view, self)
        self._buttons.pressed.connect(self._on_pressed)
        self._buttons.act_requested.connect(self.act_requested)
        self._column.addWidget(self._buttons)
        self._show_mode(Mode.DONE if fills_in_at_once(self._view) else None)

    def is_typing(self) -> bool:
        """Say whether somebody has begun to fill something in."""
        return self.form is not None and (self._dirty or bool(self._kept))

    def _show_mode(self, mode: Mode | None) -> None:
        self._mode = mode
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = self.second = None
        if mode is not None:
            self.form = build_step_form(self._session.clock, self._view, mode, self)
            if self._view.step.second and STATES[mode] is StepState.DONE:
                self.second = SecondCheckFields(self._session, self.form)
            self.form.edited.connect(self._on_edited)
            self._form_holder.addWidget(self.form)
        if mode is None or (mode is Mode.DONE and fills_in_at_once(self._view)):
            self._buttons.show_ways()
        else:
            self._buttons.show_keep(mode)

    @Slot(str, object)
    def _on_pressed(self, what: str, data: object) -> None:
        self._ways[what](data)

    def _on_done(self, _data: object) -> None:
        step = self._view.step
        if self._mode is Mode.DONE or not (step.blanks or step.second or is_late(self._view)):
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
        self._show_mode(Mode.LEAVE_OUT)
        self._record()

    def _on_earlier(self, _data: object) -> None:
        if Act.CONTACT in self._view.step.acts:
            self.act_requested.emit("contact", self._view)
        else:
            self._open(Mode.EARLIER)

    def _open(self, mode: Mode, _data: object = None) -> None:
        self._show_mode(mode)
        if self.form is not None:
            self.form.focus_first()

    def _on_back(self, _data: object) -> None:
        self.banner.clear()
        self._forget()
        self._show_mode(Mode.DONE if fills_in_at_once(self._view) else None)

    def _record(self, _data: object = None) -> None:
        mode, form = self._mode or Mode.DONE, self.form
        texts = form.texts() if form else {}
        names = {blank.name for blank in blanks_for(self._view.step, STATES[mode])}
        reason = texts.get("reason", "")
        earlier = mode is Mode.EARLIER
        if earlier and form and form.when("done_at") is None:
            self.banner.show_message("Say when it was really done.", "warn")
            form.focus("done_at")
            return
        missing = self.second.missing() if self.second else ""
        if missing:
            self.banner.show_message(missing, "warn")
            return
        self._buttons.setEnabled(False)
        operation = partial(
            record_step,
            checklist_id=self._view.checklist_id,
            step_id=self._view.step.id,
            state=STATES[mode],
            values={name: text for name, text in texts.items() if name in names and text},
            reason="" if mode in (Mode.DONE, Mode.EARLIER) else reason,
            late_reason=texts.get("late_reason", ""),
            out_of_order=reason if earlier else "",
            done_at=form.when("done_at") if earlier and form else None,
            second=self.second.take() if self.second else None,
        )
        self._session.run(self, operation, self._on_recorded, self._on_error)

    def _on_recorded(self, _changes: object) -> None:
        self._forget()
        self._buttons.setEnabled(True)
        self.recorded.emit()

    def _on_error(self, error: AppError) -> None:
        self._buttons.setEnabled(True)
        if isinstance(error, ReasonNeeded) and error.about == "late" and self.form is not None:
            add_late(self.form)
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
        if self.second is not None:
            self.second.refresh()
        self._timer.stop()
        self._dirty = False
