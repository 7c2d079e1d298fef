from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.contacts import ContactDetails, Recipient
from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.procedures import Procedure
from desktop.operations.browse_incidents import list_incidents
from desktop.operations.evidence.describe_thing import describe_only
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.record_incident import enter_fields
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.attach_procedure import end_procedure
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.workspace import Workspace
from desktop.ui.capture.description_form import DescriptionForm
from desktop.ui.capture.thing_form import ThingForm
from desktop.ui.evidence.seal_dialog import SealDialog
from desktop.ui.incident.close_dialog import CloseDialog
from desktop.ui.incident.contact_form import ContactForm
from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.incident.link_dialog import LinkDialog
from desktop.ui.incident.move_dialog import MoveDialog
from desktop.ui.incident.procedure_dialog import EndDialog, JoinDialog, VersionDialog
from desktop.ui.incident.triage_dialog import TriageDialog
from desktop.ui.incident.worksheet_dialog import WorksheetDialog
from desktop.ui.session import Session
from desktop.ui.tab_order import go_on
from desktop.ui.widgets.chip import Chip
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_no_for, a_png, ignore, never
from tests.ui.incident_steps import dialog, new_incident, perform, press, settle, words
from tests.ui.small_procedures import small_procedures

NO_IMAGE = "The police looked at it: there is no such image in it"


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot) -> IncidentId:
    found = new_incident(session, qtbot)
    operation = partial(answer_triage, incident_id=found, answers={"T8": "site"})
    perform(session, qtbot, operation)
    return found


@pytest.fixture
def page(qtbot: QtBot, session: Session, incident_id: IncidentId, themed: None) -> IncidentPage:
    page = IncidentPage(session)
    qtbot.addWidget(page)
    page.resize(1084, 800)
    with qtbot.waitExposed(page):
        page.show()
    page.show_incident(incident_id)
    settle(session, qtbot)
    return page


def chips(page: IncidentPage) -> list[str]:
    return [chip.text() for chip in page.header.findChildren(Chip) if not chip.isHidden()]


def more_button(page: IncidentPage) -> QPushButton:
    found = page.header.findChildren(QPushButton, "moreClocksButton")
    return next(button for button in found if not button.isHidden())


def test_the_top_says_which_incident_it_is(page: IncidentPage) -> None:
    said = [label.text() for label in page.header.findChildren(QLabel)]
    assert "2026-0001 · open · logged 20 Nov 2026, 09:30" in said
    assert "A learner gets abusive e-mails" in said


def test_clocks_are_chips_with_their_basis(
    page: IncidentPage,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    clock: FrozenClock,
) -> None:
    aware = replace(clock.now(), utc=clock.now().utc - timedelta(hours=41))
    values = {"became_aware_at": aware}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    assert any("First record 17 h late" in text for text in chips(page))
    chip = next(chip for chip in page.header.findChildren(Chip) if "17 h late" in chip.text())
    assert "documented, S000:64" in chip.toolTip()
    assert "nobody has said why yet" in chip.toolTip()
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    many = tuple(
        replace(view.clocks[0], deadline_id=f"X{number}", reason="ill") for number in range(9)
    )
    page.header.show_clocks(many)
    settle(session, qtbot)
    assert len([text for text in chips(page) if "17 h late" in text]) == 3
    assert more_button(page).text() == "6 more"
    press(page.header, "moreClocksButton")
    settle(session, qtbot)
    assert len([text for text in chips(page) if "17 h late" in text]) == 9
    assert more_button(page).text() == "Fewer"
    assert more_button(page).hasFocus()
    press(page.header, "moreClocksButton")
    settle(session, qtbot)
    assert len([text for text in chips(page) if "17 h late" in text]) == 3


def test_where_room_is_short_the_top_leaves_it_to_the_steps(
    page: IncidentPage,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    clock: FrozenClock,
) -> None:
    aware = replace(clock.now(), utc=clock.now().utc - timedelta(hours=41))
    values = {"became_aware_at": aware}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    page.resize(600, 800)
    danger = page.header.findChildren(QPushButton, "dangerButton")[0]
    qtbot.waitUntil(danger.isHidden)
    settle(session, qtbot)
    assert not any("May vanish" in text for text in chips(page))
    assert "May vanish first" in more_button(page).toolTip()
    line = page.checklist_panel.progress_line
    qtbot.waitUntil(lambda: line.width() >= line.label.sizeHint().width() > 0)
    press(page.header, "moreClocksButton")
    settle(session, qtbot)
    assert any("May vanish" in text for text in chips(page))
    page.resize(1084, 800)
    qtbot.waitUntil(danger.isVisible)
    assert page.checklist_panel.summary_label.isVisible()


def test_while_nothing_is_kept_the_top_says_what_may_be_gone_first(
    page: IncidentPage, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    assert "May vanish first: posts and profiles at any moment" in chips(page)
    describe = partial(describe_only, incident_id=incident_id, origin={"description": "a post"})
    perform(session, qtbot, describe)
    settle(session, qtbot)
    assert not any("May vanish" in text for text in chips(page))


def test_nobody_is_hurried_to_capture_while_a_stop_is_to_be_seen_to(
    page: IncidentPage, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answers = {"T2": "unsure", "T8": "site"}
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    settle(session, qtbot)
    assert page.checklist_panel.card("P03-1")
    assert not any("May vanish" in text for text in chips(page))


@pytest.mark.parametrize("wide", [1084, 560])
def test_what_is_never_copied_is_said_above_every_tab_while_a_stop_runs(
    page: IncidentPage, session: Session, qtbot: QtBot, incident_id: IncidentId, wide: int
) -> None:
    page.resize(wide, 800)
    page.tabs.show_panel(page.evidence_panel)
    settle(session, qtbot)
    assert not page.stop_line.isVisible()
    assert "Capture what can be seen" in words(page.evidence_panel)
    answers = {"T2": "yes", "T8": "site"}
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    settle(session, qtbot)
    said = words(page.evidence_panel)
    assert "Do not copy a sexual image of a child: describe it in words." in said
    assert "The messages around it can still be captured" in said
    assert "Capture what can be seen" not in said
    for panel in (page.chronology_panel, page.people_panel, page.contacts_panel):
        page.tabs.show_panel(panel)
        assert page.stop_line.isVisible()
        assert "Do not copy a sexual image of a child" in words(page.stop_line)
    page.stop_line.click()
    settle(session, qtbot)
    card = page.checklist_panel.card("P03-1")
    assert card
    assert card.isVisible()
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    running = next(one for one in view.checklists if one.procedure.id == "P03")
    page.tabs.show_panel(page.evidence_panel)
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers={"T2": "no"}))
    own = running.checklist.id
    perform(session, qtbot, partial(end_procedure, checklist_id=own, reason=NO_IMAGE))
    settle(session, qtbot)
    assert not page.stop_line.isVisible()
    assert "Capture what can be seen" in words(page.evidence_panel)


def test_the_buttons_at_the_top_ask_for_this_incident(
    page: IncidentPage, qtbot: QtBot, incident_id: IncidentId
) -> None:
    for name, signal, expected in (
        ("captureButton", page.capture_requested, [incident_id]),
        ("exportButton", page.export_requested, [incident_id]),
        ("dangerButton", page.danger_requested, []),
    ):
        with qtbot.waitSignal(signal) as asked:
            press(page.header, name)
        assert asked.args == expected


def test_what_a_step_asks_for_is_done(
    page: IncidentPage, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    ask = page.checklist_panel.act_requested.emit
    with qtbot.waitSignal(page.capture_requested):
        ask("capture", None)
    with qtbot.waitSignal(page.export_requested):
        ask("export", None)
    ask("record", "wishes")
    assert page.tabs.current() is page.record_panel
    with qtbot.waitSignal(page.log_section_requested) as asked:
        ask("accounts", None)
    assert asked.args == ["accounts"]
    ask("seal", None)
    settle(session, qtbot)
    assert page.tabs.current() is page.evidence_panel
    assert "Nothing that is kept here can be sealed." in page.banner.text
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    step = next(step for each in view.checklists for step in each.steps if step.step.id == "P02-4")
    sheet = replace(step, step=replace(step.step, worksheet="ceop"))
    for what, data, kind in (
        ("contact", step, ContactForm),
        ("close", None, CloseDialog),
        ("triage", None, TriageDialog),
        ("link", step, LinkDialog),
        ("join", None, JoinDialog),
        ("end", view.checklists[0], EndDialog),
        ("version", view.checklists[0], VersionDialog),
        ("thing", step, ThingForm),
        ("describe", step, DescriptionForm),
        ("worksheet", sheet, WorksheetDialog),
        ("move", step, MoveDialog),
    ):
        ask(what, data)
        form = dialog(page, kind)
        settle(session, qtbot)
        form.reject()
    settle(session, qtbot)


def test_the_only_item_is_sealed_at_once_and_one_of_several_is_chosen(
    page: IncidentPage, session: Session, qtbot: QtBot, incident_id: IncidentId, tmp_path: Path
) -> None:
    ask = page.checklist_panel.act_requested.emit

    def take(workspace: Workspace, colour: str) -> None:
        path = tmp_path / f"{colour}.png"
        path.write_bytes(a_png(colour))
        statement = a_no_for(workspace, incident_id, path)
        add_file(workspace, incident_id, statement, path, Method.DROP, ignore, never)

    perform(session, qtbot, partial(take, colour="teal"))
    ask("seal", None)
    settle(session, qtbot)
    sealing = dialog(page, SealDialog)
    assert "PXS/1" in sealing.title_label.text()
    sealing.reject()
    perform(session, qtbot, partial(take, colour="navy"))
    ask("seal", None)
    settle(session, qtbot)
    assert "“Seal…”" in page.banner.text
    assert page.tabs.current() is page.evidence_panel


@pytest.mark.parametrize(
    ("target", "panel"),
    [
        ("contact", "contacts_panel"),
        ("item", "evidence_panel"),
        ("draft", "record_panel"),
    ],
)
def test_today_leads_to_the_right_place(
    page: IncidentPage,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    target: str,
    panel: str,
) -> None:
    page.show_incident(incident_id, target, "")
    settle(session, qtbot)
    assert page.tabs.current() is getattr(page, panel)


def test_today_leads_to_a_step(
    page: IncidentPage, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    page.show_incident(incident_id, "step", "P02-4")
    settle(session, qtbot)
    card = page.checklist_panel.card("P02-4")
    assert card
    assert card.header.isChecked()
    assert card.isVisible()


def test_counts_follow_what_is_added(
    page: IncidentPage,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    clock: FrozenClock,
) -> None:
    details = ContactDetails(recipient=Recipient.POLICE, at=clock.now())
    perform(session, qtbot, partial(add_contact, incident_id=incident_id, details=details))
    settle(session, qtbot)
    assert page.tabs.words(page.contacts_panel) == "Contacts 1"


def test_tabs_are_pressed_one_after_the_other(
    page: IncidentPage, session: Session, qtbot: QtBot
) -> None:
    for panel in (
        page.chronology_panel,
        page.people_panel,
        page.contacts_panel,
        page.record_panel,
        page.evidence_panel,
    ):
        page.tabs.button(panel).click()
        settle(session, qtbot)
        assert page.tabs.current() is panel
        assert panel.isVisible()


def test_where_it_is_narrow_the_steps_are_the_first_tab(
    page: IncidentPage, session: Session, qtbot: QtBot
) -> None:
    page.resize(560, 800)
    settle(session, qtbot)
    first = page.findChild(QPushButton, "whatToDoTab")
    assert isinstance(first, QPushButton)
    assert first.isVisible()
    assert page.checklist_panel.isVisible()
    people = page.tabs.button(page.people_panel)
    assert (people.text(), people.accessibleName()) == ("People", "Show: People and accounts")
    page.tabs.button(page.record_panel).click()
    assert not page.checklist_panel.isVisible()
    page.tabs.show_panel(page.tabs._panels[0])
    page.resize(1200, 800)
    settle(session, qtbot)
    assert people.text() == "People and accounts"
    assert not first.isVisible()
    assert page.checklist_panel.isVisible()
    assert page.tabs.current() is page.evidence_panel


def test_tab_goes_through_the_page_as_it_is_read(page: IncidentPage) -> None:
    order = []
    page.header.findChild(QPushButton, "dangerButton").setFocus()  # type: ignore[union-attr]
    while page.focusWidget() is not None and page.focusWidget().objectName() not in order:
        order.append(page.focusWidget().objectName())
        go_on(page, following=True)
    wanted = (
        "dangerButton", "exportButton", "captureButton", "triageButton", "stepP00-1Button",
        "recordButton", "stepP00-2Button", "evidenceTab", "evidenceCaptureButton",
    )  # fmt: skip
    assert [name for name in order if name in wanted] == list(wanted)


def test_another_incident_replaces_everything(
    page: IncidentPage, session: Session, qtbot: QtBot
) -> None:
    other = new_incident(session, qtbot, "Another thing.")
    page.show_incident(other)
    settle(session, qtbot)
    assert page.header.title_label.text() == "Another thing"
    assert len(perform(session, qtbot, list_incidents)) == 2
    assert page.checklist_panel.start_block.isVisible()
