"""A tile says in short words what stands out of an item and how it stands."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.derivatives import Confirmation
from desktop.domain.evidence.items import ItemKind, ItemState
from desktop.operations.evidence.show_evidence import ItemLine
from desktop.ui.evidence.evidence_tile import NOT_CONFIRMED, EvidenceTile
from tests.domain.evidence.test_item_stacks import an_item
from tests.ui.looks import words

NOW = Moment(datetime(2026, 11, 20, 9, 30, tzinfo=UTC), 0, "GMT")


def test_a_copy_says_whether_a_second_person_confirmed_it(qtbot: QtBot, themed: None) -> None:
    original = ItemLine(item=an_item(1), checked_at=None, altered=False)
    made = replace(an_item(2, made_from=1), kind=ItemKind.REDACTED)
    copy = replace(original, item=made)
    confirmed = replace(copy, confirmed=Confirmation("Sam Example", "with a passphrase", NOW))
    parent, said = QWidget(), []
    qtbot.addWidget(parent)
    for line in (original, copy, confirmed):
        tile = EvidenceTile(line, NOW, parent)
        said.append(words(tile))
    assert NOT_CONFIRMED not in said[0]
    assert NOT_CONFIRMED in said[1]
    assert NOT_CONFIRMED not in said[2]
    assert "confirmed by Sam Example" in said[2]
    assert "made " in said[1]
    assert "captured " in said[0]


def test_what_is_sealed_is_not_said_to_be_described_alone(qtbot: QtBot, themed: None) -> None:
    sealed = replace(an_item(1), state=ItemState.SEALED, original_name="naked_riley.png")
    parent = QWidget()
    qtbot.addWidget(parent)
    tile = EvidenceTile(ItemLine(item=sealed, checked_at=None, altered=False), NOW, parent)
    assert "captured " in words(tile)
    assert "described" not in words(tile)
    assert tile.look_button.words == "sealed, not shown"
    held = replace(sealed, state=ItemState.HELD_BACK)
    tile = EvidenceTile(ItemLine(item=held, checked_at=None, altered=False), NOW, parent)
    assert "described " in words(tile)
    assert tile.look_button.words == "described, not copied"
