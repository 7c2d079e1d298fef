"""Sealing: why, how it came in, who saw it; then the stop notice, and it is shown no more."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.gate import Concern
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.operations.backups.back_up import HeldBackup
from desktop.operations.evidence.view_evidence import find_item
from desktop.ui.capture.stop_notice import SealedNotice
from desktop.ui.evidence.seal_dialog import (
    ALREADY,
    SealDialog,
    can_be_sealed,
    say_backups,
    start_sealing,
)
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import a_capture
from tests.ui.capture_desk import words_of
from tests.ui.handles import click, find


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def item(perform: Perform) -> EvidenceItem:
    return perform(a_capture)


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session._background.pending == 0)


def test_it_seals_and_says_stop(
    qtbot: QtBot, session: Session, window: QWidget, item: EvidenceItem, perform: Perform
) -> None:
    start_sealing(session, item, window)
    settle(qtbot, session)
    dialog = find(window, SealDialog, "sealDialog")
    assert "Sealing cannot be undone here" in words_of(dialog)
    click(dialog, "keepButton")
    assert "Write why" in dialog.banner.text
    assert perform(partial(find_item, item_id=item.id)).state is ItemState.KEPT
    dialog.form.set_text("concern", Concern.ADULT_IMAGE.value)
    dialog.form.set_text("reason", "A parent says that it shows her daughter")
    dialog.form.set_text("seen_by", "Pat Smith, this morning")
    click(dialog, "keepButton")
    settle(qtbot, session)
    assert perform(partial(find_item, item_id=item.id)).state is ItemState.SEALED
    running = perform(lambda workspace: workspace.log.checklists.of(item.incident_id))
    assert {"P03B", "S9"} <= {one.procedure_id for one in running}
    notice = find(window, SealedNotice, "stopNotice")
    assert f"Sealed: {item.mark} in " in words_of(notice)
    click(notice, "stopReadButton")


def test_the_window_that_shows_it_closes_first(
    qtbot: QtBot, session: Session, window: QWidget, item: EvidenceItem
) -> None:
    viewer = QDialog(window)
    viewer.open()
    start_sealing(session, item, viewer)
    assert not viewer.isVisible()
    dialog = find(window, SealDialog, "sealDialog")
    assert dialog.isVisible()
    settle(qtbot, session)
    dialog.reject()


def test_leaving_it_seals_nothing(
    qtbot: QtBot, session: Session, window: QWidget, item: EvidenceItem, perform: Perform
) -> None:
    start_sealing(session, item, window)
    settle(qtbot, session)
    click(find(window, SealDialog, "sealDialog"), "cancelButton")
    settle(qtbot, session)
    assert perform(partial(find_item, item_id=item.id)).state is ItemState.KEPT


def test_backups_that_hold_it_are_named_for_the_police() -> None:
    assert say_backups(()) == ()
    said = say_backups((HeldBackup("E:/Backups", 12, date(2027, 11, 20)),))
    assert said == (ALREADY, "E:/Backups: 12 backups, the last of them until 20 Nov 2027")


def test_it_is_offered_while_the_log_shows_it(item: EvidenceItem) -> None:
    assert can_be_sealed(item)
