"""The words for everything expected to go wrong, and the only place that shows them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.domain import errors
from desktop.ui.message_parts import KEYCHAIN, PLACE_REFUSED, REASONS, WHERE
from desktop.ui.widgets.banner import Banner, BannerTone


class Message(NamedTuple):
    """What happened, what to do about it, and how loud to say it."""

    happened: str
    to_do: str
    tone: BannerTone = "error"


def _wrong_recovery_key(error: errors.WrongRecoveryKey) -> Message:
    if error.mistyped:
        return Message(
            "That is not quite a recovery key.",
            "One or more characters are mistyped. Compare it group by group with the paper.",
        )
    return Message(
        "That recovery key does not open this log or backup.",
        "It is that of another log, or of another time. A log opens with the newest of its keys, "
        "a backup with that of the day on which it was made.",
    )


def _unsuitable(error: errors.FolderUnsuitable) -> Message:
    happened = WHERE.get(error.reason, "A log cannot be kept in {folder}.")
    return Message(
        happened.format(folder=error.folder), "Choose a folder on this computer's own disk."
    )


def _in_use(error: errors.LogInUse) -> Message:
    since = f" since {error.since}" if error.since else ""
    return Message(
        f"This log is already open{since}, in another window or by another account.",
        "Close it there, then try again. Nothing was changed.",
    )


def _sealed_recognised(error: errors.SealedRecognised) -> Message:
    return Message(
        f"{error.file_name or 'This'} has the same content as something that was sealed, so "
        "nothing of it was kept.",
        f"Do not open, copy or delete it. {error.mark} says that it was found: tell the police.",
        "warn",
    )


_LONG_SECONDS = 120


def _not_permitted(error: errors.NotPermitted) -> Message:
    return Message(
        f"You may read this log, but not do that ({error.action}).",
        "Ask a keyholder who may. Nothing was changed.",
    )


def _try_again_later(error: errors.TryAgainLater) -> Message:
    short = error.seconds < _LONG_SECONDS
    wait = f"{error.seconds} seconds" if short else f"{error.seconds // 60} minutes"
    return Message("That was wrong several times.", f"Wait {wait}, then try again.", "warn")


def _place_refused(error: errors.BackupPlaceUnsuitable) -> Message:
    return Message(PLACE_REFUSED[error.reason], "Choose another folder, or a stick or share.")


def _on_hold(error: errors.OnHold) -> Message:
    return Message(
        f"This record is on hold: {'; '.join(error.reasons)}.",
        "It can be erased once every hold is released.",
    )


def _instruction_needed(error: errors.InstructionNeeded) -> Message:
    return Message(
        f"Held back in this record: {', '.join(error.marks)}.",
        "It can be erased only on an instruction of the police. Record it first: force, officer, "
        "reference and date.",
        "warn",
    )


def _keychain(error: errors.KeychainUnavailable) -> Message:
    return Message(KEYCHAIN[error.reason], "Open the log with your passphrase instead.", "warn")


def _step_not_ready(error: errors.StepNotReady) -> Message:
    first = "; ".join(dict.fromkeys(error.texts or error.missing))
    return Message(
        f"Something else comes first: {first}.",
        "Do that first, or say why it was done in another order.",
        "warn",
    )


def _reason_needed(error: errors.ReasonNeeded) -> Message:
    about = REASONS.get(error.about, error.about)
    return Message(f"A reason is needed: {about}.", "One sentence is enough.", "warn")


def _answer_needed(error: errors.AnswerNeeded) -> Message:
    if error.question == "done_at":
        return Message("Say when it was really done.", "About when is enough.", "warn")
    number = error.question.removeprefix("T")
    if number.isdecimal():
        return Message(
            f"The first question number {number} has no answer yet.",
            "Answer it under “First questions…”. “Not sure” is an answer.",
            "warn",
        )
    return Message(f"Please answer: “{error.question}”", "Then press the button again.", "warn")


def _items_altered(error: errors.ItemsAltered) -> Message:
    return Message(
        f"The content of {', '.join(error.marks)} is not what was entered.",
        "Do not export it. Keep the log folder as it is and ask for technical advice.",
    )


def _problems(error: errors.ProcedureInvalid) -> Message:
    return Message(
        "A file of the program cannot be used. " + " ".join(error.problems),
        "Install the program again, or put the original file back.",
    )


def _unfit(error: errors.OwnEntryUnfit) -> Message:
    return Message("It cannot be added like this yet.", " ".join(error.problems), "warn")


def _cancelled(error: errors.Cancelled) -> Message:
    kept = f" Kept: {', '.join(error.kept)}." if error.kept else ""
    return Message("Stopped.", f"Nothing half done was kept.{kept}", "info")


_TABLE: dict[type[errors.AppError], Message | Callable[[Any], Message]] = {
    errors.WrongPassphrase: Message(
        "That passphrase does not open this log.",
        "Try again, and check Caps Lock. You can also use the recovery key.",
    ),
    errors.WrongRecoveryKey: _wrong_recovery_key,
    errors.LogMissing: Message(
        "There is no log in {folder}.", "Choose the folder that holds it, or start a new log."
    ),
    errors.LogExists: Message(
        "There is already something in {folder}.",
        "Choose an empty folder, or open the log that is there.",
    ),
    errors.LogTooNew: Message(
        "This log was written by a newer version of the program (format {found}; this one reads "
        "up to {supported}).",
        "Install the newer version. The log was left untouched.",
    ),
    errors.LogDamaged: Message(
        "{file_name} in the log folder cannot be read.",
        "Do not change anything in the folder. On the page that opens the log you can restore "
        "your latest backup, or save what can be read.",
    ),
    errors.LogInUse: _in_use,
    errors.LogLocked: Message(
        "The log was locked before this could be done.",
        "Unlock it and do it again. Nothing was changed.",
        "info",
    ),
    errors.FolderNotWritable: Message(
        "Nothing can be written to {folder}.",
        "Choose another folder, or ask whoever looks after this computer for the right to write.",
    ),
    errors.FolderUnsuitable: _unsuitable,
    errors.DiskFull: Message(
        "The disk with {folder} is full, so this was not kept.",
        "Make room on the disk, then do it again. Everything confirmed before is safe.",
    ),
    errors.DiskFailed: Message(
        "The disk could not be read or written ({detail}).",
        "Check that the disk is connected, then try again. Everything confirmed before is safe.",
    ),
    errors.FileUnreadable: Message(
        "{file_name} cannot be opened.",
        "It may have been moved, or another program has it open. Close it there and try again.",
    ),
    errors.FileChanged: Message(
        "{file_name} changed while it was being added, so nothing of it was kept.",
        "Wait until nothing writes to it any more, then add it again.",
    ),
    errors.FileEmpty: Message("{file_name} is empty.", "Choose another file."),
    errors.PictureUnreadable: Message(
        "{file_name} cannot be shown as a picture.", "It is kept as it is all the same.", "warn"
    ),
    errors.MailUnreadable: Message(
        "{file_name} cannot be shown as an e-mail.", "It is kept as it is all the same.", "warn"
    ),
    errors.DecoderStopped: Message(
        "Reading this took too much time or memory, so it was stopped.",
        "It is kept as it is all the same.",
        "warn",
    ),
    errors.StatementNeeded: Message(
        "One question comes before anything is taken in.", "Answer it, then go on.", "warn"
    ),
    errors.HeldBack: Message(
        "{mark} was held back: only its description is kept.",
        "There is nothing to open, copy or export.",
        "warn",
    ),
    errors.ItemSealed: Message(
        "{mark} is sealed: it is not shown, copied or exported any more.",
        "Ask the police how they want to take charge of it; what they need to know is recorded.",
        "warn",
    ),
    errors.SealedRecognised: _sealed_recognised,
    errors.ItemsAltered: _items_altered,
    errors.CustodyBroken: Message(
        "The custody record does not fit together from entry {number} on.",
        "Do not export anything. Keep the log folder as it is and ask for technical advice.",
    ),
    errors.StepNotReady: _step_not_ready,
    errors.ReasonNeeded: _reason_needed,
    errors.AnswerNeeded: _answer_needed,
    errors.NotAllowed: Message(
        "That is not possible here: {about}.", "Nothing was changed.", "warn"
    ),
    errors.ChecklistEnded: Message(
        "The procedure “{title}” has ended: nothing more is recorded in it.",
        "If it applies again, use “Add a procedure…”.",
        "warn",
    ),
    errors.StillToCome: Message(
        "The time {at} is still to come.",
        "Enter when it happened. If that is right, check the date and time of this computer.",
        "warn",
    ),
    errors.ProcedureInvalid: _problems,
    errors.OwnEntryUnfit: _unfit,
    errors.DestinationNotWritable: Message(
        "Nothing can be written to {path}.", "Choose another place to save to."
    ),
    errors.DestinationExists: Message(
        "{path} is there already.",
        "Choose another name or folder. Nothing was overwritten.",
        "warn",
    ),
    errors.BundleUnusable: Message(
        "This bundle cannot be checked: {reason}.", "Ask for it to be sent again."
    ),
    errors.BundleEmpty: Message(
        "There is nothing in this incident yet that could go into a bundle.",
        "Add a record, an item or a contact first.",
        "warn",
    ),
    errors.ClockWentBack: Message(
        "This computer's clock is behind the latest entry in the log ({latest}).",
        "Check the date and time of the computer. You can go on; it is recorded.",
        "warn",
    ),
    errors.NotFound: Message(
        "The {about} is not in the log.", "Go back to the list and choose again.", "warn"
    ),
    errors.Cancelled: _cancelled,
    errors.NotPermitted: _not_permitted,
    errors.TryAgainLater: _try_again_later,
    errors.KeychainUnavailable: _keychain,
    errors.BackupPlaceUnsuitable: _place_refused,
    errors.OnHold: _on_hold,
    errors.InstructionNeeded: _instruction_needed,
    errors.RecordErased: Message(
        "The record of {number} was erased on {on}.",
        "Only its number, its dates and the certificate of the erasure are left.",
        "info",
    ),
    errors.RecordMoved: Message(
        "The record of {number} was moved out of this log on {on}.",
        "Only its number and its dates are left here.",
        "info",
    ),
    errors.KeysOutOfDate: Message(
        "The key file in this folder is older than the log, so it does not open it.",
        "Put the newest keys.json back: every backup holds one. Nothing was changed.",
    ),
    errors.NewKeysNotInUse: Message(
        "The program was cut off while it made these new keys, so they do not count.",
        "Open the log with your passphrase or the earlier recovery key, and make new keys again.",
    ),
    errors.LastLead: Message(
        "Somebody must be able to manage the keys of this log.",
        "Make another keyholder lead first.",
    ),
    errors.BackupMissing: Message(
        "There is no backup in {folder}.", "Choose the folder that the backups go to."
    ),
    errors.BackupDamaged: Message(
        "This backup is damaged: {file_name} cannot be read.",
        "Choose an older one, or another place. The log itself is not touched.",
    ),
    errors.SecondPersonNeeded: Message(
        "This takes two people.",
        "Ask a second keyholder to type their passphrase, or name a witness and say why.",
    ),
}


def message_for(error: errors.AppError) -> Message:
    """Return the words for an error, filled from its data."""
    entry = _TABLE[type(error)]
    if not isinstance(entry, Message):
        return entry(error)
    data = vars(error)
    return Message(entry.happened.format_map(data), entry.to_do.format_map(data), entry.tone)


def sentence_for(error: errors.AppError) -> str:
    """Return the words for an error in one go."""
    message = message_for(error)
    return f"{message.happened} {message.to_do}"


def show(owner: QObject, error: errors.AppError) -> None:
    """Say what went wrong on the nearest banner above the widget that asked."""
    message = message_for(error)
    banner = banner_for(owner)
    if banner is not None:
        banner.show_message(message.to_do, message.tone, title=message.happened)


def tell(owner: QObject, text: str, tone: BannerTone = "done") -> None:
    """Say something that went well, or is worth knowing, on the nearest banner."""
    banner = banner_for(owner)
    if banner is not None:
        banner.show_message(text, tone)


def banner_for(owner: QObject) -> Banner | None:
    """Return the nearest banner above a widget; the window gets one if there is none at all."""
    widget = owner if isinstance(owner, QWidget) else None
    if widget is None:
        parent = owner.parent()
        return banner_for(parent) if parent is not None else None
    while True:
        found = getattr(widget, "banner", None)
        if not isinstance(found, Banner):
            direct = Qt.FindChildOption.FindDirectChildrenOnly
            found = widget.findChild(Banner, options=direct)
        if isinstance(found, Banner):
            return found
        above = widget.parentWidget()
        if above is None:
            break
        widget = above
    made = Banner(widget)
    made.setGeometry(16, 16, max(widget.width() - 32, 320), made.sizeHint().height())
    made.raise_()
    return made


def ask(
    owner: QWidget, question: str, explanation: str, yes: str, on_yes: Callable[[], None]
) -> None:
    """Ask about something that cannot wait; the safe answer is the default one."""
    box = QMessageBox(owner)
    box.setObjectName("questionBox")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Safeguarding Log")
    box.setText(question)
    box.setInformativeText(explanation)
    confirm = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton("Go back", QMessageBox.ButtonRole.RejectRole)
    for button, name in ((confirm, "questionYesButton"), (keep, "questionBackButton")):
        button.setObjectName(name)
        button.setAccessibleName(button.text())
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    confirm.clicked.connect(on_yes)
    box.open()
