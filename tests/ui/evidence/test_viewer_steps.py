"""From item to item in one window, in the order of the tiles; each look is recorded once."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.domain.errors import NotFound
from desktop.domain.evidence.derivatives import Mark, PicturePlan, Shape
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.evidence.shown import TextView
from desktop.domain.identifiers import ItemId
from desktop.operations.evidence.confirm_derivative import confirm_derivative
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.make_derivative import DerivativeMade, Purpose, make_picture_copy
from desktop.operations.evidence.seal_item import Sealed, seal_item
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.workspace import Workspace
from desktop.ui.evidence import item_actions
from desktop.ui.evidence.cover import Cover
from desktop.ui.evidence.item_actions import ItemAction
from desktop.ui.evidence.opened import Opened
from desktop.ui.evidence.viewer import NOT_HERE, VIEWS
from desktop.ui.evidence.viewer_facts import NOT_CONFIRMED
from desktop.ui.evidence.viewer_picture import PictureView
from desktop.ui.job import followed
from desktop.ui.session import Cancelled, Progress, Session
from tests.conftest import Perform
from tests.evidence_pieces import a_png
from tests.ui.handles import click, find
from tests.ui.looks import Look, kind_of_view, of, words


@pytest.mark.parametrize("state", list(NOT_HERE))
@of("a.png", a_png())
def test_what_has_no_content_is_a_sentence(look: Look, state: ItemState) -> None:
    look.item = replace(look.item, state=state)
    viewer = look.open()
    assert NOT_HERE[state] in words(viewer)
    viewer.accept()


@of("a.png", a_png())
def test_another_item_is_gone_to(look: Look, perform: Perform) -> None:
    viewer = look.open()
    assert not find(viewer, QPushButton, "viewerItemAfterButton").isVisible()
    other = replace(look.item, id=ItemId("other"), mark=replace(look.item.mark, number=2))
    perform(lambda workspace: workspace.log.evidence.insert_item(other))
    viewer.go_to(other.id)
    look.settle()
    assert viewer.item.id == other.id
    assert viewer.windowTitle() == "PXS/2"
    assert "2 of 2" in words(viewer)
    viewer.go_to(look.item.id)
    look.settle()
    assert viewer.item.id == look.item.id
    viewer.go_to(ItemId("nobody"))
    look.settle()
    assert viewer.banner.text
    QTest.keyClick(viewer, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert viewer.item.id == look.item.id
    viewer.accept()


@of("a.png", a_png())
def test_going_on_while_it_is_read_shows_the_last_alone(look: Look, perform: Perform) -> None:
    other = replace(look.item, id=ItemId("other"), mark=replace(look.item.mark, number=2))
    perform(lambda workspace: workspace.log.evidence.insert_item(other))
    viewer = look.open(look.item, other)
    for _ in range(3):
        QTest.keyClick(viewer, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(viewer, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(viewer, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    look.settle()
    assert viewer.item.id == other.id
    assert kind_of_view(viewer) is PictureView
    shown = [one for one in viewer.findChildren(PictureView) if one.isVisible()]
    assert shown == [viewer.view]
    assert viewer.banner.text == ""
    viewer.accept()


@of("a.png", a_png())
def test_closing_while_it_is_read_says_nothing(look: Look) -> None:
    viewer = look.open()
    viewer._read()
    viewer.accept()
    look.settle()
    assert viewer.banner.text == ""


@of("a.txt", b"words")
def test_a_view_is_told_what_came_inside_and_can_go_there(
    look: Look, perform: Perform, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Opened] = []

    def view(opened: Opened, parent: QWidget) -> QWidget:
        given.append(opened)
        return QLabel(opened.name, parent)

    monkeypatch.setitem(VIEWS, TextView, view)
    inside = replace(look.item, id=ItemId("inside"), inside_id=look.item.id)
    perform(lambda workspace: workspace.log.evidence.insert_item(inside_at(inside)))
    viewer = look.open(look.item, inside_at(inside))
    (opened,) = given
    assert [item.id for item in opened.inside] == ["inside"]
    assert opened.bytes_or_none() == b"words"
    assert opened.name == f"{look.item.mark} {look.item.label}"
    opened.go_to(ItemId("inside"))
    look.settle()
    assert viewer.item.id == "inside"
    viewer.accept()


def inside_at(item: EvidenceItem) -> EvidenceItem:
    return replace(item, mark=replace(item.mark, number=2))


@of("a.png", a_png())
def test_actions_are_offered_for_the_items_they_are_for(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[EvidenceItem] = []

    def start(_session: Session, item: EvidenceItem, _parent: QWidget) -> None:
        started.append(item)

    def offered(item: EvidenceItem) -> bool:
        return item.mark.number == 1

    rows = (
        ItemAction(name="itemTryButton", text="&Try…", offered=offered, start=start),
        ItemAction(
            name="itemTileButton", text="Tile", offered=offered, start=start, in_viewer=False
        ),
    )
    monkeypatch.setattr(item_actions, "ITEM_ACTIONS", rows)
    other = replace(
        look.item, id=ItemId("other"), mark=replace(look.item.mark, number=2),
        state=ItemState.DESCRIBED,
    )  # fmt: skip
    viewer = look.open(look.item, other)
    assert viewer.do_button.isVisible()
    viewer.do_button.choose("itemTileButton")
    viewer.do_button.choose("itemTryButton")
    assert started == [look.item]
    click(viewer, "viewerItemAfterButton")
    assert not viewer.do_button.isVisible()
    viewer.do_button.choose("itemTryButton")
    assert started == [look.item]
    viewer._on_error(NotFound("item"))
    assert viewer.banner.text
    viewer.accept()


@of("a.png", a_png())
def test_what_would_show_it_is_offered_once_it_is_shown(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []

    def start(_session: Session, item: EvidenceItem, _parent: QWidget) -> None:
        started.append(str(item.mark))

    row = ItemAction(
        name="itemTryButton", text="Try", offered=lambda _item: True, start=start, on_tile=False
    )
    monkeypatch.setattr(item_actions, "ITEM_ACTIONS", (row,))
    viewer = look.open(cover_all=True)
    assert not viewer.do_button.isVisible()
    click(viewer, "coverShowButton")
    look.settle()
    viewer.do_button.choose("itemTryButton")
    assert started == ["PXS/1"]
    viewer.accept()


@of("a.png", a_png())
def test_what_is_sealed_while_it_is_looked_at_is_gone_at_once(look: Look) -> None:
    viewer = look.open()
    view = viewer.view
    assert isinstance(view, PictureView)
    image = view.canvas.image
    seal(look)
    assert NOT_HERE[ItemState.SEALED] in words(viewer)
    assert not any(bytes(image.constBits()))
    assert viewer.item.state is ItemState.SEALED
    viewer.accept()


def seal(look: Look) -> None:
    def work(workspace: Workspace, _progress: Progress, _cancelled: Cancelled) -> Sealed:
        return seal_item(workspace, look.item.id, "It may be an image of a child")

    look.session.run_long(look.window, work)
    look.settle()


@of("a.png", a_png())
def test_what_is_marked_while_it_is_open_is_covered_at_once(look: Look) -> None:
    viewer = look.open()
    view = viewer.view
    assert isinstance(view, PictureView)
    image = view.canvas.image
    describe(look, {"description": "A comment", "sensitivity": "distressing"})
    assert kind_of_view(viewer) is Cover
    assert not any(bytes(image.constBits()))
    assert "PXS/1  A comment" in words(viewer)
    click(viewer, "coverShowButton")
    look.settle()
    assert kind_of_view(viewer) is PictureView
    describe(look, {"description": "Another comment"})
    assert kind_of_view(viewer) is PictureView
    assert "PXS/1  Another comment" in words(viewer)
    viewer.accept()


def describe(look: Look, values: dict[str, str]) -> None:
    look.session.run(look.window, partial(enter_origin, item_id=look.item.id, values=values))
    look.settle()
    look.settle()


@of("a.png", a_png())
def test_a_copy_says_who_confirmed_it(look: Look, perform: Perform) -> None:
    viewer = look.open()
    assert NOT_CONFIRMED not in words(viewer)
    plan = PicturePlan(4, 4, (Mark(Shape.COVER, 0, 0, 2, 2),))
    purpose = Purpose(reason="It goes to a parent")
    made: list[DerivativeMade] = []
    look.session.run_long(
        look.window,
        partial(
            followed,
            make_picture_copy,
            {"item_id": look.item.id, "plan": plan, "purpose": purpose},
        ),
        made.append,
    )
    look.settle()
    copy = made[0].item_id
    viewer.go_to(copy)
    look.settle()
    assert NOT_CONFIRMED in words(viewer)
    second = SecondPerson(witness="Sam Example, tutor", witness_reason="nobody else is here")
    look.session.run(look.window, partial(confirm_derivative, item_id=copy, second=second))
    look.settle()
    look.settle()
    assert "Confirmed by Sam Example, tutor, as a named witness, because nobody" in words(viewer)
    viewer.go_to(look.item.id)
    look.settle()
    assert not find(viewer, QLabel, "viewerConfirmedLabel").isVisible()
    viewer.accept()


@of("a.png", a_png())
def test_an_action_may_be_added_from_outside(look: Look) -> None:
    viewer = look.open()
    pressed: list[str] = []
    button = viewer.add_action(
        "outsideButton", "Do &it…", lambda: pressed.append(str(viewer.item.mark))
    )
    look.qtbot.waitUntil(button.isVisible)
    click(viewer, "outsideButton")
    assert pressed == ["PXS/1"]
    viewer.accept()
