"""The window of a worksheet: filled, typed, copied, sent; nothing typed is ever lost."""

from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.checklist_records import StepState
from desktop.domain.checklists import StepView
from desktop.domain.contacts import Channel, Recipient
from desktop.domain.identifiers import IncidentId
from desktop.domain.own_copy import OwnContact
from desktop.domain.people import Role
from desktop.domain.procedure_text import parse_procedure
from desktop.domain.procedures import Procedure
from desktop.domain.times import say
from desktop.operations.attach_procedure import attach_procedure
from desktop.operations.follow_checklist import show_checklists
from desktop.operations.keep_contacts import list_contacts
from desktop.operations.keep_own_copy import keep_contact, turn_switch
from desktop.operations.keep_people import add_person
from desktop.operations.keep_worksheets import keep_typed, list_submitted, open_worksheet
from desktop.operations.record_incident import enter_fields
from desktop.ui.incident.clipboard_label import ClipboardLabel
from desktop.ui.incident.sent_sheet import SentSheetDialog
from desktop.ui.incident.worksheet_dialog import EMPTY, NOT_CONFIRMED, WorksheetDialog
from desktop.ui.incident.worksheet_section import CHANGED, COPIED, FROM_RECORD, WorksheetEntry
from desktop.ui.incident.worksheet_sent import WorksheetSentForm
from desktop.ui.session import Session
from desktop.ui.widgets.draft_edit import DraftTextEdit
from tests.clocks import FrozenClock
from tests.operations.test_keep_worksheets import GROOMING
from tests.ui.incident_steps import new_incident, perform, press, settle, words
from tests.ui.small_procedures import small_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return {**small_procedures(), "P06": parse_procedure(GROOMING, "P06.toml")}


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot) -> IncidentId:
    incident_id = new_incident(session, qtbot)
    robin = {"name": "Robin", "needs": "dyslexia"}
    perform(
        session,
        qtbot,
        partial(add_person, incident_id=incident_id, role=Role.TARGET, values=robin),
    )
    attach = partial(
        attach_procedure, incident_id=incident_id, procedure_id="P06", reason="A test"
    )
    perform(session, qtbot, attach)
    return incident_id


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


class Desk:
    """Opens worksheets over one incident."""

    def __init__(
        self, session: Session, qtbot: QtBot, incident_id: IncidentId, window: QWidget
    ) -> None:
        self.session, self.qtbot = session, qtbot
        self.incident_id, self.window = incident_id, window

    def open(self, worksheet_id: str = "ceop", step: StepView | None = None) -> WorksheetDialog:
        dialog = WorksheetDialog(self.session, self.incident_id, worksheet_id, step, self.window)
        dialog.show_form()
        self.settle()
        return dialog

    def settle(self) -> None:
        settle(self.session, self.qtbot)

    def step(self) -> StepView:
        shown = perform(
            self.session, self.qtbot, partial(show_checklists, incident_id=self.incident_id)
        )
        steps = [step for checklist in shown.checklists for step in checklist.steps]
        return next(step for step in steps if step.step.id == "P06-6")

    def typed(self, worksheet_id: str = "ceop") -> dict[str, str]:
        view = perform(
            self.session,
            self.qtbot,
            partial(open_worksheet, incident_id=self.incident_id, worksheet_id=worksheet_id),
        )
        return view.typed


@pytest.fixture
def desk(session: Session, qtbot: QtBot, incident_id: IncidentId, window: QWidget) -> Desk:
    return Desk(session, qtbot, incident_id, window)


def entry(dialog: WorksheetDialog, name: str) -> WorksheetEntry:
    found = [one for part in dialog.sections for one in part.entries if one.entry.name == name]
    return found[0]


def type_into(dialog: WorksheetDialog, name: str, text: str) -> None:
    field = entry(dialog, name).field
    assert isinstance(field, DraftTextEdit)
    field.setPlainText(text)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_it_opens_filled_with_caution_and_sources(desk: Desk) -> None:
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


def test_a_sheet_nobody_compared_says_so_until_somebody_did(desk: Desk) -> None:
    dialog = desk.open()
    assert NOT_CONFIRMED in words(dialog)
    dialog.close()
    on = partial(turn_switch, switch_id="agency-forms", on=True, reason="Compared")
    perform(desk.session, desk.qtbot, on)
    again = desk.open()
    assert NOT_CONFIRMED not in words(again)
    again.close()


def test_where_our_own_list_finds_them_is_said(desk: Desk) -> None:
    ours = OwnContact(
        id="", recipient=Recipient.CEOP, label="CEOP desk", out_of_hours="01632 960002"
    )
    perform(desk.session, desk.qtbot, partial(keep_contact, contact=ours))
    dialog = desk.open()
    assert "CEOP desk: out of hours 01632 960002 (never checked)" in words(dialog)
    dialog.close()


def test_a_lado_sheet_in_the_usual_log_is_said_to_be_out_of_place(desk: Desk) -> None:
    dialog = desk.open("lado")
    assert "restricted log first" in dialog.banner.text
    assert "Restricted." in words(dialog)
    dialog.close()


def test_what_is_typed_is_kept_at_once_and_again_when_it_is_closed(desk: Desk) -> None:
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


def test_the_words_of_the_record_come_back_on_request(desk: Desk) -> None:
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


def test_the_lock_keeps_what_was_typed_and_closes_it(desk: Desk) -> None:
    dialog = desk.open()
    type_into(dialog, "contact", "01632 960001")
    dialog._on_about_to_lock()
    desk.settle()
    assert desk.typed() == {"contact": "01632 960001"}


def test_a_chosen_answer_is_kept_like_a_typed_one(desk: Desk) -> None:
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


def test_one_answer_is_copied_alone_and_ticked(desk: Desk) -> None:
    dialog = desk.open()
    press(dialog, "copyChildButton")
    assert clipboard() == "Robin"
    assert entry(dialog, "child").copied_label.text() == COPIED
    assert not entry(dialog, "child").copied_label.isHidden()
    type_into(dialog, "child", "Rob")
    assert entry(dialog, "child").copied_label.isHidden()
    dialog.close()


def test_an_answer_that_is_empty_cannot_be_copied(desk: Desk) -> None:
    dialog = desk.open()
    assert not entry(dialog, "contact").copy_button.isEnabled()
    type_into(dialog, "contact", "01632 960001")
    assert entry(dialog, "contact").copy_button.isEnabled()
    dialog.close()


def test_a_part_is_copied_with_its_questions_and_without_what_is_empty(desk: Desk) -> None:
    dialog = desk.open()
    press(dialog, "copySection1Button")
    assert clipboard() == (
        "1. Who is reporting\n\nYour name and role\nPat Smith, Designated safeguarding lead\n\n"
        "Your organisation\nExample Training"
    )
    assert not entry(dialog, "reporter").copied_label.isHidden()
    assert entry(dialog, "contact").copied_label.isHidden()
    dialog.close()


def test_a_part_without_answers_cannot_be_copied_until_there_is_one(desk: Desk) -> None:
    dialog = desk.open("iwf")
    first = dialog.sections[0]
    assert not first.copy_button.isEnabled()
    type_into(dialog, "found", "A learner was sent the address")
    entry(dialog, "found").flush()
    assert first.copy_button.isEnabled()
    dialog.close()


def test_all_is_copied_part_by_part_in_the_order_of_the_form(desk: Desk) -> None:
    dialog = desk.open()
    press(dialog, "copyAllButton")
    text = clipboard()
    assert text.startswith("Report to CEOP\n\n\n1. Who is reporting\n\n")
    assert text.index("1. Who is") < text.index("2. What happened") < text.index("3. Whom it")
    assert "How they can reach you" not in text
    dialog.close()


def test_how_long_it_stays_on_the_clipboard_is_said_and_it_can_be_emptied(desk: Desk) -> None:
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


def test_an_empty_sheet_is_neither_copied_nor_sent(desk: Desk) -> None:
    dialog = desk.open("iwf")
    for name in ("reporter", "organisation"):
        type_into(dialog, name, "")
    for button in ("copyAllButton", "worksheetSentButton"):
        dialog.banner.clear()
        press(dialog, button)
        assert dialog.banner.text == EMPTY
    assert dialog.findChildren(WorksheetSentForm) == []
    dialog.close()


def sent_form(dialog: WorksheetDialog) -> WorksheetSentForm:
    press(dialog, "worksheetSentButton")
    return dialog.findChildren(WorksheetSentForm)[0]


def test_recording_that_it_was_sent_keeps_text_contact_and_step(desk: Desk) -> None:
    dialog = desk.open(step=desk.step())
    type_into(dialog, "contact", "01632 960001")
    form = sent_form(dialog)
    desk.settle()
    form.form.set_text("reference", "C-77")
    form.form.set_text("channel", Channel.PORTAL.value)
    form.form.set_text("blank.seen", "Lee")
    press(form, "keepButton")
    desk.settle()
    listed = partial(list_submitted, incident_id=desk.incident_id)
    (sheet,) = perform(desk.session, desk.qtbot, listed)
    assert dict(sheet.texts)["How they can reach you"] == "01632 960001"
    contacts = partial(list_contacts, incident_id=desk.incident_id)
    (contact,) = perform(desk.session, desk.qtbot, contacts)
    assert contact.details.reference == "C-77"
    assert contact.details.channel is Channel.PORTAL
    assert desk.step().state is StepState.DONE


def test_a_time_that_cannot_be_read_is_asked_for_again(desk: Desk) -> None:
    dialog = desk.open()
    form = sent_form(dialog)
    desk.settle()
    form.form.set_text("at", "the other day")
    press(form, "keepButton")
    assert "“When you sent it” cannot be read" in form.banner.text
    form.form.set_text("at", "today 09:00")
    form.form.set_text("next_due", "soonish")
    press(form, "keepButton")
    assert "“By when” cannot be read" in form.banner.text
    form.reject()
    dialog.close()
    desk.settle()


def test_a_step_that_is_late_asks_why(desk: Desk, clock: FrozenClock) -> None:
    now = desk.session.clock.now()
    aware = partial(enter_fields, incident_id=desk.incident_id, values={"became_aware_at": now})
    perform(desk.session, desk.qtbot, aware)
    clock.advance(days=1)
    dialog = desk.open(step=desk.step())
    form = sent_form(dialog)
    desk.settle()
    form.form.set_text("blank.seen", "Lee")
    form.form.set_text("late_reason", "We waited for the police")
    press(form, "keepButton")
    desk.settle()
    assert desk.step().state is StepState.DONE


def test_a_step_that_only_gathers_what_the_form_asks_is_not_done_by_sending_it(
    desk: Desk,
) -> None:
    dialog = desk.open("childrens-services", step=desk.step())
    form = sent_form(dialog)
    desk.settle()
    assert not form.form.has("blank.seen")
    press(form, "keepButton")
    desk.settle()
    assert desk.step().state is StepState.OPEN


def test_what_was_sent_before_can_be_read_and_copied_but_not_changed(desk: Desk) -> None:
    dialog = desk.open()
    press(sent_form(dialog), "keepButton")
    desk.settle()
    again = desk.open()
    assert f"Sent {say(desk.session.clock.now())} by Pat Smith." in words(again)
    press(again, "showSent1Button")
    shown = again.findChildren(SentSheetDialog)[0]
    said = words(shown)
    assert "Robin" in said
    assert "Not answered." in said
    press(shown, "copySentButton")
    assert clipboard().startswith("Report to CEOP\n\nYour name and role\nPat Smith")
    shown.close()
    again.close()


def test_every_answer_is_read_aloud_with_its_question_and_hint(desk: Desk) -> None:
    dialog = desk.open()
    field = entry(dialog, "contact").field
    spoken = QAccessible.queryAccessibleInterface(field)
    assert spoken.text(QAccessible.Text.Name) == "How they can reach you"
    assert "Telephone and e-mail" in spoken.text(QAccessible.Text.Description)
    copy = QAccessible.queryAccessibleInterface(entry(dialog, "child").copy_button)
    assert copy.text(QAccessible.Text.Name) == "Copy the answer: Name of the child"
    dialog.close()


def test_nothing_that_is_shown_is_read_as_markup(desk: Desk) -> None:
    typed = {"contact": "<b>x</b>"}
    keep = partial(keep_typed, incident_id=desk.incident_id, worksheet_id="ceop", typed=typed)
    perform(desk.session, desk.qtbot, keep)
    dialog = desk.open()
    press(sent_form(dialog), "keepButton")
    desk.settle()
    again = desk.open()
    press(again, "showSent1Button")
    shown: QDialog = again.findChildren(SentSheetDialog)[0]
    told = [one.text() for one in shown.findChildren(QLabel)]
    assert any("<b>x</b>" in text.replace("\u200b", "") for text in told)
    shown.close()
    again.close()
