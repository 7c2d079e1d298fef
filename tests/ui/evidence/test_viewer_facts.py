"""What is known of an item is said in a line, and more on request."""

from dataclasses import replace

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import Fingerprint, Method
from desktop.ui.evidence.viewer_facts import ItemFacts, facts_of, noted_of
from tests.domain.evidence.test_item_stacks import an_item
from tests.ui.handles import click, find
from tests.ui.looks import words

SHA = "ab" * 32


def test_where_it_came_from_is_named_by_mark() -> None:
    mail, attached = an_item(1), replace(an_item(2, inside=1), method=Method.INSIDE)
    copy = an_item(3, made_from=2)
    assert "came inside PXS/1" in facts_of(attached, [mail, attached])
    assert "came inside another item" in facts_of(attached, [attached])
    assert "made from PXS/2" in facts_of(copy, [mail, attached, copy])


def test_more_is_unfolded_on_request(qtbot: QtBot, themed: None) -> None:
    item = replace(
        an_item(1),
        fingerprint=Fingerprint(SHA, 1234),
        noted=(("File last written", "20 Nov 2026, 14:05"),),
    )
    facts = ItemFacts()
    qtbot.addWidget(facts)
    facts.show()
    facts.show_item(item, [item])
    assert "1,234 bytes" in words(facts)
    assert noted_of(item)[0] == ("Fingerprint (SHA-256)", SHA)
    noted = facts._more_label
    assert "File last written: 20 Nov 2026, 14:05" in noted.text()
    assert not noted.isVisible()
    click(facts, "viewerMoreButton")
    assert noted.isVisible()
    facts.show_item(an_item(2), [])
    assert not find(facts, QPushButton, "viewerMoreButton").isVisible()
    assert not noted.isVisible()
