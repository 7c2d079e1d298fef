"""Keeps who can open the log: shows, adds, changes and removes keyholders, and renews the keys.

Removing somebody gives the log new keys. What they could read until then they may have kept; what
is added afterwards they cannot read, whatever they kept.
"""

from dataclasses import dataclass
from functools import partial

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes
from desktop.domain.errors import LastLead, NotAllowed
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.custody import Action
from desktop.domain.log.moves import AUTHOR_ELSEWHERE
from desktop.domain.log.recovery import is_drill_due
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.keys.change_keys import (
    RECOVERY_KEY_MADE_AT,
    RECOVERY_KEY_TRIED_AT,
    REKEYED_AT,
    change_keys,
    current_keyholder,
    exchange_keys,
    need_lead,
    need_reason,
)
from desktop.operations.workspace import Workspace
from desktop.store.keyholder_table import KeyholderRow


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyholderLine:
    """One keyholder as shown; `shown_as` is how the unlock page calls them."""

    id: KeyholderId
    name: str
    title: str
    initials: str
    shown_as: str
    role: KeyholderRole
    added_at: Moment
    removed_at: Moment | None
    is_you: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysView:
    """Who can open the log, and how its keys stand."""

    keyholders: tuple[KeyholderLine, ...]
    fingerprint: str
    recovery_key_made_at: Moment | None
    recovery_key_tried_at: Moment | None
    drill_due: bool
    rekeyed_at: Moment | None


def show_keys(workspace: Workspace) -> KeysView:
    """Return the keyholders, those removed last, and what there is to know of the keys."""
    rows = [
        row for row in workspace.log.keyholders.all() if row.removed_reason != AUTHOR_ELSEWHERE
    ]
    made = _moment(workspace, RECOVERY_KEY_MADE_AT) or _first_added(rows)
    tried = _moment(workspace, RECOVERY_KEY_TRIED_AT)
    return KeysView(
        keyholders=tuple(
            _line(workspace, row) for row in sorted(rows, key=lambda row: bool(row.removed_at))
        ),
        fingerprint=workspace.keys.fingerprint,
        recovery_key_made_at=made,
        recovery_key_tried_at=tried,
        drill_due=is_drill_due(made, tried, workspace.now()),
        rekeyed_at=_moment(workspace, REKEYED_AT),
    )


def add_keyholder(
    workspace: Workspace,
    *,
    name: str,
    title: str,
    initials: str,
    role: KeyholderRole,
    shown_as: str,
    passphrase: str,
) -> Changes:
    """Let somebody else open the log, with a passphrase of their own."""
    need_lead(workspace, Action.KEYHOLDER_ADDED)
    row = KeyholderRow(
        id=KeyholderId(workspace.new_id()),
        name=name.strip(),
        title=title.strip(),
        initials=initials,
        added_at=workspace.now(),
        role=role,
    )
    keys = workspace.keys.opened.with_passphrase(row.id, _shown(shown_as, row), passphrase)

    def record(now: Moment) -> None:
        workspace.log.keyholders.insert(row)
        workspace.note(
            Action.KEYHOLDER_ADDED, row.id, now, name=row.name, title=row.title, role=role.value
        )

    return change_keys(workspace, keys, record)


def change_keyholder(
    workspace: Workspace,
    keyholder_id: KeyholderId,
    *,
    name: str,
    title: str,
    role: KeyholderRole,
    shown_as: str,
) -> Changes:
    """Change how somebody is called, or what they may do; the latter takes a lead."""
    row = current_keyholder(workspace, keyholder_id)
    if row.id != workspace.keyholder.id or role is not row.role:
        need_lead(workspace, Action.KEYHOLDER_CHANGED)
    if role is not KeyholderRole.LEAD:
        _need_another_lead(workspace, row)
    keys = workspace.keys.opened.with_shown_as(row.id, _shown(shown_as, row))

    def record(now: Moment) -> None:
        workspace.log.keyholders.change(row.id, name.strip(), title.strip(), role)
        workspace.note(
            Action.KEYHOLDER_CHANGED,
            row.id,
            now,
            name=name.strip(),
            title=title.strip(),
            role=role.value,
        )

    return change_keys(workspace, keys, record)


def remove_keyholder(
    workspace: Workspace, keyholder_id: KeyholderId, *, reason: str, recovery_key: str
) -> Changes:
    """Remove somebody, and give the log new keys so that nothing they kept opens what follows.

    Raises NotAllowed.
    """
    need_lead(workspace, Action.KEYHOLDER_REMOVED)
    why = need_reason(reason, "removing a keyholder")
    row = current_keyholder(workspace, keyholder_id)
    _need_another_lead(workspace, row)
    if row.id == workspace.keyholder.id:
        raise NotAllowed("another lead must remove you")

    def record(on_new: Workspace, now: Moment) -> None:
        on_new.log.keyholders.remove(row.id, now, why)
        on_new.note(Action.KEYHOLDER_REMOVED, row.id, now, reason=why, name=row.name)
        _note_rekey(on_new, why, now)

    return exchange_keys(workspace, _others(workspace, row.id), recovery_key, record)


def rekey(workspace: Workspace, *, reason: str, recovery_key: str) -> Changes:
    """Give the log new keys; every keyholder keeps their passphrase."""
    need_lead(workspace, Action.LOG_REKEYED)
    why = need_reason(reason, "changing the keys of the log")
    record = partial(_note_rekey_on, why)
    return exchange_keys(workspace, _others(workspace), recovery_key, record)


def _note_rekey_on(why: str, on_new: Workspace, now: Moment) -> None:
    _note_rekey(on_new, why, now)


def _note_rekey(on_new: Workspace, why: str, now: Moment) -> None:
    on_new.note(Action.LOG_REKEYED, "log", now, reason=why)
    on_new.note(Action.RECOVERY_KEY_CHANGED, "log", now)


def _others(workspace: Workspace, removed: str = "") -> list[str]:
    return [row.id for row in workspace.log.keyholders.current() if row.id != removed]


def _need_another_lead(workspace: Workspace, row: KeyholderRow) -> None:
    leads = {
        one.id for one in workspace.log.keyholders.current() if one.role is KeyholderRole.LEAD
    }
    if leads == {row.id}:
        raise LastLead


def _line(workspace: Workspace, row: KeyholderRow) -> KeyholderLine:
    return KeyholderLine(
        id=row.id,
        name=row.name,
        title=row.title,
        initials=row.initials,
        shown_as=workspace.keys.opened.shown_as(row.id),
        role=row.role,
        added_at=row.added_at,
        removed_at=row.removed_at,
        is_you=row.id == workspace.keyholder.id,
    )


def _shown(shown_as: str, row: KeyholderRow) -> str:
    return shown_as.strip() or row.title or row.initials


def _moment(workspace: Workspace, setting: str) -> Moment | None:
    text = workspace.log.settings.get(setting)
    return Moment.from_text(text) if text else None


def _first_added(rows: list[KeyholderRow]) -> Moment | None:
    return rows[0].added_at if rows else None
