"""Tiles stand in stacks that fold; they are found, covered, and made only near the window."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import NotFound
from desktop.domain.evidence.item_stacks import Kinds
from desktop.domain.evidence.items import ItemKind, ItemState
from desktop.domain.identifiers import IncidentId, ItemId, SetId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.seal_item import Sealed, seal_item
from desktop.operations.evidence.view_evidence import Thumbnail, list_items
from desktop.operations.workspace import Workspace
from desktop.ui.evidence import item_actions
from desktop.ui.evidence.cover import Cover
from desktop.ui.evidence.evidence_panel import NOTHING_FOUND, EvidencePanel
from desktop.ui.evidence.evidence_tile import COVERED, EvidenceTile
from desktop.ui.evidence.item_actions import ItemAction
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.session import Cancelled, Progress, Session
from tests.conftest import Perform
from tests.many_items import many_items
from tests.ui.handles import click, find
from tests.ui.looks import kind_of_view, words

Prepare = Callable[[Workspace, IncidentId], None]


class Desk:
    """A panel on an incident of nine captures, changed as a test wants."""

    def __init__(self, qtbot: QtBot, session: Session, perform: Perform) -> None:
        self.qtbot, self.session, self.perform = qtbot, session, perform
        self.incident = perform(partial(many_items, count=9))
        self.id_of_first = ItemId("")
        self.panel = EvidencePanel(session)
        qtbot.addWidget(self.panel)
        self.panel.resize(620, 700)
        self.panel.show()

    def change(self, number: int, **how: object) -> ItemId:
        """Add item `number` as a copy of the first that differs so."""
        item_id = ItemId(f"added{number}")

        def add(workspace: Workspace) -> None:
            first = workspace.log.evidence.items(self.incident)[0]
            letter = "A" if how.get("derived_from") else ""
            mark = replace(first.mark, number=number, letter=letter)
            item = replace(first, id=item_id, mark=mark, **how)  # type: ignore[arg-type]
            with workspace.log.transaction():
                if item.set_id and not workspace.log.fields.current("set begun"):
                    workspace.log.evidence.insert_set(item.set_id, self.incident, workspace.now())
                    workspace.log.fields.enter(
                        "set begun", {"x": "y"}, workspace.now(), workspace.keyholder.id
                    )
                workspace.log.evidence.insert_item(item)

        self.perform(add)
        return item_id

    def mark(self, number: int, **values: str) -> None:
        """Enter something about item `number`."""
        item_id = self.id_of(number)

        def enter(workspace: Workspace) -> None:
            with workspace.log.transaction():
                at, keyholder = workspace.now(), workspace.keyholder.id
                workspace.log.fields.enter(item_id, values, at, keyholder)

        self.perform(enter)

    def id_of(self, number: int) -> ItemId:
        items = self.perform(partial(list_items, incident_id=self.incident))
        return next(item.id for item in items if item.mark.number == number)

    def show(self) -> None:
        self.panel.show_incident(self.incident)
        self.panel.reload()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.session._background.pending == 0)

    def marks(self) -> list[str]:
        return [str(place.line.item.mark) for place in self.panel._places.places]

    def tile(self, mark: str) -> EvidenceTile:
        found = [tile for tile in self.panel.tiles if str(tile.item.mark) == mark]
        assert found, f"{mark} has no tile"
        return found[0]


@pytest.fixture
def desk(qtbot: QtBot, session: Session, perform: Perform, themed: None) -> Desk:
    return Desk(qtbot, session, perform)


def test_a_set_is_one_tile_that_unfolds(desk: Desk) -> None:
    for number in (20, 21, 22):
        desk.change(number, set_id=SetId("s"))
    desk.show()
    assert desk.marks()[9:] == ["PXS/20"]
    desk.panel.show_item("added20")
    tile = desk.tile("PXS/20")
    assert tile.fold_button.text() == "Show 3 captures"
    tile.fold_button.setFocus()
    QTest.keyClick(tile.fold_button, Qt.Key.Key_Space)
    assert desk.marks()[9:] == ["PXS/20", "PXS/21", "PXS/22"]
    assert desk.tile("PXS/20").fold_button.text() == "Show fewer"
    assert desk.tile("PXS/20").fold_button.hasFocus()
    desk.panel.show_item("added22")
    assert "capture 3 of 3, begins at PXS/20" in words(desk.tile("PXS/22"))
    desk.panel.reload()
    desk.settle()
    assert desk.marks()[9:] == ["PXS/20", "PXS/21", "PXS/22"]


def test_what_came_from_an_item_lies_under_it(desk: Desk) -> None:
    mail = desk.change(20, kind=ItemKind.MAIL)
    desk.change(21, inside_id=mail)
    desk.change(22, derived_from=mail, kind=ItemKind.REDACTED)
    desk.change(23, derived_from=ItemId("added21"), kind=ItemKind.REDACTED)
    desk.show()
    assert desk.marks()[9:] == ["PXS/20"]
    desk.panel.show_item("added23")
    assert desk.marks()[9:] == ["PXS/20", "PXS/21", "PXS/23A", "PXS/22A"]
    assert desk.tile("PXS/23A").details_button.hasFocus()
    assert "made from PXS/21" in words(desk.tile("PXS/23A"))
    desk.panel.show_item("added21")
    assert "came inside PXS/20" in words(desk.tile("PXS/21"))


def test_one_copy_is_named_as_one(desk: Desk) -> None:
    desk.change(20, derived_from=desk.id_of(1), kind=ItemKind.REDACTED)
    desk.change(21, inside_id=desk.id_of(1))
    desk.show()
    assert desk.tile("PXS/1").fold_button.text() == "Show 1 inside, 1 copy"


def test_items_are_found_by_words_and_kind(desk: Desk) -> None:
    desk.change(20, kind=ItemKind.MAIL, original_name="threat.eml")
    original = ItemId("added20")
    desk.change(21, derived_from=original, kind=ItemKind.REDACTED, original_name="threat.eml")
    desk.show()
    search = find(desk.panel, QLineEdit, "evidenceSearchEdit")
    QTest.keyClicks(search, "owl7")
    assert desk.marks() == ["PXS/7"]
    assert "1 of 11" in words(desk.panel)
    search.setText("threat")
    assert desk.marks() == ["PXS/20", "PXS/21A"]
    kinds = find(desk.panel, QComboBox, "evidenceKindsBox")
    kinds.setCurrentText(Kinds.COPIES.value)
    assert desk.marks() == ["PXS/21A"]
    search.setText("nobody said this")
    assert desk.marks() == []
    assert NOTHING_FOUND in words(desk.panel)
    desk.panel.show_item(desk.id_of(3))
    assert "PXS/3" in desk.marks()
    assert search.text() == ""


def test_what_is_marked_has_no_picture_and_is_covered(desk: Desk) -> None:
    desk.mark(1, sensitivity="distressing")
    desk.show()
    desk.qtbot.waitUntil(lambda: desk.tile("PXS/2").look_button.has_picture)
    desk.settle()
    covered = desk.tile("PXS/1")
    assert not covered.look_button.has_picture
    assert covered.look_button._words == COVERED
    click_look(covered)
    viewer = the_viewer(desk)
    assert kind_of_view(viewer) is Cover
    click(viewer, "viewerItemAfterButton")
    desk.settle()
    assert kind_of_view(viewer) is not Cover
    viewer.accept()
    desk.settle()


def test_all_can_be_covered_and_uncovered(desk: Desk, perform: Perform) -> None:
    desk.show()
    desk.qtbot.waitUntil(lambda: desk.tile("PXS/1").look_button.has_picture)
    check = find(desk.panel, QCheckBox, "evidenceCoverCheck")
    check.click()
    desk.settle()
    assert not any(tile.look_button.has_picture for tile in desk.panel.tiles)
    assert check.isChecked()
    click_look(desk.tile("PXS/1"))
    viewer = the_viewer(desk)
    assert kind_of_view(viewer) is Cover
    viewer.accept()
    desk.settle()
    first = desk.id_of(1)
    entries = perform(lambda workspace: workspace.log.custody.about([first]))
    assert Action.ITEM_VIEWED not in [entry.action for entry, _detail in entries]
    check.click()
    desk.settle()
    desk.qtbot.waitUntil(lambda: desk.tile("PXS/1").look_button.has_picture)


def test_the_picture_of_what_is_sealed_goes_from_its_tile(desk: Desk) -> None:
    desk.show()
    desk.qtbot.waitUntil(lambda: desk.tile("PXS/1").look_button.has_picture)
    image = desk.panel.looks.get(desk.id_of(1))
    assert image

    def seal(workspace: Workspace, _progress: Progress, _cancelled: Cancelled) -> Sealed:
        return seal_item(workspace, desk.id_of_first, "It may be an image of a child")

    desk.id_of_first = desk.id_of(1)
    desk.session.run_long(desk.panel, seal)
    desk.settle()
    desk.qtbot.waitUntil(lambda: not desk.tile("PXS/1").look_button.has_picture)
    assert not any(bytes(image.constBits()))
    assert not desk.tile("PXS/1").look_button.isEnabled()


def test_a_picture_that_cannot_be_made_is_asked_for_once(desk: Desk) -> None:
    desk.show()
    desk.settle()
    desk.panel.looks.wipe()
    desk.panel._asked = "gone"
    desk.panel._on_thumbnail(Thumbnail(ItemId("of another incident"), None))
    desk.panel._on_no_thumbnail("another", NotFound("item"))
    assert desk.panel.banner.text == ""
    desk.panel._on_no_thumbnail("gone", NotFound("item"))
    assert desk.panel.banner.text
    desk.settle()
    assert desk.panel.looks.is_known("gone")
    desk.qtbot.waitUntil(lambda: len(desk.panel.looks) > 1)
    desk.settle()


def test_the_tile_says_how_often_it_was_opened(desk: Desk) -> None:
    desk.show()
    click_look(desk.tile("PXS/1"))
    viewer = the_viewer(desk)
    viewer.accept()
    desk.settle()
    desk.qtbot.waitUntil(lambda: "you have opened this once" in words(desk.tile("PXS/1")))
    assert "you have opened" not in words(desk.tile("PXS/2"))


def test_actions_are_on_the_tile(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    def start(_session: Session, item: object, parent: QWidget) -> None:
        assert parent is desk.panel
        started.append(str(getattr(item, "mark", "")))

    row = ItemAction(
        name="itemTryButton", text="Try…", offered=lambda item: item.mark.number == 2, start=start
    )
    monkeypatch.setattr(item_actions, "ITEM_ACTIONS", (row,))
    desk.show()
    assert not desk.tile("PXS/1").more_button.isVisible()
    desk.tile("PXS/2").more_button.choose("itemTryButton")
    assert started == ["PXS/2"]


def test_few_of_very_many_tiles_are_made(
    qtbot: QtBot, session: Session, perform: Perform, themed: None
) -> None:
    desk = Desk(qtbot, session, perform)
    desk.incident = perform(partial(many_items, count=300))
    desk.show()
    assert len(desk.marks()) == 300
    assert len(desk.panel.tiles) < 20
    desk.panel.show_item(desk.id_of(290))
    assert desk.tile("PXS/290").details_button.hasFocus()
    QTest.keyClick(desk.tile("PXS/290").look_button, Qt.Key.Key_Right)
    assert desk.tile("PXS/291").look_button.hasFocus()
    desk.settle()
    assert len(desk.panel.looks) < 30


def test_an_item_that_cannot_be_opened_is_passed_over(desk: Desk) -> None:
    desk.change(20, state=ItemState.DESCRIBED, content_id=None)
    desk.change(21)
    desk.show()
    desk.panel.show_item("added20")
    assert not desk.tile("PXS/20").look_button.isEnabled()
    QTest.keyClick(desk.tile("PXS/9").look_button, Qt.Key.Key_Right)
    assert desk.tile("PXS/21").look_button.hasFocus()
    QTest.keyClick(desk.tile("PXS/21").look_button, Qt.Key.Key_Right)
    assert desk.tile("PXS/21").look_button.hasFocus()


def click_look(tile: EvidenceTile) -> None:
    QTest.mouseClick(tile.look_button, Qt.MouseButton.LeftButton)


def the_viewer(desk: Desk) -> ItemViewer:
    (viewer,) = [one for one in desk.panel.findChildren(ItemViewer) if one.isVisible()]
    desk.settle()
    return viewer


def test_labels_are_plain(desk: Desk) -> None:
    desk.mark(1, description="<b>bold</b> &amp; <img src=x>")
    desk.show()
    texts = [label.text() for label in desk.tile("PXS/1").findChildren(QLabel)]
    assert any("<b>bold</b> &amp; <img src=x>" in text for text in texts)
