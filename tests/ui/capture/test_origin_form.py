"""Where an item comes from: offered from the clipboard, entered, or left for later."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.identifiers import ItemId
from desktop.operations.evidence.view_evidence import find_item
from desktop.ui.capture.origin_fields import ORDER, SECOND_HAND
from desktop.ui.capture.origin_form import OriginForm, address_on_clipboard
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import a_capture, a_png, a_set
from tests.ui.handles import click, find

ADDRESS = "https://x.com/nightowl_77/status/18"


@pytest.fixture
def item(perform: Perform) -> EvidenceItem:
    return perform(a_capture)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    return window


def show(qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget) -> OriginForm:
    form = OriginForm(session, item, window)
    form.show_form()
    qtbot.waitUntil(lambda: session._background.pending == 0)
    return form


def type_into(form: OriginForm, name: str, text: str) -> None:
    edit = find(form, QLineEdit, name)
    edit.setText(text)
    edit.textEdited.emit(text)


def shown(form: OriginForm) -> set[str]:
    """Return the names of the fields that can be seen."""
    return {name for name in (*ORDER, *SECOND_HAND) if not form.form.field(name).isHidden()}


def test_a_copied_address_is_filled_in_and_tells_the_rest(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget, perform: Perform
) -> None:
    QGuiApplication.clipboard().setText(f" {ADDRESS}\n")
    form = show(qtbot, session, item, window)
    assert find(form, QLineEdit, "originSourceUrlEdit").text() == ADDRESS
    words = find(form, QLabel, "originAddressLabel").text()
    assert words.replace("\u200b", "") == f"Copied address, filled in: {ADDRESS}"
    assert find(form, QLineEdit, "originHandleEdit").text() == "@nightowl_77"
    type_into(form, "originTimeAsShownEdit", "2h ago")
    with qtbot.waitSignal(form.accepted):
        click(form, "keepButton")
    origin = perform(partial(find_item, item_id=item.id)).origin
    assert (origin.source_url, origin.time_as_shown) == (ADDRESS, "2h ago")
    assert (origin.platform, origin.post_id) == ("X", "18")
    assert origin.profile_url == "https://x.com/nightowl_77"


def test_a_copied_address_of_another_page_goes_with_what_it_told(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget
) -> None:
    QGuiApplication.clipboard().setText(ADDRESS)
    form = show(qtbot, session, item, window)
    click(form, "originForgetAddressButton")
    assert find(form, QLineEdit, "originSourceUrlEdit").text() == ""
    assert find(form, QLineEdit, "originHandleEdit").text() == ""
    assert find(form, QLabel, "originAddressLabel").isHidden()
    form.reject()


def test_what_was_typed_is_not_overwritten_by_an_address(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget
) -> None:
    QGuiApplication.clipboard().clear()
    form = show(qtbot, session, item, window)
    type_into(form, "originHandleEdit", "@owl")
    type_into(form, "originSourceUrlEdit", ADDRESS)
    assert find(form, QLineEdit, "originHandleEdit").text() == "@owl"
    form.reject()


def test_it_asks_little_and_more_when_wanted(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget
) -> None:
    QGuiApplication.clipboard().clear()
    form = show(qtbot, session, item, window)
    assert shown(form) == {"source_url", "handle", "time_as_shown", "description"}
    click(form, "originMoreButton")
    assert shown(form) == set(ORDER)
    click(form, "originFirstHandNoButton")
    assert set(SECOND_HAND) <= shown(form)
    form.reject()


def test_a_message_is_asked_for_its_platform_and_warned_of_its_trap(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget
) -> None:
    QGuiApplication.clipboard().clear()
    form = show(qtbot, session, item, window)
    click(form, "originMoreButton")
    form.form.set_text("platform", "Snapchat")
    form.form.edited.emit()
    click(form, "originMoreButton")
    assert shown(form) == {"platform", "handle", "time_as_shown", "description"}
    assert any("Snapchat tells" in label.text() for label in form.findChildren(QLabel))
    form.reject()


def test_second_hand_evidence_says_by_whom_and_how(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget, perform: Perform
) -> None:
    QGuiApplication.clipboard().clear()
    form = show(qtbot, session, item, window)
    click(form, "originMoreButton")
    click(form, "originFirstHandNoButton")
    type_into(form, "originTakenByEdit", "the learner")
    type_into(form, "originPassedOnHowEdit", "by e-mail")
    click(form, "originSeenLiveGoneButton")
    type_into(form, "originTimeMeantEdit", "the day the owl came")
    click(form, "keepButton")
    assert "Write when that was" in form.banner.text
    type_into(form, "originTimeMeantEdit", "19 Nov 2026, 21:14")
    with qtbot.waitSignal(form.accepted):
        click(form, "keepButton")
    origin = perform(partial(find_item, item_id=item.id)).origin
    assert (origin.first_hand, origin.taken_by) == ("no", "the learner")
    assert (origin.passed_on_how, origin.seen_live) == ("by e-mail", "gone")
    assert Moment.from_text(origin.time_meant).local.hour == 21
    again = show(qtbot, session, item, window)
    assert set(SECOND_HAND) <= shown(again)
    assert again.form.when("time_meant") == Moment.from_text(origin.time_meant)
    again.reject()


def test_a_set_is_described_once(
    qtbot: QtBot, session: Session, window: QWidget, perform: Perform
) -> None:
    QGuiApplication.clipboard().setText(ADDRESS)
    first, last = perform(a_set)
    form = show(qtbot, session, first, window)
    assert form.windowTitle() == f"{first.mark} to {last.mark}: where do they come from?"
    with qtbot.waitSignal(form.accepted):
        click(form, "keepButton")
    assert perform(partial(find_item, item_id=last.id)).origin.source_url == ADDRESS


def test_later_keeps_what_was_typed_as_a_draft(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget, perform: Perform
) -> None:
    QGuiApplication.clipboard().clear()
    form = show(qtbot, session, item, window)
    assert find(form, QPushButton, "originForgetAddressButton").isHidden()
    type_into(form, "originHandleEdit", "@nightowl_77")
    with qtbot.waitSignal(form.rejected):
        click(form, "cancelButton")
    assert perform(partial(find_item, item_id=item.id)).origin.handle == ""
    again = show(qtbot, session, item, window)
    assert find(again, QLineEdit, "originHandleEdit").text() == "@nightowl_77"
    again.reject()
    qtbot.waitUntil(lambda: session._background.pending == 0)


def test_an_item_that_is_gone_is_said(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget
) -> None:
    form = show(qtbot, session, replace(item, id=ItemId("0" * 32)), window)
    assert form.banner.text
    form.reject()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ADDRESS, ADDRESS),
        ("HTTP://X.EXAMPLE", "HTTP://X.EXAMPLE"),
        ("see https://x.example", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("https://x.example/" + "a" * 3000, ""),
        ("", ""),
    ],
)
def test_only_a_web_address_counts(qtbot: QtBot, text: str, found: str) -> None:
    QGuiApplication.clipboard().setText(text)
    assert address_on_clipboard() == found


def test_a_clipboard_without_words_offers_nothing(qtbot: QtBot) -> None:
    offered = QMimeData()
    offered.setData("image/png", a_png())
    QGuiApplication.clipboard().setMimeData(offered)
    assert address_on_clipboard() == ""
