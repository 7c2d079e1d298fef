"""Saves from a damaged log what can be read, into a new log with the same keys."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.calendar.times import say_date
from desktop.domain.errors import Cancelled, LogMissing, LogTooNew, WrongRecoveryKey
from desktop.domain.evidence.items import Fingerprint, initials_of
from desktop.domain.identifiers import ContentId, KeyholderId
from desktop.domain.log.custody import SALT_BYTES, Action, Head, commit, detail_text, next_entry
from desktop.domain.log.recovery import read_recovery_key
from desktop.domain.log.restricted import KIND, is_restricted
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.checking.check_log import LAST_CHECK
from desktop.operations.entering.choose_folder import check_folder, clear_half_made
from desktop.operations.entering.enter_log import Environment
from desktop.operations.program_files import read_program_data
from desktop.operations.rescuing.salvage_custody import is_covered, last_entry
from desktop.operations.rescuing.salvage_incident import keep_unnamed
from desktop.operations.rescuing.salvage_kind import keep_kind
from desktop.operations.rescuing.salvage_words import Loss, say_losses, say_result
from desktop.operations.workspace import Keyholder, Workspace
from desktop.store.cells import as_bytes
from desktop.store.connection import PAGE_SIZE, Connection, open_connection
from desktop.store.contents import Contents
from desktop.store.damaged_file import DamagedFile
from desktop.store.folder import (
    LogFolder,
    begin_folder,
    finish_folder,
    give_up_folder,
)
from desktop.store.held_keys import HeldKeys
from desktop.store.keyholder_table import KeyholderRow
from desktop.store.keys import LOG_PURPOSE, OpenKeys, open_with_passphrase, open_with_recovery_key
from desktop.store.log import Log
from desktop.store.migrate import copy_path, migrate, newest_version, own_migrations
from desktop.store.salvage import FoundRows, find_rows, nothing_found, read_shapes
from desktop.store.salvage_contents import FoundContents
from desktop.store.salvage_mend import Known, mend, put_rows
from desktop.store.salvage_sealed import keep_sealed, knows_sealed, sealed_contents

Progress = Callable[[float], None]
Cancel = Callable[[], bool]

DEFAULT_POLICY = "S003"
_NO_NAME = "Name could not be read"
_NO_INITIALS = "XX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """The new log, in one sentence what came of it, and what could not be read, line by line."""

    folder: Path
    sentence: str
    lost: tuple[str, ...]


def salvage_log(
    environment: Environment,
    damaged: Path,
    target: Path,
    *,
    passphrase: str = "",
    recovery_key: str = "",
    progress: Progress,
    cancelled: Cancel,
) -> Salvaged:
    """Read what can be read of a damaged log into a new one, which is locked when this ends.

    The damaged log is only read: nothing in its folder changes. Opens no log of its own, so that
    it can run on any thread. Raises LogMissing.
    """
    source = LogFolder(damaged.absolute())
    if not source.exists():
        raise LogMissing(source.path)
    place = target.absolute()
    check_folder(place)
    clear_half_made(place)
    building = begin_folder(place)
    try:
        keys = _open_keys(source, building, passphrase, recovery_key)
        lost = _Job(environment, source, building, keys, progress, cancelled).run()
        folder = finish_folder(building, place)
    except BaseException:
        give_up_folder(building)
        raise
    return Salvaged(folder=folder.path, sentence=say_result(lost), lost=lost)


def suggested_target(damaged: Path) -> Path:
    """Return a folder beside a damaged log that is free for what is saved from it."""
    for number in range(1, 100):
        name = f"{damaged.name} saved" + (f" {number}" if number > 1 else "")
        if LogFolder(damaged.with_name(name)).is_free():
            return damaged.with_name(name)
    return damaged.with_name(f"{damaged.name} saved")


def _open_keys(
    source: LogFolder, building: LogFolder, passphrase: str, recovery_key: str
) -> OpenKeys:
    """Open copies of the key files: opening mends what is damaged, which must not happen there."""
    for theirs, ours in (
        (source.keys_file, building.keys_file),
        (source.keys_copy_file, building.keys_copy_file),
    ):
        with suppress(OSError):
            shutil.copyfile(theirs, ours)
    if not recovery_key:
        return open_with_passphrase(building, passphrase)
    secret = read_recovery_key(recovery_key)
    if secret is None:
        raise WrongRecoveryKey(mistyped=True)
    return open_with_recovery_key(building, secret)


class _Job:
    """One salvage, step by step."""

    def __init__(
        self,
        environment: Environment,
        source: LogFolder,
        building: LogFolder,
        keys: OpenKeys,
        progress: Progress,
        cancelled: Cancel,
    ) -> None:
        self._environment = environment
        self._source = source
        self._building = building
        self._keys = keys
        self._evidence_keys = dict(keys.evidence_keys)
        self._progress = progress
        self._cancelled = cancelled
        self._now = environment.clock.now()
        self._last_entry = 0
        self._loss = Loss()

    def run(self) -> tuple[str, ...]:
        """Do all of it; returns what could not be read, in words."""
        self._check_cancelled()
        log_file = self._open_damaged()
        try:
            return self._run(log_file)
        finally:
            if log_file:
                log_file.close()

    def _run(self, log_file: DamagedFile | None) -> tuple[str, ...]:
        version = log_file.schema_version() if log_file else 0
        if version > newest_version():
            raise LogTooNew(version, newest_version())
        key = self._keys.derive(LOG_PURPOSE)
        with open_connection(self._building.log_file, key) as connection:
            steps = own_migrations()[: version or newest_version()]
            migrate(connection, migrations=steps)
            rows = self._read(connection, log_file)
            self._last_entry = last_entry(rows)
            self._evidence_keys |= {
                int(str(number)): as_bytes(key)
                for number, key in rows.tables["evidence_file"].values("number", "key")
            }
            whole = self._copy_contents(rows)
            self._loss.sealed = keep_sealed(rows, whole)
            self._mend(rows, whole)
            self._loss.refused = put_rows(connection, rows)
            migrate(connection)
            copy_path(connection.path).unlink(missing_ok=True)
            return self._finish(Log(connection), rows, whole)

    def _open_damaged(self) -> DamagedFile | None:
        """Open log.db with the keys that fit it: a re-key that was cut off leaves two sets."""
        path = self._source.log_file
        for keys in (*self._keys.others, self._keys):
            try:
                file = DamagedFile(path, keys.derive(LOG_PURPOSE), PAGE_SIZE)
            except OSError:
                return None
            if file.proved and file.page_count:
                self._keys = keys
                return file
            file.close()
        file = DamagedFile(path, self._keys.derive(LOG_PURPOSE), PAGE_SIZE)
        self._loss.unproved = bool(file.leaves)
        return file

    def _read(self, connection: Connection, file: DamagedFile | None) -> FoundRows:
        shapes = read_shapes(connection)
        if file is None:
            self._loss.nothing = True
            return nothing_found(shapes)
        rows = find_rows(file, shapes)
        self._loss.take(rows)
        return rows

    def _copy_contents(self, rows: FoundRows) -> dict[ContentId, tuple[int, Fingerprint]]:
        named = {
            ContentId(str(name)): (int(str(number)), Fingerprint(str(sha256), int(str(size))))
            for name, number, sha256, size in rows.tables["content"].values(
                "id", "file_number", "sha256", "size"
            )
        }
        for number, key in self._evidence_keys.items():
            self._begin_file(number, key)
        contents = FoundContents(self._source, self._evidence_keys)
        try:
            contents.adopt(named)
            self._loss.files_missing = list(contents.missing)
            self._loss.files_damaged = list(contents.damaged)
            return self._copy_all(contents, named)
        finally:
            contents.close()

    def _copy_all(
        self, contents: FoundContents, named: dict[ContentId, tuple[int, Fingerprint]]
    ) -> dict[ContentId, tuple[int, Fingerprint]]:
        """Copy what is whole and is what log.db says, if log.db says anything of it."""
        total = sum(each.fingerprint.size for each in contents.all.values()) or 1
        done, whole = 0, {}
        for content_id, found in contents.all.items():
            before = done

            def watch(size: int, before: int = before) -> None:
                self._check_cancelled()
                self._progress(min((before + size) / total, 0.99))

            fingerprint = contents.copy(content_id, self._building, watch)
            if fingerprint and named.get(content_id, (0, fingerprint))[1] == fingerprint:
                whole[content_id] = (found.file_number, fingerprint)
            done += found.fingerprint.size
        return whole

    def _begin_file(self, number: int, key: bytes) -> None:
        contents = Contents(self._building, {number: key}, _no_further_file)
        contents.begin_first_file()
        contents.close()

    def _mend(self, rows: FoundRows, whole: dict[ContentId, tuple[int, Fingerprint]]) -> None:
        content = rows.tables["content"]
        place = content.shape.place("id")
        lost = {row[place] for row in content.rows.values()} - set(whole) - sealed_contents(rows)
        content.rows = {n: row for n, row in content.rows.items() if row[place] not in lost}
        self._loss.name_contents(rows, lost)
        known = Known(
            evidence_keys=self._evidence_keys,
            contents={str(name): each for name, each in whole.items()},
            procedure_text=self._procedure_text,
            now=self._now,
        )
        self._loss.mended = mend(rows, known)

    def _procedure_text(self, procedure_id: str, _version: str) -> str:
        procedure = self._environment.procedures.get(procedure_id)
        return procedure.source if procedure else ""

    def _finish(
        self,
        log: Log,
        rows: FoundRows,
        whole: dict[ContentId, tuple[int, Fingerprint]],
    ) -> tuple[str, ...]:
        contents = Contents(self._building, self._evidence_keys, _no_further_file)
        try:
            with log.transaction():
                for number, key in self._evidence_keys.items():
                    log.evidence_files.insert(number, key)
                self._loss.kind_unknown = not keep_kind(log, rows)
                workspace = self._workspace(log, contents)
                if not log.settings.get("policy"):
                    log.settings.set("policy", DEFAULT_POLICY)
                # What a check found before says nothing of what was saved.
                log.settings.set(LAST_CHECK, "")
                self._loss.gaps = self._close_gaps(log, rows)
                unnamed = self._unnamed(log, rows, whole)
                self._loss.unnamed = len(unnamed)
                lost = say_losses(self._loss)
                self._note(workspace, lost)
                if unnamed:
                    title = f"Salvaged on {say_date(self._now.local.date())}"
                    keep_unnamed(workspace, title, unnamed, unsure=not knows_sealed(rows))
            contents.remove_orphans(frozenset(row.id for row in log.evidence.contents()))
        finally:
            contents.close()
        self._progress(1.0)
        return lost

    def _unnamed(
        self, log: Log, rows: FoundRows, whole: dict[ContentId, tuple[int, Fingerprint]]
    ) -> dict[ContentId, tuple[int, Fingerprint]]:
        """Return what no exhibit shows, once each; with no exhibit lost an import was cut off."""
        if rows.tables["item"].whole and rows.tables["content"].whole:
            return {}
        shown = {item.fingerprint for item in log.evidence.items()}
        unnamed = {}
        for name, (number, fingerprint) in whole.items():
            if fingerprint not in shown:
                unnamed[name] = number, fingerprint
                shown.add(fingerprint)
        return unnamed

    def _workspace(self, log: Log, contents: Contents) -> Workspace:
        return Workspace(
            keys=HeldKeys(self._keys),
            log=log,
            contents=contents,
            clock=self._environment.clock,
            keyholder=self._keyholder(log),
            procedures=self._environment.procedures,
            data=read_program_data(),
            machine=self._environment.machine,
            restricted=is_restricted(log.settings.get(KIND)),
        )

    def _keyholder(self, log: Log) -> Keyholder:
        """Return who acts; whoever has a slot but no row any more gets one."""
        self._stand_in(log)
        rows = [row for row in log.keyholders.all() if row.removed_at is None]
        acting = [row for row in rows if row.id == self._keys.keyholder]
        leads = [row for row in rows if row.role is KeyholderRole.LEAD]
        row = (acting or leads or rows)[0]
        return Keyholder(row.id, row.name, row.title, row.initials)

    def _stand_in(self, log: Log) -> None:
        rows = log.keyholders.all()
        known = {str(row.id) for row in rows} | {""}
        led = any(row.role is KeyholderRole.LEAD and row.removed_at is None for row in rows)
        for slot in self._keys.file.slots:
            if slot.keyholder in known:
                continue
            known.add(slot.keyholder)
            name = slot.shown_as or _NO_NAME
            log.keyholders.insert(
                KeyholderRow(
                    id=KeyholderId(slot.keyholder),
                    name=name,
                    title="",
                    initials=initials_of(name) or _NO_INITIALS,
                    added_at=self._now,
                    role=KeyholderRole.DEPUTY if led else KeyholderRole.LEAD,
                )
            )
            made = self._loss.mended.stand_ins
            made["keyholder"] = made.get("keyholder", 0) + 1

    def _close_gaps(self, log: Log, rows: FoundRows) -> list[tuple[int, int]]:
        """Write down which custody entries are lost, up to the highest number anybody tells of."""
        there = sorted(rows.tables["custody_entry"].rows)
        gaps, expected = [], 1
        for number in [*there, self._last_entry + 1]:
            if number > expected:
                gaps.append((expected, number - 1))
            expected = max(expected, number + 1)
        known = log.custody.gaps()
        fresh = [gap for gap in gaps if not is_covered(gap, known)]
        for first, last in fresh:
            log.custody.add_gap(first, last, self._now)
        return fresh

    def _note(self, workspace: Workspace, lost: tuple[str, ...]) -> None:
        """Write the custody entry; it goes on after the highest number that was ever given."""
        head = workspace.log.custody.head()
        last = max((last for _, last in workspace.log.custody.gaps()), default=0)
        if last > (head.number if head else 0):
            head = Head(last, head.own if head else "0" * 64)
        salt = workspace.new_id().encode()[:SALT_BYTES]
        text = detail_text({"from": str(self._source.path), "lost": list(lost)})
        entry = next_entry(
            head,
            at=self._now.to_text(),
            keyholder=workspace.keyholder.id,
            action=Action.LOG_SALVAGED,
            subject="log",
            commitment=commit(salt, text),
        )
        workspace.log.custody.append(entry, salt, text)

    def _check_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled


def _no_further_file(number: int) -> bytes:
    raise RuntimeError(f"a log that is being salvaged has no further evidence file {number}")
