"""What is typed and taken in lies nowhere in plain text: while the log is open, and afterwards."""

import logging
import secrets
import shutil
import time
from pathlib import Path

import pytest

from desktop.domain.evidence.items import ItemState, exported_name
from desktop.domain.incidents import IncidentStatus
from desktop.domain.log.recovery import SECRET_BYTES, recovery_key_text
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.checking.check_log import check_log
from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.erasing.erase_record import erase_record
from desktop.operations.incident.keep_retention import enter_class
from desktop.operations.incident.record_incident import close_incident, save_draft
from desktop.operations.keys.keep_keyholders import add_keyholder, remove_keyholder
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.rescuing.restore_log import find_backups, restore_log
from desktop.operations.rescuing.salvage_log import salvage_log
from desktop.operations.rescuing.try_restore import try_restore
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path
from desktop.system.log_file import start_log_file
from tests.end_to_end.outside import find_everywhere
from tests.evidence_pieces import ignore
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, closing
from tests.operations.rescuing.damaged_logs import spoil
from tests.operations.story_writer import Material, Story, an_environment, never

SIZE = 1_500_000
# What is as long as this lies in plain text somewhere if any of it does.
PIECE = 48
NEW_RECOVERY_KEY = recovery_key_text(bytes(range(50, 50 + SECRET_BYTES)))
DEPUTY_PASSPHRASE = "four kettles and a chair"
TYPED = (PASSPHRASE, DEPUTY_PASSPHRASE, RECOVERY_KEY, NEW_RECOVERY_KEY)
PRACTICE = ("comments.png", "message.eml")


@pytest.fixture
def material(tmp_path: Path) -> Material:
    """Make a word and bytes that nothing on this computer has by chance."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "video.bin").write_bytes(secrets.token_bytes(3 * SIZE))
    word = f"quixotic{secrets.token_hex(8)}"
    return Material(word, secrets.token_bytes(SIZE), source / "video.bin")


@pytest.fixture
def needles(material: Material, told: Workspace) -> list[bytes]:
    """Return what must not be found: the word, and pieces of every content in the log."""
    word = material.word.encode()
    pieces = {
        piece
        for row in told.log.evidence.contents()
        for piece in pieces_of(b"".join(told.contents.read(row.id, row.file_number)))
        if word not in piece
    }
    return [word, *sorted(pieces)]


def pieces_of(content: bytes) -> list[bytes]:
    """Return two pieces that tell this content from others: a PNG begins as each of its size."""
    found = [content[at : at + PIECE] for at in (64, len(content) // 2)]
    return [piece for piece in found if len(piece) == PIECE]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    (place / "out").mkdir(parents=True)
    return place


@pytest.fixture
def told(place: Path, material: Material) -> Workspace:
    """Work the story and leave the log open, with a draft that was never entered."""
    workspace = Story(an_environment(), place, material, ignore).work()
    incident = workspace.log.incidents.all()[0]
    save_draft(workspace, incident.id, "summary", f"Half typed {material.word}")
    return workspace


def lies_about(needles: list[bytes], logs: list[Path], home: Path, began: float) -> list[str]:
    # Elsewhere others may be at work with the practice files and the passphrases of the tests.
    own = own_of(needles)
    found = find_everywhere(needles, [*logs, home], began)
    found += find_everywhere(own, [Path("/dev/shm")], began)
    return found + find_everywhere(own, [Path("/tmp"), Path("/var/tmp")], began, deep=1)


def own_of(needles: list[bytes]) -> list[bytes]:
    """Leave out what others have too: only what is of this run alone is looked for elsewhere."""
    shared = [resource_path("practice", name).read_bytes() for name in PRACTICE]
    typed = {one.encode() for one in TYPED}
    return [one for one in needles if one not in typed and not any(one in each for each in shared)]


def test_nothing_lies_in_plain_text(
    told: Workspace, needles: list[bytes], place: Path, home: Path
) -> None:
    began, log = time.time() - 60, place / "log"
    try:
        assert (log / "log.db-wal").stat().st_size
        assert (log / "evidence" / "0001.db-wal").exists()
        assert lies_about(needles, [log], home, began) == []
    finally:
        lock_log(told)
    assert lies_about(needles, [log], home, began) == []
    lock_log(unlock_with_recovery_key(an_environment(), log, RECOVERY_KEY))
    assert lies_about(needles, [log], home, began) == []


def test_nothing_lies_in_plain_text_after_backup_new_keys_erasure_restore_and_salvage(
    told: Workspace, needles: list[bytes], place: Path, home: Path, tmp_path: Path
) -> None:
    began, environment, handler = time.time() - 60, an_environment(), start_log_file(home / "logs")
    stick = tmp_path / "stick"
    stick.mkdir()
    keys = secrets_of(told)
    try:
        keep_and_erase(told, stick)
        keys += secrets_of(told)
    finally:
        lock_log(told)
    logs = [place / "log", tmp_path / "restored", tmp_path / "salvaged"]
    restore_log(
        environment, find_backups(stick)[0].path, logs[1], recovery_key=NEW_RECOVERY_KEY,
        progress=ignore, cancelled=never,
    )  # fmt: skip
    damaged = tmp_path / "damaged"
    shutil.copytree(logs[0], damaged)
    spoil(damaged / "log.db", [*range(20, 60, 4)], seed=1)
    saved = salvage_log(
        environment, damaged, logs[2], passphrase=PASSPHRASE, progress=ignore, cancelled=never
    )
    assert saved.lost
    for log in logs:
        with closing(unlock_with_recovery_key(environment, log, NEW_RECOVERY_KEY)) as workspace:
            check_log(workspace, ignore, never)
    assert handler
    handler.close()
    logging.getLogger().removeHandler(handler)
    assert lies_about([*needles, *keys], [*logs, damaged, stick], home, began) == []


def keep_and_erase(workspace: Workspace, stick: Path) -> None:
    """Back up before and after new keys, let somebody in and out, erase the long file."""
    add_backup_place(workspace, stick)
    assert back_up(workspace, ignore, never).results[0].outcome == "made"
    add_keyholder(
        workspace, name="Kit Brown", title="Deputy", initials="KXB", role=KeyholderRole.DEPUTY,
        shown_as="KXB", passphrase=DEPUTY_PASSPHRASE,
    )  # fmt: skip
    (deputy,) = [one for one in workspace.log.keyholders.current() if one.initials == "KXB"]
    remove_keyholder(workspace, deputy.id, reason="Left the school", recovery_key=NEW_RECOVERY_KEY)
    (incident,) = [
        one for one in workspace.log.incidents.all() if one.status is IncidentStatus.OPEN
    ]
    close_incident(workspace, incident.id, outcome="Nothing", control_measure="None")
    enter_class(workspace, incident.id, "no-concern")
    witness = SecondPerson(witness="Sam Witness", witness_reason="There is no second one")
    erased = erase_record(
        workspace, incident.id, reason="Its time is over", second=witness, progress=ignore,
        cancelled=never,
    )  # fmt: skip
    assert erased.is_cleared
    assert back_up(workspace, ignore, never).results[0].outcome == "made"
    assert try_restore(workspace, ignore, never).holds


def secrets_of(workspace: Workspace) -> list[bytes]:
    """Return what opens the log, as bytes and as it is handed to the store."""
    found = [*workspace.keys.evidence_keys.values()]
    found += [workspace.keys.derive(purpose) for purpose in ("log.db", "backup")]
    return [*found, *(key.hex().encode() for key in found), *(one.encode() for one in TYPED)]


def test_what_lies_in_plain_text_would_be_found(
    told: Workspace, needles: list[bytes], place: Path, home: Path
) -> None:
    exported_one = next(one for one in told.log.incidents.all() if told.log.bundles.of(one.id))
    told_items = told.log.evidence.items(exported_one.id)
    lock_log(told)
    began = time.time() - 60
    exported = set(find_everywhere(needles, [place / "out"], began))
    originals = {Path(path).name for path in exported if "/data/exhibits/" in path}
    kept = {
        exported_name(item)
        for item in told_items
        if item.state is ItemState.KEPT and item.derived_from is None
    }
    assert originals == kept, "the originals that left"
    assert any(path.endswith(".zip") for path in exported)
    (home / "tmp" / "left.txt").write_text(f"a note of {needles[0].decode()}", "utf-16")
    assert lies_about(needles, [place / "log"], home, began) == [str(home / "tmp" / "left.txt")]
