"""What a keyholder does with evidence in the real window: bring in, look, copy, hand on, seal."""

from collections.abc import Callable, Sequence
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget

from desktop.app import Program, surroundings
from desktop.domain.evidence.items import EvidenceItem
from desktop.operations.browse_incidents import list_incidents
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.practice import create_practice_log
from desktop.operations.workspace import Workspace
from desktop.ui.capture.region_picker import RegionPicker
from desktop.ui.evidence.evidence_panel import EvidencePanel
from desktop.ui.evidence.evidence_tile import EvidenceTile
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.incident.incident_page import IncidentPage
from tests.end_to_end.hands import Hands

URL = "https://chatter.example/board/4182#c7"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
# Where the window of the other program stands.
PLACE = (100, 80, 900, 560)


class EvidenceHands:
    """A keyholder with an open practice log; `hands` work the controls."""

    def __init__(self, program: Program, hands: Hands, folder: Path) -> None:
        self.program = program
        self.hands = hands
        self.folder = folder
        program.window.raise_()
        program.window.activateWindow()
        hands.wait("our window to be active", program.window.isActiveWindow)

    def open_a_log(self, log_folder: Path) -> None:
        environment = surroundings(self.program.background.on_log)
        opener = partial(create_practice_log, environment, log_folder)
        self.program.session.open(self.program.window, opener)
        self.hands.find("todayQuickLogButton")

    def log_a_call(self, words: str) -> None:
        hands = self.hands
        hands.key(Qt.Key.Key_N, CONTROL)
        if hands.by_mouse:
            hands.press("colleagueNoButton")
        else:
            hands.find("colleagueNoButton")
            hands.key(Qt.Key.Key_N)
        hands.type(words)
        hands.wait("the number", lambda: self._said("quickLogKeptLabel", "-0001"))

    def _said(self, name: str, words: str) -> bool:
        label = self.hands.find(name)
        return isinstance(label, QLabel) and words in label.text()

    def settled(self) -> None:
        """Wait until the log has answered everything that was asked of it."""
        background = self.program.background
        self.hands.wait("the log to be done", lambda: background.pending == 0)

    # the screen

    def frame(self, left: int, top: int, wide: int, high: int) -> None:
        """Choose a part of the screen, by dragging or with the arrow keys."""
        picker = self.hands.wait("the region picker", picker_now)
        if self.hands.by_mouse:
            end = QPoint(left + wide - 1, top + high - 1)
            QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(left, top))
            QTest.mouseMove(picker, end / 2)
            QTest.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=end)
            return
        _move(picker, left, top, wide, high)
        QTest.keyClick(picker, Qt.Key.Key_Return)

    def bar_says(self, words: str) -> None:
        self.hands.wait(f"the bar to say {words}", lambda: self._bar_has(words))
        self.settled()

    def _bar_has(self, words: str) -> bool:
        hands = self.hands
        return hands.sees("captureBarSaidLabel") and self._said("captureBarSaidLabel", words)

    # the page of the incident

    @property
    def page(self) -> IncidentPage:
        desk = self.program.window.desk
        assert desk
        page = desk.currentWidget()
        assert isinstance(page, IncidentPage)
        return page

    @property
    def panel(self) -> EvidencePanel:
        return next(iter(self.page.findChildren(EvidencePanel)))

    def items(self) -> list[EvidenceItem]:
        answers: list[tuple[EvidenceItem, ...]] = []
        incident = self.page.incident_id
        assert incident
        operation = partial(list_items, incident_id=incident)
        self.program.session.run(self.hands, operation, answers.append)
        return [*self.hands.wait("the items", lambda: answers)[0]]

    def every_item(self) -> list[EvidenceItem]:
        """Return the items of all incidents, whatever page is shown."""
        answers: list[tuple[EvidenceItem, ...]] = []
        self.program.session.run(self.hands, _every_item, answers.append)
        return [*self.hands.wait("the items", lambda: answers)[0]]

    def item(self, mark: str) -> EvidenceItem:
        return self.hands.wait(mark, lambda: self._item_or_none(mark))

    def _item_or_none(self, mark: str) -> EvidenceItem | None:
        return next((one for one in self.items() if str(one.mark) == mark), None)

    def tile(self, mark: str) -> EvidenceTile:
        """Return the tile of an item, in view and at rest."""
        self.settled()
        return self.hands.wait(f"the tile of {mark}", lambda: self._tile_or_none(mark))

    def _tile_or_none(self, mark: str) -> EvidenceTile | None:
        found = [one for one in self.panel.tiles if str(one.item.mark) == mark]
        return next((one for one in found if one.isVisible()), None)

    def do(self, mark: str, action: str) -> None:
        """Choose what to do with an item from its tile."""
        self.hands.pick("itemMoreButton", action, self.tile(mark))

    def unfold(self, mark: str) -> None:
        self.hands.press("itemFoldButton", self.tile(mark))

    def look_at(self, mark: str, *, covered: bool = False) -> ItemViewer:
        """Open an item, and lift its cover where it has one."""
        self.hands.press("itemOpenButton", self.tile(mark))
        if covered:
            self.hands.press("coverShowButton")
        return self.hands.wait("the item to be shown", self._viewer_or_none)

    def _viewer_or_none(self) -> ItemViewer | None:
        viewer = QApplication.activeModalWidget()
        if isinstance(viewer, ItemViewer) and viewer.view is not None:
            return viewer
        return None

    # files

    def drop(self, *paths: Path) -> None:
        drop(self.program.window, paths)

    def describe(self, words: str, **choices: str) -> None:
        """Say where it comes from, in the form that asks."""
        self.hands.write("originDescriptionEdit", words)
        for name, value in choices.items():
            self.hands.press(f"origin{name}{value}Button")
        self.hands.press("keepButton")

    def finish(self) -> None:
        self.hands.press("captureFinishButton")
        self.settled()

    def hold_back(self, words: str) -> None:
        """Describe what is held back, and read what nobody may do now."""
        self.hands.write("heldBackWordsEdit", words)
        self.hands.press("gateHoldBackButton")
        self.hands.press("stopReadButton")

    def tick(self, name: str) -> None:
        box = self.hands.find(name)
        self.hands.press(name)
        assert isinstance(box, QCheckBox)
        assert box.isChecked()


def _every_item(workspace: Workspace) -> tuple[EvidenceItem, ...]:
    lines = list_incidents(workspace)
    return tuple(one for line in lines for one in list_items(workspace, line.id))


def picker_now() -> RegionPicker | None:
    """Return the window in which a part of the screen is chosen, if it is there."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, RegionPicker) and widget.isVisible():
            return widget
    return None


def drop(window: QWidget, paths: Sequence[Path]) -> None:
    """Drag files over a window of ours, and let go of them."""
    offered = QMimeData()
    offered.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    drop_offered(window, offered)


def drop_offered(window: QWidget, offered: QMimeData) -> None:
    """Drag anything over a window of ours, and let go of it."""
    place = QPointF(window.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, offered, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    let_go = QDropEvent(place, Qt.DropAction.CopyAction, offered, left, none)
    QApplication.sendEvent(window, let_go)


def copy_address() -> None:
    """Copy the address of the page in the browser."""
    QGuiApplication.clipboard().setText(URL)


def a_mail(subject: str, words: str, attached: Sequence[tuple[str, str, bytes]]) -> bytes:
    """Return a mail with attachments: their names, kinds and bytes."""
    mail = EmailMessage()
    mail["Received"] = "from relay.example by mx.example; Thu, 19 Nov 2026 21:14:03 +0000"
    mail["From"] = "Night Owl <owl77@mail.example>"
    mail["Reply-To"] = "elsewhere@other.example"
    mail["To"] = "robin.sample@learner.example"
    mail["Date"] = "Thu, 19 Nov 2026 21:14:00 +0000"
    mail["Subject"] = subject
    mail["Message-ID"] = "<1@mail.example>"
    mail.set_content(words)
    for name, kind, content in attached:
        main, sub = kind.split("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def _move(picker: RegionPicker, left: int, top: int, wide: int, high: int) -> None:
    ways: list[tuple[Qt.Key, Qt.KeyboardModifier, Callable[[], int]]] = [
        (Qt.Key.Key_Left, CONTROL, lambda: picker.chosen.left() - left),
        (Qt.Key.Key_Right, CONTROL, lambda: left - picker.chosen.left()),
        (Qt.Key.Key_Up, CONTROL, lambda: picker.chosen.top() - top),
        (Qt.Key.Key_Down, CONTROL, lambda: top - picker.chosen.top()),
        (Qt.Key.Key_Right, CONTROL | SHIFT, lambda: wide - picker.chosen.width()),
        (Qt.Key.Key_Left, CONTROL | SHIFT, lambda: picker.chosen.width() - wide),
        (Qt.Key.Key_Down, CONTROL | SHIFT, lambda: high - picker.chosen.height()),
        (Qt.Key.Key_Up, CONTROL | SHIFT, lambda: picker.chosen.height() - high),
    ]
    for key, held, far in ways:
        while far() > 0:
            QTest.keyClick(picker, key, held)
