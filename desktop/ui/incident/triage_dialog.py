"""The first questions on one calm page; afterwards, which procedures lead from here and why."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.procedures import Procedure
from desktop.domain.steps.triage import Question
from desktop.operations.browse_incidents import IncidentView
from desktop.operations.organisation.keep_organisation import Organisation, show_organisation
from desktop.operations.steps.answer_triage import Triaged, TriageView, answer_triage, show_triage
from desktop.operations.steps.follow_checklist import (
    ChecklistsView,
    ChecklistView,
    show_checklists,
)
from desktop.ui.danger_banner import OUT_OF_HOURS, Line, own_lines
from desktop.ui.form_dialog import FormDialog
from desktop.ui.incident.procedure_dialog import EndDialog
from desktop.ui.session import Session
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import AFTER_LAYOUT_MS
from desktop.ui.widgets.words import body, row_line, secondary, strong

DANGER = "T1"
NO_LONGER = (
    "Your answers no longer call for these. They go on until you end them; what was recorded "
    "stays either way."
)
_NOTE = "note."


class TriageDialog(FormDialog):
    """Every answer may be left out, changed later, or be “I'm not sure”."""

    is_tall = True

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "triage",
            "First questions",
            parent,
            keep="Use these answers",
            hint=(
                "Answer what you can. Y, N and U choose Yes, No and Not sure. Answers can be "
                "changed later; earlier ones stay on record."
            ),
        )
        self._questions: tuple[Question, ...] = ()
        self._services: tuple[Line, ...] = ()
        self._advice: dict[str, QFrame] = {}
        self._before: dict[str, QLabel] = {}
        self._finished = False
        self.form.edited.connect(self._show_more)

    def _on_view(self, view: IncidentView) -> None:
        self._session.run(self, show_organisation, partial(self._on_organisation, view))

    def _on_organisation(self, view: IncidentView, organisation: Organisation) -> None:
        self._services = own_lines(organisation)
        operation = partial(show_triage, incident_id=self._incident_id)
        self._session.run(self, operation, partial(self._on_triage, view))

    def _on_triage(self, view: IncidentView, triage: TriageView) -> None:
        self._questions = triage.questions
        for number, question in enumerate(triage.questions, start=1):
            self._add_question(number, question)
            given = triage.answers.get(question.id)
            if given:
                self.form.set_text(question.id, given.answer)
                self._before[question.id].setText(f"Answered {say(given.at)} by {given.by}")
                self._before[question.id].show()
                if question.note_label:
                    self.form.set_text(_NOTE + question.id, given.note)
        self.settle()
        self.restore(view)
        self._show_more()
        self.form.focus_first()

    def _add_question(self, number: int, question: Question) -> None:
        if number > 1:
            self.form.add_space()
            self.form.add_widget(row_line(self.form))
        words = f"{number}. {question.text}"
        choices = [(choice.value, choice.label) for choice in question.choices]
        if question.multiple:
            self.form.add_tags(question.id, words, choices, question.help)
        else:
            self.form.add_choice(question.id, words, choices, question.help)
        before = secondary("", self.form)
        before.hide()
        self._before[question.id] = before
        self.form.add_widget(before)
        if question.advice:
            self._advice[question.id] = self._build_advice(question)
            self.form.add_widget(self._advice[question.id])
        if question.note_label:
            self.form.add_line(_NOTE + question.id, question.note_label)

    def _build_advice(self, question: Question) -> QFrame:
        frame = QFrame(self.form)
        frame.setObjectName(f"advice{question.id}")
        frame.setAccessibleName(question.advice)
        set_role(frame, "banner-error" if question.id == DANGER else "banner-warn")
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 8, 14, 8)
        danger = question.id == DANGER
        column.addWidget((strong if danger else body)(question.advice, frame))
        for line in self._services if danger else ():
            column.addWidget(body(_say_line(line), frame))
        frame.hide()
        return frame

    @Slot()
    def _show_more(self) -> None:
        """Show what an answer calls for: advice, and a field only where there is more to say."""
        for question in self._questions:
            answer = self.form.text(question.id)
            if question.id in self._advice:
                self._advice[question.id].setVisible(question.warns(answer))
            if question.note_label:
                self.form.set_shown(_NOTE + question.id, question.asks_more(answer))
        # What is shown now has to find its room first.
        QTimer.singleShot(AFTER_LAYOUT_MS, self, self._follow_caret)

    @Slot()
    def _follow_caret(self) -> None:
        caret: QWidget | None = self.focusWidget()
        if caret is not None and self.form.isAncestorOf(caret):
            self._scroll.ensureWidgetVisible(caret)

    def _keep(self) -> None:
        if self._finished:
            self.accept()
            return
        texts = self.form.texts()
        ids = [question.id for question in self._questions]
        answers = {name: texts[name] for name in ids if texts[name]}
        notes = {
            one.id: texts[_NOTE + one.id]
            for one in self._questions
            if one.asks_more(texts[one.id]) and texts[_NOTE + one.id]
        }
        operation = partial(
            answer_triage, incident_id=self._incident_id, answers=answers, notes=notes
        )
        self.keep_button.setEnabled(False)
        self._session.run(self, operation, self._on_answered, self._on_error)

    def _on_answered(self, triaged: Triaged) -> None:
        self._forget()
        operation = partial(show_checklists, incident_id=self._incident_id)
        self._session.run(self, operation, partial(self._show_result, triaged), self._on_error)

    def _show_result(self, triaged: Triaged, view: ChecklistsView) -> None:
        self._finished = True
        result = QWidget(self)
        column = QVBoxLayout(result)
        column.setSpacing(8)
        self._add_fresh(column, result, triaged, view)
        if triaged.no_longer:
            column.addWidget(body(NO_LONGER, result))
        for one in triaged.no_longer:
            for each in view.checklists:
                if each.checklist.id == one.checklist_id:
                    column.addWidget(NoLongerRow(self._session, each, one.reason, result))
        self.show_instead(result)
        self.keep_button.setText("Go on")
        self.keep_button.setAccessibleName("Go on to the incident")
        self.keep_button.setEnabled(True)
        self.keep_button.setFocus()
        self.cancel_button.hide()

    def _add_fresh(
        self, column: QVBoxLayout, parent: QWidget, triaged: Triaged, view: ChecklistsView
    ) -> None:
        fresh = [
            each
            for each in view.checklists
            if each.procedure.id in triaged.attached and not each.checklist.ended_reason
        ]
        words = "These procedures lead you from here:" if fresh else "No further procedure starts."
        column.addWidget(body(words, parent))
        for each in fresh:
            column.addWidget(strong(each.procedure.title, parent))
            column.addWidget(secondary(self._why(each.procedure), parent))

    def _why(self, procedure: Procedure) -> str:
        reasons = []
        for question in self._questions:
            given = self.form.text(question.id).split("+")
            labels = [
                choice.label
                for choice in question.choices
                if choice.value in given
                and f"{question.id}={choice.value}" in procedure.attached_by
            ]
            if labels:
                said = ", ".join(f"“{label}”" for label in labels)
                reasons.append(f"{question.text} You answered {said}.")
        return " ".join(reasons) or procedure.applies_when


def _say_line(line: Line) -> str:
    """Write a service in one line; our own number says too whether anybody checked it."""
    numbers = line.number
    if line.out_of_hours:
        numbers += f", {OUT_OF_HOURS.lower()} {line.out_of_hours}"
    said = f" {line.said.removesuffix('.')}." if line.said else ""
    return f"{numbers}:  {line.when}. {line.text}{said}"


class NoLongerRow(QWidget):
    """A procedure that the answers no longer call for; it is ended only if somebody says so."""

    def __init__(
        self, session: Session, view: ChecklistView, reason: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._reason = reason
        self._said = secondary(f"{view.done} of {len(view.steps)} steps are done.", self)
        self.end_button = QPushButton("End it…", self)
        self.end_button.setObjectName(f"noLonger{view.procedure.id}Button")
        self.end_button.setAccessibleName(f"End “{view.procedure.title}”, with a reason")
        self.end_button.setAutoDefault(False)
        self.end_button.clicked.connect(self._on_end_clicked)
        holder = QWidget(self)
        FlowLayout(holder, spacing=8).addWidget(self.end_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for each in (strong(view.procedure.title, self), self._said, holder):
            column.addWidget(each)

    @Slot()
    def _on_end_clicked(self) -> None:
        form = EndDialog(self._session, self._view, self, self._reason)
        form.accepted.connect(self._on_ended)
        form.show_form()

    @Slot()
    def _on_ended(self) -> None:
        self.end_button.setEnabled(False)
        self._said.setText("It is ended. All that was recorded of it stays.")
