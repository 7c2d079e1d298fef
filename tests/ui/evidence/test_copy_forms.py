"""A transcript is typed, who can be seen is said, a copy is confirmed by a second person."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import WrongPassphrase
from desktop.domain.evidence.items import EvidenceItem, ItemKind
from desktop.domain.identifiers import KeyholderId
from desktop.operations.evidence.confirm_derivative import find_confirmation
from desktop.operations.evidence.view_evidence import find_item
from desktop.ui.evidence.confirm_dialog import ConfirmDialog, is_copy, start_confirming
from desktop.ui.evidence.item_actions import actions_for
from desktop.ui.evidence.transcript_form import (
    TranscriptForm,
    can_be_written_down,
    start_transcript,
)
from desktop.ui.evidence.who_form import WhoForm, is_kept, start_who
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import a_png
from tests.operations.evidence.copies import cover
from tests.ui.copying import Bench
from tests.ui.handles import click, find


@pytest.fixture
def bench(qtbot: QtBot, session: Session, perform: Perform, tmp_path: Path, themed: None) -> Bench:
    return Bench(qtbot, session, perform, tmp_path / "a.png", a_png())


@pytest.fixture
def copy(bench: Bench, perform: Perform) -> EvidenceItem:
    made = perform(partial(cover, item_id=bench.item.id))
    return perform(partial(find_item, item_id=made.item_id))


def test_a_transcript_is_kept_as_a_copy(bench: Bench) -> None:
    start_transcript(bench.session, bench.item, bench.window)
    form = bench.see(TranscriptForm)
    click(form, "keepButton")
    assert "Write it down first" in form.banner.text
    find(form, QPlainTextEdit, "transcriptWordsEdit").setPlainText("Voice: you will see.")
    click(form, "keepButton")
    assert "Say why" in form.banner.text
    find(form, QLineEdit, "transcriptReasonEdit").setText("for the police")
    (tag,) = [one for one in form.findChildren(QPushButton) if "Riley" in one.text()]
    tag.click()
    click(form, "keepButton")
    bench.settle()
    (kept,) = bench.copies()
    assert (str(kept.mark), kept.kind) == ("PXS/1A", ItemKind.TRANSCRIPT)
    assert bench.content(kept) == b"Voice: you will see.\n"
    assert len(kept.origin.people_seen) == 32
    assert "Kept as PXS/1A" in bench.window.banner.text
    assert can_be_written_down(bench.item)
    assert not can_be_written_down(kept)


def test_who_can_be_seen_is_said_of_an_item(bench: Bench, perform: Perform) -> None:
    start_who(bench.session, bench.item, bench.window)
    form = bench.see(WhoForm)
    (tag,) = [one for one in form.findChildren(QPushButton) if "Riley" in one.text()]
    tag.click()
    find(form, QLineEdit, "whoOthersSeenEdit").setText("a passer-by")
    click(form, "keepButton")
    bench.settle()
    origin = perform(partial(find_item, item_id=bench.item.id)).origin
    assert len(origin.people_seen) == 32
    assert origin.others_seen == "a passer-by"
    assert is_kept(bench.item)


def test_a_witness_confirms_where_there_is_no_second_keyholder(
    bench: Bench, copy: EvidenceItem, perform: Perform
) -> None:
    start_confirming(bench.session, copy, bench.window)
    dialog = bench.see(ConfirmDialog)
    assert not find(dialog, QPushButton, "confirmByKeyholderButton").isEnabled()
    click(dialog, "keepButton")
    assert "Say who confirms it" in dialog.banner.text
    find(dialog, QLineEdit, "confirmWitnessEdit").setText("Sam Example, tutor")
    click(dialog, "keepButton")
    assert "Say why" in dialog.banner.text
    find(dialog, QLineEdit, "confirmReasonEdit").setText("alone today")
    click(dialog, "keepButton")
    bench.settle()
    found = perform(partial(find_confirmation, item_id=copy.id))
    assert found
    assert found.by == "Sam Example, tutor"
    assert "PXS/1A is confirmed" in bench.window.banner.text
    start_confirming(bench.session, copy, bench.window)
    again = bench.see(ConfirmDialog)
    words = "\n".join(label.text() for label in again.findChildren(QLabel))
    assert "Confirmed before by Sam Example, tutor" in words


def test_a_keyholder_types_their_passphrase(bench: Bench, copy: EvidenceItem) -> None:
    start_confirming(bench.session, copy, bench.window)
    dialog = bench.see(ConfirmDialog)
    dialog._show_seconds([(KeyholderId("ada"), "Ada Lee, Deputy")])
    assert find(dialog, QComboBox, "confirmKeyholderBox").isVisible()
    click(dialog, "keepButton")
    assert "type their passphrase" in dialog.banner.text
    edit = find(dialog, QLineEdit, "confirmPassphraseEdit")
    edit.setText("something")
    click(dialog, "keepButton")
    assert edit.text() == ""
    bench.settle()
    assert "takes two people" in dialog.banner.text
    edit.setText("something")
    dialog.wipe()
    assert edit.text() == ""
    click(dialog, "confirmByWitnessButton")
    assert find(dialog, QLineEdit, "confirmWitnessEdit").isVisible()
    dialog._on_error(WrongPassphrase())
    assert dialog.keep_button.isEnabled()


def test_what_is_offered_for_an_original_and_for_a_copy(bench: Bench, copy: EvidenceItem) -> None:
    assert is_copy(copy)
    assert not is_copy(bench.item)
    names = {action.name for action in actions_for(bench.item, in_viewer=True)}
    assert {"itemRedactButton", "itemTranscriptButton", "itemWhoButton"} <= names
    assert "itemConfirmButton" not in names
    names = {action.name for action in actions_for(copy, in_viewer=True)}
    assert {"itemRedactButton", "itemConfirmButton", "itemWhoButton"} <= names
    assert "itemTranscriptButton" not in names
