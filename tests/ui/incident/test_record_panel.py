from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import Category, FieldValue, FourCs, RiskLevel
from desktop.domain.steps.clocks import ClockView
from desktop.domain.steps.procedures import Basis
from desktop.operations.browse_incidents import IncidentView, show_incident
from desktop.operations.incident.record_incident import close_incident, enter_fields, save_draft
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.incident.close_dialog import CloseDialog, ReopenDialog
from desktop.ui.incident.laws_field import LawsField
from desktop.ui.incident.record_fields import SECTIONS
from desktop.ui.incident.record_panel import RecordPanel
from desktop.ui.pick_list import PickList
from desktop.ui.session import Session
from desktop.ui.widgets.draft_edit import DraftLineEdit, DraftTextEdit
from desktop.ui.widgets.tag_row import TagRow
from desktop.ui.widgets.when_edit import WhenEdit
from tests.clocks import FrozenClock
from tests.ui.incident_steps import (
    ACCOUNT,
    dialog,
    new_incident,
    perform,
    press,
    settle,
    shown_panel,
)


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> RecordPanel:
    return shown_panel(RecordPanel(session), session, qtbot, incident_id)


def read(session: Session, qtbot: QtBot, incident_id: IncidentId) -> IncidentView:
    return perform(session, qtbot, partial(show_incident, incident_id=incident_id))


def line(panel: RecordPanel, name: str) -> DraftLineEdit | DraftTextEdit:
    field = panel.field(name)
    assert isinstance(field, DraftLineEdit | DraftTextEdit)
    return field


def when(panel: RecordPanel, name: str) -> WhenEdit:
    field = panel.field(name)
    assert isinstance(field, WhenEdit)
    return field


def test_what_is_being_typed_elsewhere_is_shown(panel: RecordPanel) -> None:
    assert line(panel, "first_account").text() == ACCOUNT
    assert "Logged here 20 Nov 2026, 09:30 by Pat Smith" in panel._logged_label.text()


def test_a_text_is_a_draft_while_typing_and_entered_on_leaving(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    place = line(panel, "place")
    place.setFocus()
    QTest.keyClicks(place, "stand.example")
    place.flush()
    settle(session, qtbot)
    assert read(session, qtbot, incident_id).drafts["place"] == "stand.example"
    assert panel._kept_label.text() == "Kept 09:30:00"
    line(panel, "centre").setFocus()
    settle(session, qtbot)
    view = read(session, qtbot, incident_id)
    assert view.incident.record.place == "stand.example"
    assert "place" not in view.drafts


def test_a_time_is_entered_as_understood(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    aware = when(panel, "became_aware_at")
    aware.edit.setFocus()
    QTest.keyClicks(aware.edit, "yesterday 16:00")
    panel.flush()
    settle(session, qtbot)
    view = read(session, qtbot, incident_id)
    assert view.drafts["typed.became_aware_at"] == "yesterday 16:00"
    line(panel, "centre").setFocus()
    settle(session, qtbot)
    view = read(session, qtbot, incident_id)
    assert view.incident.record.became_aware_at
    assert view.incident.record.became_aware_at.local.strftime("%d %H:%M") == "19 16:00"
    assert "typed.became_aware_at" not in view.drafts


def test_a_time_that_lies_ahead_is_refused_and_stays_to_be_put_right(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    aware = when(panel, "became_aware_at")
    aware.edit.setFocus()
    QTest.keyClicks(aware.edit, "19 Nov 2027, 16:00")
    panel.flush()
    settle(session, qtbot)
    line(panel, "centre").setFocus()
    settle(session, qtbot)
    view = read(session, qtbot, incident_id)
    assert view.incident.record.became_aware_at is None
    assert view.drafts["typed.became_aware_at"] == "19 Nov 2027, 16:00"
    assert aware.edit.text() == "19 Nov 2027, 16:00"
    assert panel._kept_label.text() == "Not kept yet. What you typed is still here."
    panel.flush()
    settle(session, qtbot)
    assert aware.edit.text() == "19 Nov 2027, 16:00"
    aware.edit.setFocus()
    aware.edit.selectAll()
    QTest.keyClicks(aware.edit, "19 Nov 2026, 16:00")
    line(panel, "centre").setFocus()
    settle(session, qtbot)
    view = read(session, qtbot, incident_id)
    assert view.incident.record.became_aware_at
    assert "typed.became_aware_at" not in view.drafts


def test_a_time_that_cannot_be_read_is_there_again(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    operation = partial(
        save_draft, subject=incident_id, name="typed.occurred_to", value="after lunch"
    )
    perform(session, qtbot, operation)
    panel.reload()
    settle(session, qtbot)
    assert when(panel, "occurred_to").edit.text() == "after lunch"


def test_choices_are_entered_at_once(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    kinds, fours, risk = (panel.field(name) for name in ("categories", "four_cs", "risk"))
    assert isinstance(kinds, PickList)
    assert isinstance(fours, TagRow)
    assert isinstance(risk, ChoiceRow)
    press(kinds, "recordCategoriesMoreButton")
    press(kinds, "recordCategoriesCBMSGButton")
    fours.button("contact").click()
    risk.button("high").click()
    settle(session, qtbot)
    record = read(session, qtbot, incident_id).incident.record
    assert record.categories == (Category.CB_MSG,)
    assert record.four_cs == (FourCs.CONTACT,)
    assert record.risk is RiskLevel.HIGH


def shown(laws: LawsField) -> set[str]:
    return {value for value in laws.values() if laws.row(value).isVisibleTo(laws)}


def test_the_laws_that_may_be_engaged_follow_the_kind_of_incident(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    assert not shown(panel.laws)
    press(panel.laws, "recordLawsMoreButton")
    assert "fraud" in shown(panel.laws)
    categories = {"categories": (Category.PRIVACY,)}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=categories))
    settle(session, qtbot)
    assert shown(panel.laws) == {"data-protection"}
    press(panel.laws, "recordLawsDataProtectionButton")
    settle(session, qtbot)
    assert read(session, qtbot, incident_id).incident.record.laws == ("data-protection",)
    others = {"categories": (Category.FRAUD_IP,)}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=others))
    settle(session, qtbot)
    assert shown(panel.laws) == {"data-protection", "fraud", "copyright"}


def test_a_law_that_is_no_longer_listed_stays_on_the_record(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    values: dict[str, FieldValue] = {"laws": ("an-older-law",), "categories": (Category.PRIVACY,)}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    press(panel.laws, "recordLawsMoreButton")
    press(panel.laws, "recordLawsDataProtectionButton")
    settle(session, qtbot)
    record = read(session, qtbot, incident_id).incident.record
    assert record.laws == ("data-protection", "an-older-law")


def test_it_says_when_little_time_is_left_to_charge(
    panel: RecordPanel,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    clock: FrozenClock,
) -> None:
    warning = panel.laws.time_label
    ago = replace(clock.now(), utc=clock.now().utc - timedelta(days=160))
    values: dict[str, FieldValue] = {"occurred_from": ago, "laws": ("fraud",)}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    assert not warning.isVisibleTo(panel)
    values = {"laws": ("fraud", "harassment")}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    assert warning.isVisibleTo(panel)
    assert "6 months" in warning.text()


def test_another_incident_brings_its_own_record(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    place = line(panel, "place")
    place.setFocus()
    QTest.keyClicks(place, "half a wor")
    other = new_incident(session, qtbot, "Another thing.")
    panel.show_incident(other)
    settle(session, qtbot)
    assert place.text() == ""
    assert line(panel, "first_account").text() == "Another thing."
    assert read(session, qtbot, incident_id).drafts["place"] == "half a wor"
    assert read(session, qtbot, other).drafts.get("place", "") == ""


def test_a_change_from_elsewhere_is_shown_but_not_over_what_is_typed(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    place = line(panel, "place")
    place.setFocus()
    QTest.keyClicks(place, "my words")
    values = {"place": "other words", "centre": "North"}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    assert place.text() == "my words"
    assert line(panel, "centre").text() == "North"


def test_late_is_asked_for_a_reason(panel: RecordPanel, clock: FrozenClock) -> None:
    holder = panel._labels["late_reason"].parentWidget()
    assert holder
    assert holder.isHidden()
    late = ClockView(
        deadline_id="D1", label="First record", basis=Basis.DOCUMENTED, reference="S000:64",
        started=clock.now(), due_at=clock.now(), met_at=None, late_by=timedelta(hours=17),
        tone="late", sentence="First record 17 h late", step_id="P00-2", reason_needed=True,
    )  # fmt: skip
    panel.show_clocks((late,))
    assert not holder.isHidden()
    assert "First record 17 h late: why?" in panel._labels["late_reason"].text()
    panel.show_clocks(())
    assert holder.isHidden()


def test_a_field_can_be_shown(panel: RecordPanel, qtbot: QtBot) -> None:
    panel.show_field("became_aware_at")
    qtbot.waitUntil(when(panel, "became_aware_at").edit.hasFocus)
    panel.show_field("wishes")
    qtbot.waitUntil(line(panel, "wishes").hasFocus)


def test_closing_and_opening_again_is_asked_for_here(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    press(panel, "closeIncidentButton")
    form = dialog(panel, CloseDialog)
    settle(session, qtbot)
    form.reject()
    operation = partial(
        close_incident, incident_id=incident_id, outcome="Done", control_measure="Talk"
    )
    perform(session, qtbot, operation)
    settle(session, qtbot)
    assert panel.close_button.text() == "Open it again…"
    press(panel, "closeIncidentButton")
    dialog(panel, ReopenDialog).reject()
    settle(session, qtbot)


def test_locking_keeps_the_draft_and_empties_the_record(
    panel: RecordPanel, session: Session, qtbot: QtBot
) -> None:
    place = line(panel, "place")
    place.setFocus()
    QTest.keyClicks(place, "typed")
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert place.text() == ""


def test_what_cannot_be_kept_is_said(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    with qtbot.waitSignal(session.closed):
        session.lock()
    panel.incident_id = incident_id
    panel._enter("place", "somewhere")
    settle(session, qtbot)
    assert panel._kept_label.text().startswith("Not kept yet")


def test_every_field_of_the_record_has_a_name_for_the_reader(panel: RecordPanel) -> None:
    for _title, asked in SECTIONS:
        for each in asked:
            field = panel.field(each.name)
            target = field.edit if isinstance(field, WhenEdit) else field
            assert target.accessibleName(), each.name
            assert target.objectName(), each.name


def test_what_a_time_is_counted_from_is_asked_for_first(
    panel: RecordPanel, session: Session, qtbot: QtBot, incident_id: IncidentId, clock: FrozenClock
) -> None:
    panel.show_field("first_recorded_at")
    assert panel.focusWidget() is when(panel, "became_aware_at").edit
    values: dict[str, FieldValue] = {"became_aware_at": clock.now()}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    panel.show_field("first_recorded_at")
    assert panel.focusWidget() is when(panel, "first_recorded_at").edit
