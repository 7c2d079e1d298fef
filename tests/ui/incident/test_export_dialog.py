"""The export for the police: asked, made, stopped, shown once, gone at the lock."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.leaks import Leak
from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import BundleForm
from desktop.domain.people import Role
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.find_leaks import LeakCheck
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from desktop.store.export_table import BundleRow
from desktop.ui import file_choice
from desktop.ui.incident.export_dialog import ExportDialog
from desktop.ui.incident.export_words import BESIDE, MOST, leak_lines
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.ui.handles import click, find

PATIENCE = 20_000
Open = Callable[[IncidentId], ExportDialog]


@pytest.fixture
def open_dialog(session: Session, qtbot: QtBot) -> Open:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()

    def opened(incident_id: IncidentId) -> ExportDialog:
        made = ExportDialog(session, incident_id, window)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        made.open()
        qtbot.waitUntil(lambda: session._background.pending == 0)
        return made

    return opened


@pytest.fixture
def case(perform: Perform) -> IncidentId:
    return perform(fill_case)


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()

    def choose(
        _owner: QWidget, _title: str, _start: Path | None, then: Callable[[Path], None]
    ) -> None:
        then(folder)

    monkeypatch.setattr(file_choice, "ask_folder", choose)
    return folder


def _words(dialog: ExportDialog) -> str:
    labels = dialog.findChildren(QLabel)
    words = " ".join(label.text() for label in labels if label.isVisible())
    return words.replace("\u200b", "")


def _bundles(case: IncidentId, workspace: Workspace) -> list[BundleRow]:
    return workspace.log.bundles.of(case)


def _make(dialog: ExportDialog, qtbot: QtBot) -> None:
    click(dialog, "exportChooseFolderButton")
    click(dialog, "exportWriteButton")
    qtbot.waitUntil(lambda: dialog.result_view is not None, timeout=PATIENCE)


def test_it_says_what_goes_in_and_what_is_held_back(open_dialog: Open, case: IncidentId) -> None:
    words = _words(open_dialog(case))
    assert re.search(r"Originals, byte for byte: PXS/1, PXS/2", words)
    assert re.search(r"Held back, in words only: PXS/\d", words)
    assert "7-Zip" in words
    assert "Described" not in words
    assert re.search(r"Nobody has said yet who can be seen .*: PXS/1, PXS/2", words)


def test_it_names_who_else_is_in_it(open_dialog: Open, case: IncidentId, perform: Perform) -> None:
    def enter(workspace: Workspace) -> None:
        other = start_incident(workspace, title="Another").incident_id
        add_person(workspace, other, Role.WITNESS, {"name": "Toni Harbour"})
        enter_fields(workspace, case, {"outcome": "Harbour was told"})
        first = list_items(workspace, case)[0]
        enter_origin(workspace, first.id, {"others_seen": "two classmates"})

    perform(enter)
    banner = open_dialog(case).form.leaks_banner
    assert banner.text.startswith(f"{BESIDE} •  In PXS/1: two classmates.")
    said = "“Harbour” is named in the summary: it may be Toni Harbour of another record."
    assert said in banner.text


def test_only_so_many_lines_are_said() -> None:
    leaks = tuple(Leak(where=f"PXS/{number}", who="x", blocks=False) for number in range(9))
    lines = leak_lines(LeakCheck(leaks=leaks, unsaid=()))
    assert len(lines) == MOST + 1
    assert lines[-1] == "And 3 more."


def test_it_offers_what_is_known_from_the_police(open_dialog: Open, case: IncidentId) -> None:
    dialog = open_dialog(case)
    assert find(dialog, QLineEdit, "exportReferenceEdit").text()
    assert find(dialog, QRadioButton, "exportSealedButton").isChecked()


def test_what_was_typed_is_not_replaced(
    open_dialog: Open, case: IncidentId, perform: Perform
) -> None:
    dialog = open_dialog(case)
    edit = find(dialog, QLineEdit, "exportReferenceEdit")
    edit.clear()
    QTest.keyClicks(edit, "EX/1")
    dialog.form.show_contacts(perform(lambda workspace: workspace.log.contacts.of(case)))
    assert edit.text() == "EX/1"


def test_what_is_typed_at_once_makes_no_bundle(open_dialog: Open, case: IncidentId) -> None:
    dialog = open_dialog(case)
    assert dialog.focusWidget() is dialog.cancel_button


def test_without_a_folder_nothing_is_made(open_dialog: Open, case: IncidentId) -> None:
    dialog = open_dialog(case)
    click(dialog, "exportWriteButton")
    assert dialog.banner.text == "Choose the folder where the bundle goes."
    assert dialog.focusWidget() is dialog.form.folder_button


def test_a_sealed_bundle_shows_its_passphrase_once(
    open_dialog: Open, case: IncidentId, target: Path, qtbot: QtBot, perform: Perform
) -> None:
    dialog = open_dialog(case)
    officer = find(dialog, QLineEdit, "exportOfficerEdit")
    officer.setText("PC Invented")
    find(dialog, QLineEdit, "exportCollarEdit").setText("4471")
    find(dialog, QLineEdit, "exportForceEdit").setText("Exampleshire Police")
    _make(dialog, qtbot)
    passphrase = find(dialog, QLabel, "exportPassphraseLabel").text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}", passphrase)
    (row,) = perform(partial(_bundles, case))
    assert row.recipient == "PC Invented, collar number 4471, Exampleshire Police"
    shown = find(dialog, QLabel, "exportFingerprintLabel").text()
    assert shown.replace(" ", "") == row.fingerprint
    names = sorted(path.name for path in target.iterdir())
    assert len(names) == 2
    assert all(name in _words(dialog) for name in names)
    click(dialog, "exportCopyButton")
    assert QGuiApplication.clipboard().text() == passphrase
    dialog.reject()
    assert dialog.isVisible(), "Escape must not close over the passphrase"
    click(dialog, "exportCloseButton")
    assert not dialog.isVisible()


def test_the_lock_takes_the_passphrase_away(
    open_dialog: Open, case: IncidentId, target: Path, qtbot: QtBot, session: Session
) -> None:
    dialog = open_dialog(case)
    _make(dialog, qtbot)
    click(dialog, "exportCopyButton")
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not dialog.isVisible()
    assert QGuiApplication.clipboard().text() == ""
    assert any(target.iterdir())


@pytest.mark.parametrize(
    ("name", "form"),
    [("exportZipButton", BundleForm.ZIP), ("exportFolderButton", BundleForm.FOLDER)],
)
def test_the_other_forms_have_no_passphrase(
    open_dialog: Open,
    case: IncidentId,
    target: Path,
    qtbot: QtBot,
    perform: Perform,
    name: str,
    form: BundleForm,
) -> None:
    dialog = open_dialog(case)
    find(dialog, QRadioButton, name).click()
    _make(dialog, qtbot)
    assert dialog.findChild(QLabel, "exportPassphraseLabel") is None
    (row,) = perform(partial(_bundles, case))
    assert row.form == form.value
    assert any(path.is_dir() for path in target.iterdir()) == (form is BundleForm.FOLDER)


def test_it_can_be_stopped(
    open_dialog: Open, case: IncidentId, target: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog(case)
    click(dialog, "exportChooseFolderButton")
    click(dialog, "exportWriteButton")
    assert find(dialog, QPushButton, "exportStopButton").isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: "Stopped." in dialog.banner.text, timeout=PATIENCE)
    assert not any(target.iterdir())
    assert dialog.write_button.isEnabled()
    dialog._on_progress(0.5)
    dialog._on_stop_clicked()
    dialog.reject()
    assert not dialog.isVisible()


def test_an_empty_incident_is_said(
    open_dialog: Open, target: Path, qtbot: QtBot, perform: Perform
) -> None:
    dialog = open_dialog(perform(start_incident).incident_id)
    assert "No originals are kept yet." in _words(dialog)
    click(dialog, "exportChooseFolderButton")
    click(dialog, "exportWriteButton")
    qtbot.waitUntil(lambda: "nothing in this incident" in dialog.banner.text, timeout=PATIENCE)
    assert not any(target.iterdir())


def test_tab_goes_as_it_is_read(open_dialog: Open, case: IncidentId, qtbot: QtBot) -> None:
    dialog = open_dialog(case)
    find(dialog, QLineEdit, "exportReferenceEdit").setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    focus = dialog.focusWidget()
    assert focus is not None
    assert focus.objectName() == "exportSealedButton"
