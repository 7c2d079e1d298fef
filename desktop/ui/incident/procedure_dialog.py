"""Windows about whole procedures: let one join, end one, go on in a newer version."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.versions import NewerVersion
from desktop.operations.browse_incidents import IncidentView
from desktop.operations.steps.attach_procedure import attach_procedure, end_procedure
from desktop.operations.steps.follow_checklist import ChecklistView
from desktop.operations.steps.list_joinable import Joinable, list_joinable
from desktop.operations.steps.take_newer_version import newer_version, take_newer_version
from desktop.ui.form_dialog import FormDialog
from desktop.ui.row_button import RowButton, RowMark
from desktop.ui.session import Session
from desktop.ui.widgets.column import empty
from desktop.ui.widgets.words import body, secondary, strong

REASON = "reason"
_CALLED_FOR = (
    "What was answered or recorded still calls for it. If that was wrong, change it first: then "
    "everybody can see why this ends."
)
_STOP_CALLED_FOR = (
    "What was answered or recorded still calls for this stop. It ends only once that is changed: "
    "with “First questions…”, or where it was recorded."
)


class JoinDialog(FormDialog):
    """Choose a procedure and say why; the first questions attach most of them by themselves."""

    is_tall = True

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "procedure",
            "Add a procedure",
            parent,
            keep="Add it",
            hint=(
                "The first questions add what applies. Here you can add one that they did not. "
                "Its steps join the others, and nothing that was recorded changes."
            ),
        )
        self._wanted = ""
        self._marks: dict[str, RowMark] = {}
        self._group = QButtonGroup(self)
        self._list = QWidget(self.form)
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.form.add_text(REASON, "Why it applies here")
        self.form.add_space()
        self.form.add_widget(strong("Which procedure", self.form))
        self.form.add_widget(self._list)
        self.settle()

    def _on_view(self, view: IncidentView) -> None:
        super()._on_view(view)
        operation = partial(list_joinable, incident_id=self._incident_id)
        self._session.run(self, operation, self._show, self._on_error)

    def _show(self, joinable: tuple[Joinable, ...]) -> None:
        for one in joinable:
            self._column.addWidget(self._build_row(one))
        if not joinable:
            self._column.addWidget(secondary("Every procedure runs here already.", self._list))
            self.keep_button.setEnabled(False)

    def _build_row(self, one: Joinable) -> RowButton:
        procedure = one.procedure
        row = RowButton(self._list)
        row.setObjectName(f"join{procedure.id}Button")
        words = [procedure.applies_when]
        if one.ended_reason:
            words.append(f"It ended here before: {one.ended_reason}")
        row.setAccessibleName(f"{procedure.title}. {' '.join(words)}")
        mark = self._marks[procedure.id] = RowMark(row, only_one=True)
        row.row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(body(procedure.title, row))
        for each in words:
            column.addWidget(secondary(each, row))
        row.row.addLayout(column, 1)
        row.let_clicks_through()
        row.clicked.connect(partial(self._choose, procedure.id))
        self._group.addButton(row)
        return row

    def _choose(self, procedure_id: str, _checked: bool = True) -> None:
        self._wanted = procedure_id
        for own, mark in self._marks.items():
            mark.show_chosen(own == procedure_id)

    def _keep(self) -> None:
        if not self._wanted:
            self._say("Choose a procedure from the list.")
            return
        if self._lacks((REASON, "Write why it applies. One sentence is enough.")):
            return
        self._run(
            partial(
                attach_procedure,
                incident_id=self._incident_id,
                procedure_id=self._wanted,
                reason=self.form.text(REASON),
            )
        )


class EndDialog(FormDialog):
    """Says what is still open, and asks why the procedure no longer applies.

    A stop that something still calls for cannot end: then nothing is asked that would be refused.
    """

    def __init__(
        self, session: Session, view: ChecklistView, parent: QWidget, reason: str = ""
    ) -> None:
        super().__init__(
            session,
            view.checklist.incident_id,
            f"end.{view.procedure.id}",
            f"End “{view.procedure.title}”",
            parent,
            keep="End it",
            hint="All that was recorded of it stays. It can join again later.",
        )
        self._checklist_id = view.checklist.id
        still = bool(set(view.called_by) - {"always"})
        self._must_stay = still and bool(view.procedure.notice)
        left = len(view.steps) - view.done
        if left and not self._must_stay:
            steps = "1 step is" if left == 1 else f"{left} steps are"
            self.form.add_widget(body(f"{steps} not settled. They are no longer asked for.", self))
        if still:
            words = _STOP_CALLED_FOR if view.procedure.notice else _CALLED_FOR
            self.form.add_widget(strong(words, self))
        elif view.procedure.notice:
            words = "Its stop notice is no longer shown. What was held back stays held back."
            self.form.add_widget(body(words, self))
        if self._must_stay:
            self.keep_button.hide()
            self.cancel_button.setText("Close")
            self.cancel_button.setAccessibleName("Close")
        else:
            self.form.add_text(REASON, "Why it no longer applies")
            self.form.set_text(REASON, reason)
        self.settle()

    def show_form(self) -> None:
        """Open; where nothing can be ended, the way back has the keyboard."""
        super().show_form()
        if self._must_stay:
            self.cancel_button.setFocus()

    def _keep(self) -> None:
        if self._must_stay:
            self.reject()
            return
        if self._lacks((REASON, "Write why it no longer applies. One sentence is enough.")):
            return
        operation = partial(
            end_procedure, checklist_id=self._checklist_id, reason=self.form.text(REASON)
        )
        self._run(operation)


class VersionDialog(FormDialog):
    """Shows what a newer version changes; the running one stays until somebody takes it."""

    is_tall = True

    def __init__(self, session: Session, view: ChecklistView, parent: QWidget) -> None:
        super().__init__(
            session,
            view.checklist.incident_id,
            f"version.{view.procedure.id}",
            f"A newer version of “{view.procedure.title}”",
            parent,
            keep="Go on in the newer version",
            hint=(
                "This incident goes on in the version in which it began, unless you take the "
                "newer one. All that was recorded stays either way."
            ),
        )
        self._checklist_id = view.checklist.id
        self._changes = QWidget(self.form)
        self._column = QVBoxLayout(self._changes)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.form.add_widget(self._changes)
        self.form.add_text(REASON, "Why you take it now")
        self.settle()

    def _on_view(self, view: IncidentView) -> None:
        super()._on_view(view)
        operation = partial(newer_version, checklist_id=self._checklist_id)
        self._session.run(self, operation, self.show_newer, self._on_error)

    def show_newer(self, newer: NewerVersion | None) -> None:
        """Say what changes; None: there is nothing to take any more."""
        empty(self._column)
        self.keep_button.setEnabled(newer is not None)
        if newer is None:
            self._column.addWidget(body("There is no newer version any more.", self._changes))
            return
        words = f"Version {newer.present} instead of {newer.running}. What changes:"
        self._column.addWidget(strong(words, self._changes))
        for change in newer.changes:
            self._column.addWidget(body(f"•  {change}", self._changes))

    def _keep(self) -> None:
        if self._lacks((REASON, "Write why you take it. One sentence is enough.")):
            return
        operation = partial(
            take_newer_version, checklist_id=self._checklist_id, reason=self.form.text(REASON)
        )
        self._run(operation)
