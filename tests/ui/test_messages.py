"""Every expected error has words, filled from its data, shown where the keyholder looks."""

from pathlib import PurePath

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain import errors
from desktop.ui import messages
from desktop.ui.widgets.banner import Banner

HERE = PurePath("/logs/one")
EVERY = [
    errors.InstructionNeeded(("PXS/2",)),
    errors.RecordErased("2026-0042", "20 Nov 2026"),
    errors.RecordMoved("2026-0042", "20 Nov 2026"),
    errors.WrongPassphrase(),
    errors.WrongRecoveryKey(mistyped=True),
    errors.WrongRecoveryKey(mistyped=False),
    errors.LogMissing(HERE),
    errors.LogExists(HERE),
    errors.LogTooNew(9, 1),
    errors.LogDamaged("log.db"),
    errors.LogInUse(),
    errors.LogInUse("09:12"),
    errors.LogLocked(),
    errors.FolderNotWritable(HERE),
    errors.FolderUnsuitable(HERE, "network"),
    errors.FolderUnsuitable(HERE, "synced"),
    errors.FolderUnsuitable(HERE, "other"),
    errors.DiskFull(HERE),
    errors.DiskFailed("input/output error"),
    errors.FileUnreadable("chat.eml"),
    errors.FileChanged("chat.eml"),
    errors.FileEmpty("chat.eml"),
    errors.PictureUnreadable("a.png"),
    errors.MailUnreadable("chat.eml"),
    errors.DecoderStopped("picture"),
    errors.StatementNeeded(),
    errors.HeldBack("PXS/1"),
    errors.ItemSealed("PXS/1"),
    errors.SealedRecognised("chat.eml", "PXS/2"),
    errors.SealedRecognised("", "PXS/2"),
    errors.ItemsAltered(("PXS/1", "PXS/2")),
    errors.CustodyBroken(7),
    errors.StepNotReady(("S2",), ("Secure the evidence",)),
    errors.StepNotReady(("S2",)),
    errors.ReasonNeeded("why it is late"),
    errors.AnswerNeeded("T4"),
    errors.NotAllowed("leaving this step out"),
    errors.ChecklistEnded("Grooming"),
    errors.StillToCome("20 Nov 2026, 14:05"),
    errors.ProcedureInvalid(("P01.toml: step S1 has no title.",)),
    errors.OwnEntryUnfit(("The step has no title. Write one.",)),
    errors.DestinationNotWritable(HERE),
    errors.DestinationExists(HERE),
    errors.BundleUnusable("it is empty"),
    errors.BundleEmpty(),
    errors.ClockWentBack("20 Nov 2026, 09:30"),
    errors.NotFound("incident"),
    errors.Cancelled(),
    errors.Cancelled(("PXS/1",)),
    errors.NotPermitted("record erased"),
    errors.KeysOutOfDate(),
    errors.NewKeysNotInUse(),
    errors.TryAgainLater(30),
    errors.TryAgainLater(300),
    errors.KeychainUnavailable("none"),
    errors.KeychainUnavailable("locked"),
    errors.KeychainUnavailable("empty"),
    errors.LastLead(),
    errors.BackupPlaceUnsuitable(HERE, "inside the log"),
    errors.BackupPlaceUnsuitable(HERE, "too many"),
    errors.BackupMissing(HERE),
    errors.BackupDamaged("log.db"),
    errors.OnHold(("police: EX/4471/26",)),
    errors.SecondPersonNeeded(),
]


def _children(kind: type[errors.AppError]) -> set[type[errors.AppError]]:
    return {kind}.union(*(_children(child) for child in kind.__subclasses__()))


def test_every_error_has_words() -> None:
    known = _children(errors.AppError) - {errors.AppError}
    ours = {kind for kind in known if kind.__module__.startswith("desktop.")}
    assert ours == set(messages._TABLE)
    assert {type(error) for error in EVERY} == ours


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_the_words_say_what_happened_and_what_to_do(error: errors.AppError) -> None:
    message = messages.message_for(error)
    for sentence in (message.happened, message.to_do):
        assert sentence[0].isupper() or sentence[0] in "/P\\" or sentence[0].islower()
        assert sentence.rstrip().endswith(".")
        assert "{" not in sentence
    assert messages.sentence_for(error) == f"{message.happened} {message.to_do}"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.LogTooNew(9, 1), "format 9"),
        (errors.ItemsAltered(("PXS/1", "PXS/2")), "PXS/1, PXS/2"),
        (errors.LogInUse("09:12"), "since 09:12"),
        (errors.StepNotReady(("S2",), ("Secure the evidence",)), "Secure the evidence"),
        (errors.Cancelled(("PXS/1",)), "Kept: PXS/1"),
        (errors.FolderUnsuitable(HERE, "network"), "network drive"),
    ],
)
def test_the_words_are_filled_from_the_data(error: errors.AppError, said: str) -> None:
    assert said in messages.sentence_for(error)


def _page(parent: QWidget | None = None) -> tuple[QWidget, Banner]:
    page = QWidget(parent)
    banner = Banner(page)
    QVBoxLayout(page).addWidget(banner)
    return page, banner


def test_it_is_shown_on_the_nearest_banner(qtbot: QtBot) -> None:
    outer, far = _page()
    qtbot.addWidget(outer)
    inner, near = _page(outer)
    messages.show(QWidget(inner), errors.BundleEmpty())
    assert near.text.startswith("There is nothing in this incident")
    assert far.text == ""


def test_a_thing_on_a_page_speaks_through_the_page(qtbot: QtBot) -> None:
    page, banner = _page()
    qtbot.addWidget(page)
    messages.tell(QObject(page), "Saved.")
    assert banner.text == "Saved."


def test_a_thing_without_a_page_has_nowhere_to_speak(qapp: object) -> None:
    owner = QObject()
    messages.show(owner, errors.BundleEmpty())
    messages.tell(owner, "Saved.")
    assert messages.banner_for(owner) is None


def test_a_window_without_a_banner_gets_one(qtbot: QtBot) -> None:
    window = QDialog()
    qtbot.addWidget(window)
    messages.show(QWidget(window), errors.WrongPassphrase())
    found = window.findChild(Banner)
    assert isinstance(found, Banner)
    assert "passphrase" in found.text
    messages.show(window, errors.BundleEmpty())
    assert len(window.findChildren(Banner)) == 1


def test_a_question_starts_on_the_safe_answer(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    said: list[str] = []
    messages.ask(window, "Stop?", "Nothing is kept.", "Stop now", lambda: said.append("yes"))
    box = window.findChild(QDialog, "questionBox")
    assert isinstance(box, QDialog)
    buttons = {button.text(): button for button in box.findChildren(QPushButton)}
    assert buttons["Go back"].isDefault()
    buttons["Stop now"].click()
    assert said == ["yes"]
