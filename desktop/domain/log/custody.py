"""The hash-chained record of who did what to what (DESIGN.md section 4)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

GENESIS = "0" * 64
SALT_BYTES = 16


class Action(StrEnum):
    """What can be done to the log or a thing in it."""

    LOG_CREATED = "log created"
    LOG_OPENED = "log opened"
    LOG_LOCKED = "log locked"
    CLOCK_WENT_BACK = "clock went back"
    ORGANISATION_CHANGED = "organisation changed"
    INCIDENT_STARTED = "incident started"
    RECORD_ENTERED = "record entered"
    INCIDENT_CLOSED = "incident closed"
    INCIDENT_REOPENED = "incident reopened"
    MADE_CAREFUL = "made careful"
    PERSON_ADDED = "person added"
    ACCOUNT_ADDED = "account added"
    DETAILS_ENTERED = "details entered"
    STATEMENT_MADE = "statement made"
    ITEM_INTENDED = "item intended"
    ITEM_ADDED = "item added"
    ITEM_HELD_BACK = "item held back"
    ITEM_DESCRIBED = "item described"
    ITEM_VIEWED = "item viewed"
    ITEM_CHECKED = "item checked"
    ITEM_EXPORTED = "item exported"
    ITEM_SEALED = "item sealed"
    ITEM_HANDED = "item handed on"
    SEALED_RECOGNISED = "sealed content recognised"
    STATEMENT_CORRECTED = "statement corrected"
    DERIVATIVE_MADE = "derivative made"
    DERIVATIVE_CONFIRMED = "derivative confirmed"
    CLOCK_COMPARED = "clock compared"
    TRIAGE_ANSWERED = "triage answered"
    PROCEDURE_ATTACHED = "procedure attached"
    PROCEDURE_ENDED = "procedure ended"
    STEP_RECORDED = "step recorded"
    NEWER_VERSION_TAKEN = "newer version taken"
    INCIDENT_LINKED = "incident linked"
    WORKSHEET_SUBMITTED = "worksheet submitted"
    CONTACT_ENTERED = "contact entered"
    CHRONOLOGY_ADDED = "chronology added"
    CHRONOLOGY_CORRECTED = "chronology corrected"
    EXPORT_INTENDED = "export intended"
    BUNDLE_EXPORTED = "bundle exported"
    REPORT_ISSUED = "report issued"
    LOG_CHECKED = "log checked"
    REGISTER_PAGE_MADE = "register page made"
    HEAD_COMPARED = "head compared"
    WRONG_ATTEMPTS = "wrong attempts"
    OLDER_KEYS_FOUND = "older keys found"
    KEYHOLDER_ADDED = "keyholder added"
    KEYHOLDER_CHANGED = "keyholder changed"
    KEYHOLDER_REMOVED = "keyholder removed"
    PASSPHRASE_CHANGED = "passphrase changed"  # noqa: S105 (a name, no secret)
    RECOVERY_KEY_CHANGED = "recovery key changed"
    RECOVERY_KEY_TRIED = "recovery key tried"
    COMPUTER_REMEMBERED = "computer remembered"
    COMPUTER_FORGOTTEN = "computer forgotten"
    LOG_REKEYED = "log re-keyed"
    SCREEN_CAPTURE_ALLOWED = "screen capture allowed"
    BACKUP_PLACE_CHANGED = "backup place changed"
    BACKUP_MADE = "backup made"
    BACKUP_FAILED = "backup failed"
    BACKUP_PROVED = "backup proved"
    LOG_RESTORED = "log restored"
    LOG_SALVAGED = "log salvaged"
    RETENTION_ENTERED = "retention entered"
    HOLD_SET = "hold set"
    HOLD_RELEASED = "hold released"
    RECORD_ERASED = "record erased"
    RESTRICTED_LOG_STARTED = "restricted log started"
    MOVE_INTENDED = "move intended"
    INCIDENT_MOVED = "incident moved"
    INCIDENT_RECEIVED = "incident received from the usual log"
    ITEM_RECEIVED = "item received from the usual log"
    ENTRY_RECEIVED = "entry received from the usual log"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEntry:
    """One link of the chain.

    `commitment` is SHA-256 over salt and detail, which lie in a row of their own: an erasure can
    empty that row while the chain still verifies. `at` is stored moment text.
    """

    number: int
    at: str
    keyholder: str
    action: Action
    subject: str
    commitment: str
    previous: str
    own: str


@dataclass(frozen=True, slots=True)
class CustodyDetail:
    """What an entry says beyond its action; None once lawfully erased."""

    salt: bytes
    detail: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: what is printed on everything that leaves."""

    number: int
    own: str


def commit(salt: bytes, detail: str) -> str:
    """Return the commitment to a detail: SHA-256 over salt, then UTF-8 text."""
    return hashlib.sha256(salt + detail.encode()).hexdigest()


def detail_text(values: dict[str, str | int | bool | list[str] | None]) -> str:
    """Write a detail canonically: JSON with sorted keys and no spaces."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _digest(
    number: int, at: str, keyholder: str, action: str, subject: str, commitment: str, previous: str
) -> str:
    canonical = json.dumps(
        [number, at, keyholder, action, subject, commitment, previous],
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def next_entry(
    head: Head | None, *, at: str, keyholder: str, action: Action, subject: str, commitment: str
) -> CustodyEntry:
    """Build the entry that follows the head (None: the first of a log)."""
    number = head.number + 1 if head else 1
    previous = head.own if head else GENESIS
    own = _digest(number, at, keyholder, action.value, subject, commitment, previous)
    return CustodyEntry(
        number=number, at=at, keyholder=keyholder, action=action, subject=subject,
        commitment=commitment, previous=previous, own=own,
    )  # fmt: skip


def first_break(
    entries: Iterable[tuple[CustodyEntry, CustodyDetail | None]],
    gaps: Iterable[tuple[int, int]] = (),
) -> int | None:
    """Return the number of the first entry that does not fit the chain; None if all fit.

    `gaps` are the first and last numbers of entries that were lost before a salvage: the entry
    after a gap is taken at its word for the hash of the one before it.
    """
    expected, previous = 1, GENESIS
    ends = dict(gaps)
    for entry, detail in entries:
        if entry.number != expected and ends.get(expected, 0) + 1 == entry.number:
            expected, previous = entry.number, entry.previous
        own = _digest(
            entry.number, entry.at, entry.keyholder, entry.action.value, entry.subject,
            entry.commitment, entry.previous,
        )  # fmt: skip
        fits = entry.number == expected and entry.previous == previous and entry.own == own
        if not fits or (detail and commit(detail.salt, detail.detail) != entry.commitment):
            return expected
        expected, previous = entry.number + 1, entry.own
    return None
