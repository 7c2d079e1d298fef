"""What is covered is described first, and read only once it is asked for."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.show_evidence import Views
from desktop.ui.evidence.cover import NOT_DESCRIBED, Cover, say_views, why_covered
from desktop.ui.evidence.viewer_picture import PictureView
from tests.conftest import Perform
from tests.evidence_pieces import a_png
from tests.ui.handles import click, find
from tests.ui.looks import Look, kind_of_view, of, words


def marked(item: EvidenceItem, sensitivity: str, description: str = "") -> EvidenceItem:
    origin = replace(item.origin, sensitivity=sensitivity, description=description)
    return replace(item, origin=origin)


def actions(perform: Perform, item: EvidenceItem) -> list[Action]:
    entries = perform(lambda workspace: workspace.log.custody.about([item.id]))
    return [entry.action for entry, _detail in entries]


@of("a.png", a_png())
def test_nothing_is_read_before_the_cover_is_lifted(look: Look, perform: Perform) -> None:
    look.item = marked(look.item, "distressing", "A threat with a knife")
    viewer = look.open()
    assert kind_of_view(viewer) is Cover
    assert "A threat with a knife" in words(viewer)
    assert "marked as distressing" in words(viewer)
    assert "opened this" not in words(viewer)
    assert actions(perform, look.item) == [Action.ITEM_ADDED]
    click(viewer, "coverShowButton")
    look.settle()
    assert kind_of_view(viewer) is PictureView
    assert "You have opened this once." in words(viewer)
    assert actions(perform, look.item)[-1] is Action.ITEM_VIEWED
    viewer.accept()


def told_by(viewer: QWidget) -> str:
    """Return every word that a screen reader or a pointer can come upon, shown or not."""
    found = [viewer.windowTitle()]
    for each in viewer.findChildren(QWidget):
        found += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
        found += [each.text()] if isinstance(each, QLabel | QAbstractButton) else []
    return "\n".join(found)


@of("naked_riley.png", a_png())
def test_what_is_covered_is_told_by_its_description_alone(look: Look) -> None:
    noted = (("Comment, as the file says", "Riley on the bed"),)
    look.item = replace(marked(look.item, "distressing", "A threat"), noted=noted)
    viewer = look.open()
    assert "A threat" in told_by(viewer)
    assert "riley" not in told_by(viewer).lower()
    click(viewer, "coverShowButton")
    look.settle()
    assert "naked_riley.png" in told_by(viewer)
    viewer.accept()


@of("naked_riley.png", a_png())
def test_what_is_sealed_is_not_told_by_its_file(look: Look) -> None:
    look.item = replace(look.item, state=ItemState.SEALED)
    viewer = look.open()
    assert "sealed" in told_by(viewer)
    assert "riley" not in told_by(viewer).lower()
    viewer.accept()


@of("a.png", a_png())
def test_the_cover_is_lifted_by_keyboard_and_says_how_often(look: Look) -> None:
    for _ in range(2):
        viewer = look.open()
        viewer.accept()
        look.settle()
    viewer = look.open(cover_all=True)
    assert kind_of_view(viewer) is Cover
    assert "You have opened this twice." in words(viewer)
    assert "You have set every item to be covered." in words(viewer)
    assert NOT_DESCRIBED in words(viewer)
    show = find(viewer, QPushButton, "coverShowButton")
    assert show.hasFocus()
    QTest.keyClick(show, Qt.Key.Key_Space)
    look.settle()
    assert kind_of_view(viewer) is PictureView
    assert "You have opened this 3 times." in words(viewer)
    viewer.accept()


@of("a.png", a_png())
def test_return_anywhere_else_leaves_it_covered(look: Look) -> None:
    viewer = look.open(cover_all=True)
    find(viewer, QPushButton, "viewerMoreButton").setFocus()
    QTest.keyClick(viewer, Qt.Key.Key_Return)
    look.settle()
    assert kind_of_view(viewer) is Cover
    viewer.accept()


@of("a.png", a_png())
def test_why_it_is_covered(look: Look) -> None:
    why = {word: why_covered(marked(look.item, word)) for word in ("sensitive", "gore", "")}
    assert why == {
        "sensitive": "It is marked as sensitive.",
        "gore": "It is marked as: gore.",
        "": "You have set every item to be covered.",
    }


def test_views_in_words() -> None:
    assert say_views(Views(0, 0)) == ""
    assert say_views(Views(4, 4)) == "You have opened this 4 times."
    assert say_views(Views(0, 1)) == "Others have opened this once, you have not."
    assert say_views(Views(1, 3)) == ("You have opened this once. Others have opened it twice.")


@of("a.png", a_png())
def test_stepping_covers_again_and_reads_nothing(look: Look, perform: Perform) -> None:
    hidden = marked(replace(look.item, id=ItemId("other")), "sensitive", "Second")
    viewer = look.open(look.item, hidden)
    assert kind_of_view(viewer) is PictureView
    assert "1 of 2" in words(viewer)
    click(viewer, "viewerItemAfterButton")
    look.settle()
    assert kind_of_view(viewer) is Cover
    assert "2 of 2" in words(viewer)
    assert not find(viewer, QPushButton, "viewerItemAfterButton").isEnabled()
    QTest.keyClick(viewer, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    look.settle()
    assert kind_of_view(viewer) is PictureView
    assert actions(perform, look.item).count(Action.ITEM_VIEWED) == 2
    assert actions(perform, hidden) == []
    viewer.accept()
