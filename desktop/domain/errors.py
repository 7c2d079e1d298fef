"""Everything we expect to go wrong; each error carries data, its words stand in ui/messages.py."""

from dataclasses import dataclass, field
from pathlib import PurePath


class AppError(Exception):
    """Something expected went wrong; the keyholder gets one clear sentence about it."""


@dataclass(eq=False)
class WrongPassphrase(AppError):
    """No key slot opens with what was typed."""


@dataclass(eq=False)
class WrongRecoveryKey(AppError):
    """What was typed is no recovery key, or not this log's; mistyped: its checksum fails."""

    mistyped: bool


@dataclass(eq=False)
class LogMissing(AppError):
    """There is no log in this folder."""

    folder: PurePath


@dataclass(eq=False)
class LogExists(AppError):
    """A log, or something else, is already in the folder chosen for a new one."""

    folder: PurePath


@dataclass(eq=False)
class LogTooNew(AppError):
    """The log was written by a newer version of the program; it was left untouched."""

    found: int
    supported: int


@dataclass(eq=False)
class LogDamaged(AppError):
    """A file of the log cannot be read as what it should be."""

    file_name: str


@dataclass(eq=False)
class LogInUse(AppError):
    """The log is open already, in another window or on another account."""

    since: str = ""


@dataclass(eq=False)
class LogLocked(AppError):
    """The log was locked before this could be done; nothing was changed."""


@dataclass(eq=False)
class FolderNotWritable(AppError):
    """Nothing can be written to this folder."""

    folder: PurePath


@dataclass(eq=False)
class FolderUnsuitable(AppError):
    """The live log cannot lie here; reason is 'network' or 'synced'."""

    folder: PurePath
    reason: str


@dataclass(eq=False)
class DiskFull(AppError):
    """There is no room left on the disk; what was confirmed before is kept."""

    folder: PurePath


@dataclass(eq=False)
class DiskFailed(AppError):
    """The disk refused to read or write; what was confirmed before is kept."""

    detail: str


@dataclass(eq=False)
class FileUnreadable(AppError):
    """The file to be added cannot be opened: gone, locked or no permission."""

    file_name: str


@dataclass(eq=False)
class FileChanged(AppError):
    """The file grew, shrank or vanished while it was being added; nothing was kept of it."""

    file_name: str


@dataclass(eq=False)
class FileEmpty(AppError):
    """The file to be added has no content."""

    file_name: str


@dataclass(eq=False)
class PictureUnreadable(AppError):
    """The content cannot be shown as a picture or page; it is kept all the same."""

    file_name: str


@dataclass(eq=False)
class MailUnreadable(AppError):
    """The content cannot be shown as mail; it is kept all the same."""

    file_name: str


@dataclass(eq=False)
class DecoderStopped(AppError):
    """What reads foreign content took too much time or memory, or died; the content is kept."""

    task: str = ""


@dataclass(eq=False)
class StatementNeeded(AppError):
    """Nothing may be taken in before the gate is answered for it."""


@dataclass(eq=False)
class HeldBack(AppError):
    """This item was held back: there is nothing to open, copy or export."""

    mark: str


@dataclass(eq=False)
class ItemSealed(AppError):
    """This item was sealed: it is not shown, copied or exported any more."""

    mark: str


@dataclass(eq=False)
class SealedRecognised(AppError):
    """What was to come in is the same as something sealed; mark is that of the words kept."""

    file_name: str
    mark: str


@dataclass(eq=False)
class ItemsAltered(AppError):
    """The content of these items is not what was entered; marks lists their exhibit marks."""

    marks: tuple[str, ...]


@dataclass(eq=False)
class CustodyBroken(AppError):
    """The custody chain does not verify; number is the first entry that does not fit."""

    number: int


@dataclass(eq=False)
class StepNotReady(AppError):
    """Other steps come first; missing lists their ids, texts their wording."""

    missing: tuple[str, ...]
    texts: tuple[str, ...] = ()


@dataclass(eq=False)
class ReasonNeeded(AppError):
    """This cannot be recorded without a reason; about names what for."""

    about: str


@dataclass(eq=False)
class AnswerNeeded(AppError):
    """A question must be answered first; question is its id, such as T4."""

    question: str


@dataclass(eq=False)
class NotAllowed(AppError):
    """This step or state does not allow that; about names it."""

    about: str


@dataclass(eq=False)
class ChecklistEnded(AppError):
    """Nothing more is recorded in a procedure that has ended; title is that procedure's."""

    title: str


@dataclass(eq=False)
class StillToCome(AppError):
    """What has happened cannot lie ahead; at is the time given, in words."""

    at: str


@dataclass(eq=False)
class ProcedureInvalid(AppError):
    """A procedure file cannot be used; problems are sentences that name file, step and cure."""

    problems: tuple[str, ...]


@dataclass(eq=False)
class OwnEntryUnfit(AppError):
    """What the organisation wants to add cannot run so; problems are sentences with a cure."""

    problems: tuple[str, ...]


@dataclass(eq=False)
class DestinationNotWritable(AppError):
    """Nothing can be written where the export was to go."""

    path: PurePath


@dataclass(eq=False)
class DestinationExists(AppError):
    """Something with this name is there already; nothing was overwritten."""

    path: PurePath


@dataclass(eq=False)
class BundleUnusable(AppError):
    """This is no bundle that can be checked, or it cannot be opened; reason is a short clause."""

    reason: str


@dataclass(eq=False)
class BundleEmpty(AppError):
    """There is nothing in the incident that could go into a bundle."""


@dataclass(eq=False)
class ClockWentBack(AppError):
    """The computer's clock is behind the last entry; latest is that entry's time as text."""

    latest: str


@dataclass(eq=False)
class NotFound(AppError):
    """The record asked for is not in the log; about is its kind."""

    about: str


@dataclass(eq=False)
class Cancelled(AppError):
    """The keyholder stopped a long job; nothing half done was kept."""

    kept: tuple[str, ...] = field(default_factory=tuple)


@dataclass(eq=False)
class NotPermitted(AppError):
    """The keyholder's role does not allow this; action names it in the words of the record."""

    action: str


@dataclass(eq=False)
class KeysOutOfDate(AppError):
    """keys.json is older than the log it lies with; what it opened does not open the log."""


@dataclass(eq=False)
class NewKeysNotInUse(AppError):
    """This secret belongs to new keys that were being made when the program was cut off."""


@dataclass(eq=False)
class TryAgainLater(AppError):
    """Too many wrong attempts; seconds until the next one is taken."""

    seconds: int


@dataclass(eq=False)
class KeychainUnavailable(AppError):
    """This computer's keychain cannot be used; reason is 'none', 'locked' or 'empty'."""

    reason: str


@dataclass(eq=False)
class LastLead(AppError):
    """The last keyholder who may manage the keys cannot be removed or demoted."""


@dataclass(eq=False)
class BackupPlaceUnsuitable(AppError):
    """Backups cannot go there.

    Reason is 'inside the log', 'same folder', 'too many' or 'synced'.
    """

    folder: PurePath
    reason: str


@dataclass(eq=False)
class BackupMissing(AppError):
    """There is no backup of a log in this folder."""

    folder: PurePath


@dataclass(eq=False)
class BackupDamaged(AppError):
    """A backup cannot be read as what it should be; file_name says which part."""

    file_name: str


@dataclass(eq=False)
class OnHold(AppError):
    """This record is held for a reason that forbids erasing it; reasons are the holds in words."""

    reasons: tuple[str, ...]


@dataclass(eq=False)
class SecondPersonNeeded(AppError):
    """An erasure takes a second keyholder's passphrase, or a named witness with a reason."""


@dataclass(eq=False)
class InstructionNeeded(AppError):
    """These items were held back: only a named instruction of the police lets them be erased."""

    marks: tuple[str, ...]


@dataclass(eq=False)
class RecordErased(AppError):
    """The record was erased; its number stays, and the day, as text."""

    number: str
    on: str


@dataclass(eq=False)
class RecordMoved(RecordErased):
    """The record was moved out of this log; its number stays, and the day, as text."""
