"""What is typed into any window is there again after a lock, to the last letter."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.keep_words import read_words
from desktop.operations.practice_case import fill_case
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.workspace import Workspace
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.incident.account_form import AccountForm
from desktop.ui.incident.chronology_panel import CorrectionForm, NoteForm
from desktop.ui.incident.close_dialog import CloseDialog, ReopenDialog
from desktop.ui.incident.contact_form import ContactForm
from desktop.ui.incident.export_dialog import ExportDialog
from desktop.ui.incident.not_told_form import NotToldForm
from desktop.ui.incident.person_form import PersonForm
from desktop.ui.incident.triage_dialog import TriageDialog
from desktop.ui.kept_words import NO_INCIDENT, KeptWords
from desktop.ui.session import Session
from desktop.ui.widgets.draft_edit import DraftLineEdit
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.incident_steps import settle
from tests.workspaces import open_workspace, own_procedures

Make = Callable[[Session, IncidentId, QWidget, Perform], QDialog]
TYPED = "typed as the screen locked"


def _correction(session: Session, case: IncidentId, window: QWidget, perform: Perform) -> QDialog:
    line = perform(partial(show_chronology, incident_id=case))[0]
    return CorrectionForm(session, case, line, window)


def _origin(session: Session, case: IncidentId, window: QWidget, perform: Perform) -> QDialog:
    item = perform(partial(list_items, incident_id=case))[0]
    return OriginForm(session, item, window)


def _gate(session: Session, case: IncidentId, window: QWidget, _perform: Perform) -> QDialog:
    made = GateDialog(session, case, ("message.eml",), window)
    made.findChild(QPushButton, "gateYesButton").click()  # type: ignore[union-attr]
    return made


def _new_gate(session: Session, _case: IncidentId, window: QWidget, perform: Perform) -> QDialog:
    made = GateDialog(session, None, ("message.eml",), window)
    made.findChild(QPushButton, "gateYesButton").click()  # type: ignore[union-attr]
    return made


def _questions(session: Session, case: IncidentId, window: QWidget, perform: Perform) -> QDialog:
    # Only where something was said to be linked there is more to write.
    perform(partial(answer_triage, incident_id=case, answers={"T12": "yes"}, notes={}))
    return TriageDialog(session, case, window)


WINDOWS: dict[str, Make] = {
    "note": lambda session, case, window, _perform: NoteForm(session, case, window),
    "correction": _correction,
    "contact": lambda session, case, window, _perform: ContactForm(session, case, window),
    "person": lambda session, case, window, _perform: PersonForm(session, case, window),
    "account": lambda session, case, window, _perform: AccountForm(session, case, (), window),
    "not told": lambda session, case, window, _perform: NotToldForm(session, case, window),
    "close": lambda session, case, window, _perform: CloseDialog(session, case, window),
    "reopen": lambda session, case, window, _perform: ReopenDialog(session, case, window),
    "origin": _origin,
    "first questions": _questions,
    "gate": _gate,
    "gate without an incident": _new_gate,
    "export": lambda session, case, window, _perform: ExportDialog(session, case, window),
}


class Desk:
    """A window with a real log behind it, that is locked and opened again."""

    def __init__(self, session: Session, qtbot: QtBot, perform: Perform, folder: Path) -> None:
        self.session = session
        self.perform = perform
        self.window = QWidget()
        self.case = perform(fill_case)
        self._qtbot = qtbot
        self._folder = folder
        qtbot.addWidget(self.window)
        self.window.show()

    def settle(self) -> None:
        settle(self.session, self._qtbot)

    def show(self, make: Make) -> QDialog:
        dialog = make(self.session, self.case, self.window, self.perform)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        getattr(dialog, "show_form", dialog.open)()
        self.settle()
        return dialog

    def lock_and_open(self, clock: FrozenClock) -> None:
        with self._qtbot.waitSignal(self.session.closed):
            self.session.lock()
        opener: Callable[[], Workspace] = partial(
            open_workspace, self._folder, clock, own_procedures(), self.session._background.on_log
        )
        with self._qtbot.waitSignal(self.session.unlocked):
            self.session.open(self.session, opener)

    def show_with(self, make: Make, names: Iterable[str]) -> dict[str, QLineEdit | QPlainTextEdit]:
        """Open a dialog, and wait until it has these fields."""
        dialog = self.show(make)
        self._qtbot.waitUntil(lambda: set(names) <= set(_fields(dialog)))
        return _fields(dialog)


@pytest.fixture
def desk(session: Session, qtbot: QtBot, perform: Perform, tmp_path: Path) -> Desk:
    return Desk(session, qtbot, perform, tmp_path / "log")


def _fields(dialog: QDialog) -> dict[str, QLineEdit | QPlainTextEdit]:
    found: list[QLineEdit | QPlainTextEdit] = [*dialog.findChildren(QLineEdit)]
    found += dialog.findChildren(QPlainTextEdit)
    return {each.objectName(): each for each in found if each.isVisible() and each.isEnabled()}


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize("name", WINDOWS)
def test_a_lock_costs_no_word(desk: Desk, clock: FrozenClock, name: str) -> None:
    first = desk.show(WINDOWS[name])
    fields = _fields(first)
    assert fields
    for number, field in enumerate(fields.values()):
        field.selectAll()
        QTest.keyClicks(field, f"{TYPED} {number}")
    desk.lock_and_open(clock)
    assert not first.isVisible()
    again = desk.show_with(WINDOWS[name], fields)
    expected = {name: f"{TYPED} {number}" for number, name in enumerate(fields)}
    assert {name: _text(again[name]) for name in fields} == expected


def test_notes_of_answers_given_before_are_kept_too(desk: Desk, clock: FrozenClock) -> None:
    answer = partial(answer_triage, incident_id=desk.case, answers={"T1": "no"}, notes={})
    desk.perform(answer)
    test_a_lock_costs_no_word(desk, clock, "first questions")


def test_a_setting_that_was_being_typed_is_entered(desk: Desk, clock: FrozenClock) -> None:
    edit = DraftLineEdit("Number", desk.window)
    desk.session.about_to_lock.connect(edit.enter)
    entered: list[str] = []
    edit.entered.connect(entered.append)
    QTest.keyClicks(edit, "020 7946")
    desk.lock_and_open(clock)
    assert entered == ["020 7946"]


class Kept:
    """Two fields in a window whose words are kept."""

    def __init__(self, desk: Desk) -> None:
        self.line, self.text = QLineEdit(desk.window), QPlainTextEdit(desk.window)
        column = QVBoxLayout()
        column.addWidget(self.line)
        column.addWidget(self.text)
        fields: dict[str, QLineEdit | QPlainTextEdit] = {"line": self.line, "text": self.text}
        self.words = KeptWords(desk.session, NO_INCIDENT, "test", fields, desk.window)


READ = partial(read_words, subject=NO_INCIDENT, name="form.test")


def test_words_are_kept_soon_after_typing(desk: Desk, qtbot: QtBot) -> None:
    kept = Kept(desk)
    QTest.keyClicks(kept.line, "who")
    QTest.keyClicks(kept.text, "what")
    qtbot.waitUntil(lambda: desk.perform(READ) == {"line": "who", "text": "what"})
    kept.line.clear()
    kept.text.clear()
    kept.words.keep()
    assert desk.perform(READ) == {}


def test_what_stands_there_already_is_not_overwritten(desk: Desk, qtbot: QtBot) -> None:
    kept = Kept(desk)
    QTest.keyClicks(kept.line, "who")
    QTest.keyClicks(kept.text, "what")
    kept.words.keep()
    later = Kept(desk)
    QTest.keyClicks(later.line, "somebody else")
    with qtbot.waitSignal(later.words.restored):
        later.words.restore()
    assert later.line.text() == "somebody else"
    assert later.text.toPlainText() == "what"


def test_nothing_is_said_where_nothing_was_kept(desk: Desk, qtbot: QtBot) -> None:
    kept = Kept(desk)
    with qtbot.assertNotEmitted(kept.words.restored):
        kept.words.restore()
        desk.settle()


def test_words_that_were_entered_are_forgotten(desk: Desk) -> None:
    kept = Kept(desk)
    QTest.keyClicks(kept.line, "who")
    kept.words.keep()
    kept.words.forget()
    kept.words.keep()
    assert desk.perform(READ) == {}
