"""Everything of an incident in time order: add an entry, correct an earlier one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.changes import Topic
from desktop.domain.chronology import ChronologyLine, EntryKind
from desktop.domain.identifiers import EntryId, IncidentId
from desktop.operations.incident.keep_chronology import add_note, correct_note, show_chronology
from desktop.ui.evidence.evidence_grid import LINES, EvidenceGrid
from desktop.ui.form_dialog import FormDialog
from desktop.ui.panel import Panel
from desktop.ui.session import Session
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, row_line, secondary, strong

KIND_WORDS: dict[EntryKind, str] = {
    EntryKind.NOTE: "note",
    EntryKind.RECORD: "from the record",
    EntryKind.EVIDENCE: "evidence",
    EntryKind.STATEMENT: "statement",
    EntryKind.CONTACT: "contact",
    EntryKind.STEP: "step",
    EntryKind.DECISION: "decision",
    EntryKind.TRIAGE: "first questions",
    EntryKind.STATUS: "status",
    EntryKind.EXPORT: "export",
}


class ChronologyPanel(Panel):
    """The lines, the earliest first; a corrected line stays, struck through."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent, Topic.CHRONOLOGY, Topic.INCIDENT)
        self._lines: dict[EntryId, ChronologyLine] = {}
        self._grid: EvidenceGrid | None = None
        self._adding = False
        self.rows_scroll.setObjectName("chronologyLines")
        self.rows_scroll.setAccessibleName("The lines of the chronology")
        # Most lines hold nothing that Tab stops at: the arrow keys go through them.
        self.rows_scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add_button = self.add_panel_button("addNoteButton", "Add an entry…")
        self.add_button.clicked.connect(self._on_add_clicked)

    def reload(self) -> None:
        """Read the chronology again."""
        if self.incident_id:
            operation = partial(show_chronology, incident_id=self.incident_id)
            self.session.run(self, operation, self._on_read)

    def _on_read(self, lines: tuple[ChronologyLine, ...]) -> None:
        if not lines:
            self.start_rows()
            self.add_row(secondary("Nothing yet.", self))
            return
        if self._grid is None:
            self.start_rows()
            self._grid = EvidenceGrid(self._make_row, self.rows_scroll, self, LINES)
            self.add_row(self._grid)
        known, before = set(self._lines), self._shown()
        self._lines = {line.id: line for line in lines}
        now = self._shown()
        self._grid.set_count(len(now), lambda place: before[place : place + 1] == [now[place]])
        added = [
            place
            for place, line in enumerate(lines)
            if line.id not in known and line.kind is EntryKind.NOTE
        ]
        if self._adding and added:
            self._adding = False
            self._grid.bring(added[-1])

    def _shown(self) -> list[tuple[ChronologyLine | None, ...]]:
        """Return what each row says: its line, and those that it corrects or that correct it."""
        found = self._lines
        return [
            (line, *(found.get(other) for other in (line.corrects, line.corrected_by) if other))
            for line in found.values()
        ]

    def _make_row(self, place: int, parent: QWidget) -> QWidget:
        line = [*self._lines.values()][place]
        return LineRow(line, self._lines, self._on_correct_clicked, parent)

    def start_rows(self) -> None:
        """Take all rows away."""
        super().start_rows()
        self._grid = None
        self._lines = {}

    @Slot()
    def _on_add_clicked(self) -> None:
        if self.incident_id:
            self._open(NoteForm(self.session, self.incident_id, self))

    def _on_correct_clicked(self, line: ChronologyLine) -> None:
        if self.incident_id:
            self._open(CorrectionForm(self.session, self.incident_id, line, self))

    def _open(self, form: FormDialog) -> None:
        """Open a form; the line that it adds is brought into view."""
        self._adding = True
        form.rejected.connect(self._on_form_left)
        form.show_form()

    @Slot()
    def _on_form_left(self) -> None:
        self._adding = False


class LineRow(QFrame):
    """One line: when, what, who wrote it when; its correction or what it corrects."""

    def __init__(
        self,
        line: ChronologyLine,
        lines: dict[EntryId, ChronologyLine],
        on_correct: Callable[[ChronologyLine], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.line = line
        self._on_correct = on_correct
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(strong(say(line.at), self), 1)
        column.addLayout(head)
        text = f"{line.mark}: {line.text}" if line.mark else line.text
        words = body(text, self)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        if line.corrected_by:
            set_role(words, "struck")
            later = lines.get(line.corrected_by)
            when = f" on {say(later.entered_at)}" if later else ""
            column.addWidget(secondary(f"Corrected by a later entry{when}.", self))
        if line.corrects:
            earlier = lines.get(line.corrects)
            was = f" “{earlier.text}”" if earlier else ""
            column.addWidget(secondary(f"Corrects the entry{was}. Reason: {line.reason}", self))
        by = f" by {line.by}" if line.by else ""
        entered = f"{KIND_WORDS[line.kind]}, entered {say(line.entered_at)}{by}"
        column.addWidget(secondary(entered, self))
        if line.kind is EntryKind.NOTE and not line.corrected_by:
            head.addWidget(self._correct_button())
        column.addSpacing(6)
        column.addWidget(row_line(self))

    def _correct_button(self) -> QPushButton:
        button = QPushButton("Correct…", self)
        button.setObjectName("correctNoteButton")
        button.setAccessibleName(f"Correct the entry of {say(self.line.at)}: {self.line.text}")
        set_role(button, "quiet")
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        self._on_correct(self.line)


class NoteForm(FormDialog):
    """What happened, and when."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "note",
            "Add to the chronology",
            parent,
            keep="Add",
            hint="What is added stays. It can be corrected later; both will be visible.",
        )
        self.form.add_text("text", "What happened")
        self.form.add_when("at", "When it happened")
        self.form.set_when("at", session.clock.now())

    def _keep(self) -> None:
        at = self.form.when("at") or self._session.clock.now()
        if not self.form.text("text"):
            self._say("Write what happened first.")
            self.form.focus("text")
            return
        self._run(
            partial(add_note, incident_id=self._incident_id, at=at, text=self.form.text("text"))
        )


class CorrectionForm(FormDialog):
    """What it should say, and why."""

    def __init__(
        self, session: Session, incident_id: IncidentId, line: ChronologyLine, parent: QWidget
    ) -> None:
        super().__init__(
            session,
            incident_id,
            f"correction.{line.id}",
            "Correct an entry",
            parent,
            keep="Add the correction",
            hint=f"The earlier entry stays, struck through: “{line.text}”",
        )
        self._line = line
        self.form.add_text("text", "What it should say")
        self.form.add_text("reason", "Why it is corrected, and how you know")
        self.form.add_when("at", "When it happened")
        self.form.set_text("text", line.text)
        self.form.set_when("at", line.at)
        self.settle()

    def _keep(self) -> None:
        if not self.form.text("reason"):
            self._say("Write why it is corrected. One sentence is enough.")
            self.form.focus("reason")
            return
        self._run(
            partial(
                correct_note,
                incident_id=self._incident_id,
                entry_id=self._line.id,
                text=self.form.text("text"),
                reason=self.form.text("reason"),
                at=self.form.when("at"),
            )
        )
