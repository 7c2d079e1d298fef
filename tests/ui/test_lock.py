"""The lock, whatever is open: nothing of the log stays on screen, nothing half done stays."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage, QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.domain.errors import Cancelled as Stopped
from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.locking import LockReason
from desktop.operations.evidence.answer_gate import let_in
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.practice_case import fill_case
from desktop.operations.say_cut import cut_short
from desktop.operations.workspace import Workspace
from desktop.ui import file_choice
from desktop.ui.capture.region_picker import RegionPicker
from desktop.ui.capture.screen_grab import Shot, grab_screens
from desktop.ui.crash_window import CrashWindow
from desktop.ui.desk import Desk
from desktop.ui.evidence.evidence_tile import LookButton
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.evidence.viewer_picture import PictureView
from desktop.ui.incident.chronology_panel import CorrectionForm
from desktop.ui.incident.export_dialog import ExportDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.places import Place
from desktop.ui.session import Cancelled, Progress, Session
from desktop.ui.today_page import TodayPage
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.entries import Remembered, an_entry
from tests.workspaces import open_workspace, own_procedures


class Office:
    """The whole window over a filled log, with the incident shown."""

    def __init__(
        self, session: Session, qtbot: QtBot, perform: Perform, clock: FrozenClock, folder: Path
    ) -> None:
        self.session, self.perform = session, perform
        self._qtbot, self._clock, self._folder = qtbot, clock, folder
        self.case = perform(fill_case)
        entry = an_entry(
            session, clock, Remembered(), folder=folder, suggested=folder, build_desk=Desk
        )
        self.window = MainWindow(session, entry)
        qtbot.addWidget(self.window)
        self.window.show()
        session.unlocked.emit()
        self.desk.open_incident(self.case)
        self.settle()

    @property
    def desk(self) -> Desk:
        assert isinstance(self.window.desk, Desk)
        return self.window.desk

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self.session._background.pending == 0)

    def lock(self, reason: LockReason = LockReason.KEY) -> list[QWidget]:
        """Lock; returns what of ours is on the screen the moment after, but the window."""
        with self._qtbot.waitSignal(self.session.closed):
            self.session.lock(reason)
            assert self.window.desk is None
            left = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        return [each for each in left if each is not self.window]

    def unlock(self) -> None:
        opener: Callable[[], Workspace] = partial(
            open_workspace,
            self._folder,
            self._clock,
            own_procedures(),
            self.session._background.on_log,
        )
        with self._qtbot.waitSignal(self.session.unlocked):
            self.session.open(self.session, opener)
        self.settle()


@pytest.fixture
def office(
    session: Session, qtbot: QtBot, perform: Perform, clock: FrozenClock, tmp_path: Path
) -> Iterator[Office]:
    made = Office(session, qtbot, perform, clock, tmp_path / "log")
    yield made
    session.lock(LockReason.SCREEN)
    made.settle()


def _form(office: Office) -> QWidget:
    line = office.perform(partial(show_chronology, incident_id=office.case))[0]
    form = CorrectionForm(office.session, office.case, line, office.desk)
    form.show_form()
    return form


def _export(office: Office) -> QWidget:
    office.desk.export(office.case)
    return _last(office, ExportDialog)


def _gate(office: Office) -> QWidget:
    office.desk.start_capture(office.case)
    return _last(office, QDialog)


def _viewer(office: Office) -> QWidget:
    item = office.perform(partial(list_items, incident_id=office.case))[0]
    viewer = ItemViewer(office.session, item, office.desk)
    viewer.look()
    office.settle()
    return viewer


def _picker(_office: Office) -> QWidget:
    picker = RegionPicker(grab_screens()[0])
    picker.begin()
    return picker


def _choice(office: Office) -> QWidget:
    file_choice.ask_files(office.window, "Choose what to keep", lambda _paths: None)
    return _last(office, QDialog)


class Stubborn(QDialog):
    """A window that does not close when it is asked to, and hears of no lock."""

    def reject(self) -> None:
        """Stay."""


def _stubborn(office: Office) -> QWidget:
    dialog = Stubborn(office.window)
    dialog.open()
    return dialog


def _last(office: Office, kind: type[QWidget]) -> QWidget:
    office.settle()
    return office.window.findChildren(kind)[-1]


@pytest.mark.parametrize("reason", [LockReason.IDLE, LockReason.SCREEN])
@pytest.mark.parametrize(
    "show",
    [_form, _export, _gate, _viewer, _picker, _choice, _stubborn],
    ids=lambda one: one.__name__,
)
def test_every_window_is_gone_at_once(
    office: Office, qtbot: QtBot, show: Callable[[Office], QWidget], reason: LockReason
) -> None:
    shown = show(office)
    assert shown.isVisible()
    assert office.lock(reason) == []
    qtbot.waitUntil(lambda: not isValid(shown))
    assert office.window.front is not None
    assert office.window.front.isVisible()


def test_a_picker_leaves_no_window_hidden_behind_it(office: Office, qtbot: QtBot) -> None:
    office.window.hide()
    office.desk._capture._run.going = True
    office.desk._capture.screen.taker._waiting = True
    office.lock()
    assert office.window.isVisible()


def test_a_report_of_a_mistake_may_stay(office: Office) -> None:
    crash = CrashWindow(RuntimeError("a mistake"), lambda: None, office.window)
    crash.open()
    assert office.lock() == [crash]
    crash.reject()


def test_the_pixels_of_the_viewer_are_overwritten(office: Office) -> None:
    viewer = _viewer(office)
    assert isinstance(viewer, ItemViewer)
    assert isinstance(viewer.view, PictureView)
    canvas = viewer.view.canvas
    pixels = canvas.image
    assert any(bytes(pixels.constBits()))
    office.lock()
    assert not any(bytes(pixels.constBits()))


def test_the_pixels_of_tiles_and_pickers_are_overwritten(office: Office) -> None:
    image = QImage(QSize(40, 30), QImage.Format.Format_RGBA8888)
    image.fill(0xFFAA5500)
    taken = QImage(image).copy()
    tile = LookButton("a picture", office.desk)
    tile.show_image(image)
    picker = RegionPicker(Shot("screen", taken, office.window.geometry(), 1.0))
    picker.begin()
    QPixmapCache.insert("ours", QPixmap(4, 4))
    office.lock()
    assert not any(bytes(image.constBits()))
    assert not any(bytes(taken.constBits()))
    assert not QPixmapCache.find("ours", QPixmap())


def test_the_clipboard_is_cleared(office: Office) -> None:
    QGuiApplication.clipboard().setText("what a child wrote")
    office.lock()
    assert QGuiApplication.clipboard().text() == ""


class Slow:
    """An import of a file that goes on only when it is told to, or is asked to stop."""

    def __init__(self, path: Path, incident_id: IncidentId, statement_id: object) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self._keep = partial(
            add_file,
            incident_id=incident_id,
            statement_id=statement_id,  # type: ignore[arg-type]
            path=path,
            method=Method.PICKER,
        )

    def __call__(
        self, workspace: Workspace, progress: Progress, cancelled: Cancelled
    ) -> ItemAdded:
        def wait(share: float) -> None:
            progress(share)
            self.begun.set()
            while not (self.go_on.is_set() or cancelled()):
                self.go_on.wait(0.01)

        return self._keep(workspace, progress=wait, cancelled=cancelled)


@pytest.fixture
def slow(office: Office, tmp_path: Path) -> Slow:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"a line of a chat\n" * 200_000)
    answered = office.perform(partial(let_in, incident_id=office.case, listed=("chat.txt",)))
    return Slow(path, office.case, answered.statement_id)


@pytest.mark.parametrize("reason", [LockReason.SCREEN, LockReason.SLEEP, LockReason.USER_SWITCH])
def test_an_import_is_cut_cleanly_and_said_at_the_next_unlock(
    office: Office, slow: Slow, reason: LockReason, qtbot: QtBot
) -> None:
    before = office.perform(partial(list_items, incident_id=office.case))
    errors: list[object] = []
    office.session.run_long(office.window, slow, None, errors.append, name="Adding chat.txt")
    slow.begun.wait()
    office.lock(reason)
    assert [type(error) for error in errors] == [Stopped]
    office.unlock()
    assert office.perform(partial(list_items, incident_id=office.case)) == before
    told = "Adding chat.txt: stopped when the log locked. Nothing of it was kept."
    assert office.perform(cut_short) == (told,)
    office.desk.go(Place.TODAY)
    office.settle()
    page = office.desk.currentWidget()
    assert isinstance(page, TodayPage)
    assert any(told in label.text() for label in page.findChildren(QLabel))
    office.lock()
    office.unlock()
    assert office.perform(cut_short) == ()


@pytest.mark.parametrize("reason", [LockReason.KEY, LockReason.IDLE, LockReason.QUIT])
def test_an_import_ends_before_the_log_closes(
    office: Office, slow: Slow, reason: LockReason, qtbot: QtBot
) -> None:
    before = office.perform(partial(list_items, incident_id=office.case))
    office.session.run_long(office.window, slow, name="Adding chat.txt")
    slow.begun.wait()
    with qtbot.waitSignal(office.session.closed):
        office.session.lock(reason)
        slow.go_on.set()
    office.window.show()
    office.unlock()
    after = office.perform(partial(list_items, incident_id=office.case))
    assert len(after) == len(before) + 1
    assert office.perform(cut_short) == ()


def test_files_that_were_chosen_and_never_begun_are_said(office: Office, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.txt", "two.txt")]
    office.desk._capture.take_files(office.case, paths, Method.PICKER)
    office.lock()
    office.unlock()
    assert [line.split(":")[0] for line in office.perform(cut_short)] == [
        "Adding one.txt",
        "Adding two.txt",
    ]
