"""The window of a worksheet: filled, typed, copied; nothing typed is ever lost."""

from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.contacts import Recipient
from desktop.domain.policy.own_copy import OwnContact
from desktop.domain.steps.procedures import Procedure
from desktop.operations.incident.keep_worksheets import keep_typed
from desktop.operations.organisation.keep_own_copy import keep_contact, turn_switch
from desktop.ui.clipboard import KEPT_SECONDS
from desktop.ui.incident.clipboard_label import ClipboardLabel
from desktop.ui.incident.worksheet_dialog import NOT_CONFIRMED
from desktop.ui.incident.worksheet_section import CHANGED, COPIED, FROM_RECORD
from desktop.ui.session import Session
from desktop.ui.widgets.draft_edit import DraftTextEdit
from tests.ui.incident_steps import perform, press, words
from tests.ui.worksheet_desk import (
    WorksheetDesk,
    clipboard,
    entry,
    start_case,
    type_into,
    worksheet_procedures,
)


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return worksheet_procedures()


@pytest.fixture
def desk(session: Session, qtbot: QtBot, window: QWidget) -> WorksheetDesk:
    return WorksheetDesk(session, qtbot, start_case(session, qtbot), window)


def test_it_opens_filled_with_caution_and_sources(desk: WorksheetDesk) -> None:
    dialog = desk.open()
    assert dialog.windowTitle() == "Report to CEOP"
    said = words(dialog)
    assert "call 999 first" in said
    assert "This program sends nothing." in said
    assert "Looked at on 20 Nov 2026" in said
    assert entry(dialog, "child").text == "Robin"
    assert entry(dialog, "child").state_label.text() == FROM_RECORD
    assert entry(dialog, "contact").state_label.isHidden()
    dialog.close()


def test_a_sheet_nobody_compared_says_so_until_somebody_did(desk: WorksheetDesk) -> None:
    dialog = desk.open()
    assert NOT_CONFIRMED in words(dialog)
    dialog.close()
    on = partial(turn_switch, switch_id="agency-forms", on=True, reason="Compared")
    perform(desk.session, desk.qtbot, on)
    again = desk.open()
    assert NOT_CONFIRMED not in words(again)
    again.close()


def test_where_our_own_list_finds_them_is_said(desk: WorksheetDesk) -> None:
    ours = OwnContact(
        id="", recipient=Recipient.CEOP, label="CEOP desk", out_of_hours="01632 960002"
    )
    perform(desk.session, desk.qtbot, partial(keep_contact, contact=ours))
    dialog = desk.open()
    assert "CEOP desk: out of hours 01632 960002 (never checked)" in words(dialog)
    dialog.close()


def test_a_lado_sheet_in_the_usual_log_is_said_to_be_out_of_place(desk: WorksheetDesk) -> None:
    dialog = desk.open("lado")
    assert "restricted log first" in dialog.banner.text
    assert "Restricted." in words(dialog)
    dialog.close()


def test_what_is_typed_is_kept_at_once_and_again_when_it_is_closed(desk: WorksheetDesk) -> None:
    dialog = desk.open()
    type_into(dialog, "contact", "01632 960001")
    desk.qtbot.waitUntil(lambda: desk.session.asked > 0 and desk.typed() != {})
    type_into(dialog, "child", "Robin, called Rob")
    dialog.reject()
    desk.settle()
    assert desk.typed() == {"contact": "01632 960001", "child": "Robin, called Rob"}
    again = desk.open()
    assert entry(again, "child").text == "Robin, called Rob"
    assert entry(again, "child").state_label.text() == CHANGED
    again.close()


def test_the_words_of_the_record_come_back_on_request(desk: WorksheetDesk) -> None:
    keep = partial(
        keep_typed, incident_id=desk.incident_id, worksheet_id="ceop", typed={"child": "Rob"}
    )
    perform(desk.session, desk.qtbot, keep)
    dialog = desk.open()
    press(dialog, "againChildButton")
    desk.settle()
    assert entry(dialog, "child").text == "Robin"
    assert entry(dialog, "child").again_button.isHidden()
    assert desk.typed() == {}
    dialog.close()


def test_the_lock_keeps_what_was_typed_and_closes_it(desk: WorksheetDesk) -> None:
    dialog = desk.open()
    type_into(dialog, "contact", "01632 960001")
    dialog._on_about_to_lock()
    desk.settle()
    assert desk.typed() == {"contact": "01632 960001"}


def test_a_chosen_answer_is_kept_like_a_typed_one(desk: WorksheetDesk) -> None:
    dialog = desk.open("iwf")
    box = entry(dialog, "kind").field
    assert isinstance(box, QComboBox)
    assert not entry(dialog, "kind").copy_button.isEnabled()
    box.setCurrentIndex(3)
    box.activated.emit(3)
    desk.settle()
    assert desk.typed("iwf") == {"kind": "Not known"}
    press(dialog, "copyKindButton")
    assert clipboard() == "Not known"
    entry(dialog, "kind").flush()
    entry(dialog, "kind").set_text("a list takes no other words")
    assert entry(dialog, "kind").text == "Not known"
    dialog.close()


def test_one_answer_is_copied_alone_and_ticked(desk: WorksheetDesk) -> None:
    dialog = desk.open()
    press(dialog, "copyChildButton")
    assert clipboard() == "Robin"
    assert entry(dialog, "child").copied_label.text() == COPIED
    assert not entry(dialog, "child").copied_label.isHidden()
    type_into(dialog, "child", "Rob")
    assert entry(dialog, "child").copied_label.isHidden()
    dialog.close()


def test_an_answer_that_is_empty_cannot_be_copied(desk: WorksheetDesk) -> None:
    dialog = desk.open()
    assert not entry(dialog, "contact").copy_button.isEnabled()
    type_into(dialog, "contact", "01632 960001")
    assert entry(dialog, "contact").copy_button.isEnabled()
    dialog.close()


def test_a_part_is_copied_with_its_questions_and_without_what_is_empty(
    desk: WorksheetDesk,
) -> None:
    dialog = desk.open()
    press(dialog, "copySection1Button")
    assert clipboard() == (
        "1. Who is reporting\n\nYour name and role\nPat Smith, Designated safeguarding lead\n\n"
        "Your organisation\nExample Training"
    )
    assert not entry(dialog, "reporter").copied_label.isHidden()
    assert entry(dialog, "contact").copied_label.isHidden()
    dialog.close()


def test_a_part_without_answers_cannot_be_copied_until_there_is_one(desk: WorksheetDesk) -> None:
    dialog = desk.open("iwf")
    first = dialog.sections[0]
    assert not first.copy_button.isEnabled()
    type_into(dialog, "found", "A learner was sent the address")
    entry(dialog, "found").flush()
    assert first.copy_button.isEnabled()
    dialog.close()


def test_all_is_copied_part_by_part_in_the_order_of_the_form(desk: WorksheetDesk) -> None:
    dialog = desk.open()
    press(dialog, "copyAllButton")
    text = clipboard()
    assert text.startswith("Report to CEOP\n\n\n1. Who is reporting\n\n")
    assert text.index("1. Who is") < text.index("2. What happened") < text.index("3. Whom it")
    assert "How they can reach you" not in text
    dialog.close()


def test_how_long_it_stays_on_the_clipboard_is_said_and_it_can_be_emptied(
    desk: WorksheetDesk,
) -> None:
    dialog = desk.open()
    told = dialog.findChildren(ClipboardLabel)[0]
    assert told.isHidden()
    press(dialog, "copyChildButton")
    assert told.words.text() == "Copied. The clipboard is emptied in 60 s."
    desk.session.findChildren(type(dialog._minute))[0].count_down()
    assert told.words.text() == "Copied. The clipboard is emptied in 59 s."
    assert told.words.accessibleName() == "Copied. The clipboard is emptied in 60 s."
    press(dialog, "wipeClipboardButton")
    assert clipboard() == ""
    assert told.isHidden()
    dialog.close()


def test_every_answer_is_read_aloud_with_its_question_and_hint(desk: WorksheetDesk) -> None:
    dialog = desk.open()
    field = entry(dialog, "contact").field
    spoken = QAccessible.queryAccessibleInterface(field)
    assert spoken.text(QAccessible.Text.Name) == "How they can reach you"
    assert "Telephone and e-mail" in spoken.text(QAccessible.Text.Description)
    copy = QAccessible.queryAccessibleInterface(entry(dialog, "child").copy_button)
    assert copy.text(QAccessible.Text.Name) == "Copy the answer: Name of the child"
    dialog.close()


def test_what_is_copied_by_keys_out_of_an_answer_goes_after_a_minute_too(
    desk: WorksheetDesk,
) -> None:
    dialog = desk.open()
    dialog.activateWindow()
    desk.qtbot.waitUntil(dialog.isActiveWindow)
    field = entry(dialog, "child").field
    assert isinstance(field, DraftTextEdit)
    field.selectAll()
    field.copy()
    assert clipboard() == "Robin"
    assert dialog._minute.left == KEPT_SECONDS
    dialog._minute.wipe()
    assert clipboard() == ""
    minute = dialog._minute
    dialog.close()
    QGuiApplication.clipboard().setText("Robin")
    assert minute.left == 0
