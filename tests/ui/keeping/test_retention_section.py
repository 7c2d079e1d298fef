"""Records to keep: reviews, classes, holds, an erasure with a witness, its certificate."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import InstructionNeeded
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.identifiers import IncidentId, KeyholderId
from desktop.domain.log.certificates import BackupLeft
from desktop.domain.log.retention import HoldKind, ReviewState
from desktop.operations.browse_incidents import list_incidents
from desktop.operations.erasing.erase_record import erase_record
from desktop.operations.erasing.plan_erasure import plan_erasure
from desktop.operations.evidence.make_statement import hold_back, make_statement
from desktop.operations.incident.keep_retention import (
    enter_class,
    list_reviews,
    set_hold,
    show_retention,
)
from desktop.operations.incident.record_incident import close_incident, start_incident
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.workspace import Workspace, directly
from desktop.ui.incident_list import IncidentList
from desktop.ui.keeping.erasure_dialog import ErasureDialog
from desktop.ui.keeping.hold_dialog import HoldDialog, ReleaseDialog
from desktop.ui.keeping.retention_forms import ClassForm, InstructionForm, KeepLongerForm
from desktop.ui.keeping.retention_section import RetentionSection
from desktop.ui.keeping.retention_words import STATE_TONES, STATE_WORDS, say_backup
from desktop.ui.keeping.review_list import ReviewList
from desktop.ui.paper import PaperDialog
from desktop.ui.row_button import RowButton
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.ui.entries import Remembered, an_entry
from tests.ui.handles import find
from tests.ui.incident_steps import offered, perform, press, settle, words
from tests.workspaces import own_data


def _no_desk(*_: object) -> None:
    raise AssertionError


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def section(
    session: Session, clock: FrozenClock, qtbot: QtBot, tmp_path: Path, window: QWidget
) -> RetentionSection:
    entry = an_entry(
        session, clock, Remembered(), folder=tmp_path / "log", suggested=tmp_path,
        build_desk=_no_desk,  # type: ignore[arg-type]
    )  # fmt: skip
    made = RetentionSection(session, entry, window)
    with qtbot.waitExposed(window):
        window.show()
    settle(session, qtbot)
    return made


def closed(workspace: Workspace, title: str, class_id: str = "") -> IncidentId:
    one = start_incident(workspace, title=title).incident_id
    close_incident(
        workspace, one, outcome="Done", control_measure="Talk", retention_class=class_id
    )
    return one


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot) -> IncidentId:
    return perform(session, qtbot, partial(closed, title="Comments", class_id="no-concern"))


def rows(section: RetentionSection) -> list[str]:
    found = [one for one in section.reviews.findChildren(RowButton) if not one.isHidden()]
    return [one.accessibleName().partition(",")[2].partition(":")[0].strip() for one in found]


def dialog(section: RetentionSection, kind: type[QDialog]) -> QDialog:
    return [one for one in section.findChildren(kind) if one.isVisible()][-1]


def test_an_empty_list_says_when_a_record_comes(qtbot: QtBot, themed: None) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    reviews = ReviewList(holder)
    reviews.show_lines(())
    assert "A record comes here when its incident is closed" in words(reviews)


def test_the_list_is_filtered_and_a_record_is_chosen_in_it(
    section: RetentionSection, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    perform(session, qtbot, partial(closed, title="No class"))
    settle(session, qtbot)
    section.reload()
    settle(session, qtbot)
    assert rows(section) == ["No class", "Comments"]
    section.reviews.filters.button("held").click()
    assert rows(section) == []
    assert "There is no such record" in words(section.reviews)
    section.reviews.filters.button("held").click()
    section.reviews.filters.button("unclassed").click()
    settle(session, qtbot)
    qtbot.waitUntil(lambda: rows(section) == ["No class"])
    section.reviews.filters.button("all").click()
    qtbot.waitUntil(lambda: len(rows(section)) == 2)
    found = section.reviews.findChildren(RowButton)[-1]
    found.click()
    settle(session, qtbot)
    said = words(section.card)
    assert "No safeguarding concern. Review on 20 Nov 2029" in said
    assert "Our own choice" in said


def test_a_class_is_chosen_with_what_it_means(
    section: RetentionSection, session: Session, qtbot: QtBot
) -> None:
    one = perform(session, qtbot, partial(closed, title="No class"))
    section.choose(one)
    settle(session, qtbot)
    assert "no class yet" in words(section.card)
    press(section.card, "chooseClassButton")
    settle(session, qtbot)
    form = dialog(section, ClassForm)
    assert isinstance(form, ClassForm)
    press(form, "keepButton")
    assert "Choose a class" in form.banner.text
    form.form.set_text("class", "malicious")
    assert "after 1 year" in form._meaning.text()
    press(form, "keepButton")
    settle(session, qtbot)
    view = perform(session, qtbot, partial(show_retention, incident_id=one))
    assert view.retention_class == own_data().retention.get("malicious")
    assert "Allegation found malicious or false" in words(section.card)


def test_a_hold_is_set_and_released_with_reasons(
    section: RetentionSection, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    section.choose(incident_id)
    settle(session, qtbot)
    press(section.card, "setHoldButton")
    settle(session, qtbot)
    form = dialog(section, HoldDialog)
    assert isinstance(form, HoldDialog)
    press(form, "keepButton")
    assert "for whom" in form.banner.text
    form.form.set_text("kind", "police")
    press(form, "keepButton")
    assert "Write why" in form.banner.text
    form.form.set_text("reason", "they asked us to")
    press(form, "keepButton")
    settle(session, qtbot)
    assert "Held. Police investigation: they asked us to" in words(section.card)
    press(section.card, "releaseHoldButton")
    settle(session, qtbot)
    released = dialog(section, ReleaseDialog)
    assert isinstance(released, ReleaseDialog)
    press(released, "keepButton")
    assert "Write why" in released.banner.text
    released.form.set_text("reason", "they are done")
    press(released, "keepButton")
    settle(session, qtbot)
    assert "Released on 20 Nov 2026: they are done" in words(section.card)


def test_a_review_is_put_off_with_a_date_and_a_reason(
    section: RetentionSection, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    section.choose(incident_id)
    settle(session, qtbot)
    press(section.card, "keepLongerButton")
    settle(session, qtbot)
    form = dialog(section, KeepLongerForm)
    assert isinstance(form, KeepLongerForm)
    assert "Review on 20 Nov 2029" in words(form)
    press(form, "keepButton")
    assert "Write a date" in form.banner.text
    form.form.set_text("until", "3 May 2031")
    press(form, "keepButton")
    assert "Write why" in form.banner.text
    form.form.set_text("reason", "it may come up again")
    press(form, "keepButton")
    settle(session, qtbot)
    assert "Kept longer, to 3 May 2031: it may come up again" in words(section.card)


def fill_in(asked: ErasureDialog, name: str, text: str) -> None:
    find(asked, QLineEdit, name).setText(text)


def opened(
    section: RetentionSection, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> ErasureDialog:
    section.choose(incident_id)
    settle(session, qtbot)
    press(section.card, "eraseRecordButton")
    settle(session, qtbot)
    found = dialog(section, ErasureDialog)
    assert isinstance(found, ErasureDialog)
    return found


def test_before_an_erasure_it_says_what_goes_and_what_is_still_missing(
    section: RetentionSection, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    asked = opened(section, session, qtbot, incident_id)
    said = words(asked)
    assert "cannot be undone" in said
    assert "What goes, for good" in said
    assert "Quarterly reports as they were issued" in said
    assert "It is not due yet" in said
    form = asked.form
    steps: tuple[tuple[Callable[[], None], str], ...] = (
        (lambda: form._reason.setPlainText("It is not needed"), "why it is erased"),
        (lambda: form._own.edit.setText("my own words"), "Type your passphrase"),
        (lambda: fill_in(asked, "witnessEdit", "Sam Roe"), "name of the witness"),
        (lambda: fill_in(asked, "witnessReasonEdit", "I am alone"), "why there is no second"),
    )
    for fill, missing in steps:
        press(asked, "eraseNowButton")
        assert missing in asked.banner.text
        fill()
    assert form.lack() is None
    assert form.second() == SecondPerson(witness="Sam Roe", witness_reason="I am alone")
    form.show_people("Pat", [(KeyholderId("kim"), "Kim Lee, deputy")])
    press(asked, "secondPersonKeyholderButton")
    typed = asked.findChildren(QLineEdit, "secondPassphraseEdit")[0]
    assert form.lack() == ("The second keyholder types their passphrase.", typed)
    fill_in(asked, "secondPassphraseEdit", "their own words")
    assert form.lack() is None
    assert form.second() == SecondPerson(
        keyholder_id=KeyholderId("kim"), passphrase="their own words"
    )
    asked.reject()
    settle(session, qtbot)


def test_a_wrong_passphrase_erases_nothing(
    section: RetentionSection, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    asked = opened(section, session, qtbot, incident_id)
    asked.form._reason.setPlainText("It is not needed")
    asked.form._own.edit.setText("wrong words")
    fill_in(asked, "witnessEdit", "Sam Roe")
    fill_in(asked, "witnessReasonEdit", "I am alone")
    press(asked, "eraseNowButton")
    asked.reject()
    assert asked.isVisible()
    settle(session, qtbot)
    assert "passphrase does not open" in asked.banner.text
    assert asked.form.passphrase == ""
    assert asked.erase_button.isEnabled()
    lines = perform(session, qtbot, list_reviews)
    assert [line.incident_id for line in lines] == [incident_id]
    asked.reject()
    settle(session, qtbot)


def test_an_erased_record_leaves_the_list_and_its_certificate_is_offered(
    section: RetentionSection, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    asked = opened(section, session, qtbot, incident_id)
    operation = partial(
        erase_record,
        incident_id=incident_id,
        reason="It is not needed",
        second=SecondPerson(witness="Sam Roe", witness_reason="alone"),
    )
    session.run_long(
        asked,
        lambda workspace, progress, cancelled: operation(
            workspace, progress=progress, cancelled=cancelled
        ),
        asked._on_erased,
        asked._on_error,
        asked._on_progress,
    )
    qtbot.waitUntil(lambda: "Its number stays" in asked.banner.text)
    settle(session, qtbot)
    assert "No backup that is known" in words(asked)
    press(asked, "certificateButton")
    qtbot.waitUntil(lambda: bool(asked.findChildren(PaperDialog)))
    asked.findChildren(PaperDialog)[0].reject()
    asked.reject()
    settle(session, qtbot)
    assert section.card.isHidden()
    line = perform(session, qtbot, list_incidents)[0]
    assert f"{line.number} · No safeguarding concern · Erased on 20 Nov 2026" in words(section)
    press(section, "erasedCertificateButton")
    qtbot.waitUntil(lambda: bool(section.findChildren(PaperDialog)))
    section.findChildren(PaperDialog)[-1].reject()
    settle(session, qtbot)


def test_what_is_held_or_held_back_is_not_erased_and_it_says_why(
    section: RetentionSection, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    def fill(workspace: Workspace) -> IncidentId:
        one = start_incident(workspace, title="Held back").incident_id
        made = make_statement(workspace, one, GateAnswer.YES, ["x"], Concern.CHILD_IMAGE)
        hold_back(workspace, one, made.statement.id, "a picture")
        close_incident(workspace, one, outcome="Done", control_measure="Talk")
        enter_class(workspace, one, "child-abuse")
        set_hold(workspace, incident_id, HoldKind.CLAIM, "a letter came")
        return one

    one = perform(session, qtbot, fill)
    asked = opened(section, session, qtbot, incident_id)
    assert "on hold: Claim or complaint: a letter came" in asked.banner.text
    assert "eraseNowButton" not in offered(asked)
    asked.reject()
    settle(session, qtbot)
    asked = opened(section, session, qtbot, one)
    assert "Held back in this record: PXS/1" in asked.banner.text
    press(asked, "instructionButton")
    settle(session, qtbot)
    form = asked.findChildren(InstructionForm)[0]
    for name, text in (
        ("force", "Example Police"),
        ("officer", "DC Lee"),
        ("reference", "AB/12"),
        ("given_on", "19 Nov 2026"),
    ):
        press(form, "keepButton")
        assert form.banner.text
        form.form.set_text(name, text)
    press(form, "keepButton")
    settle(session, qtbot)
    assert "eraseNowButton" in offered(asked)
    plan = perform(session, qtbot, partial(plan_erasure, incident_id=one))
    assert not isinstance(plan.in_the_way, InstructionNeeded)
    asked.reject()
    settle(session, qtbot)


def test_a_lock_closes_the_dialog_and_forgets_the_passphrases(
    section: RetentionSection, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    asked = opened(section, session, qtbot, incident_id)
    asked.form._own.edit.setText("my own words")
    with qtbot.waitSignal(session.closed):
        session.lock()
    qtbot.waitUntil(lambda: not section.findChildren(ErasureDialog))


def test_every_state_has_words_and_backups_say_when_they_go() -> None:
    assert set(STATE_WORDS) == set(STATE_TONES) == set(ReviewState)
    left = BackupLeft("/backups", 3, date(2027, 1, 5))
    assert say_backup(left) == "/backups: 3 backups, the last of them until 5 Jan 2027"
    assert "no longer in use" in say_backup(BackupLeft("/old", 1, date.max))


def test_the_list_of_incidents_shows_a_tombstone_and_does_not_open_it(
    session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    def erase(workspace: Workspace) -> None:
        second = SecondPerson(witness="Sam Roe", witness_reason="alone")
        erase_record(
            workspace, incident_id, reason="due", second=second, progress=ignore, cancelled=never
        )

    session._background.on_log(lambda: erase(_direct(session)))
    page = IncidentList(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.model.total == 1)
    shown = [str(page.model.data(page.model.index(0, column))) for column in (1, 2)]
    assert shown == ["Erased on 20 Nov 2026", "Erased"]
    with qtbot.assertNotEmitted(page.open_incident_requested):
        page.table.opened.emit(0)
    assert "was erased on 20 Nov 2026" in page.banner.text


def _direct(session: Session) -> Workspace:
    """Return the open log for a thread that owns it already."""
    assert session._workspace is not None
    return replace(session._workspace, on_log=directly)
