"""What is typed and taken in lies nowhere in plain text: while the log is open, and afterwards."""

import secrets
import time
from pathlib import Path

import pytest

from desktop.operations.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.record_incident import save_draft
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path
from tests.end_to_end.outside import find_everywhere
from tests.logs_on_disk import RECOVERY_KEY
from tests.operations.story_writer import Material, Story, an_environment

SIZE = 1_500_000


def ignore(*_told: object) -> None:
    return None


@pytest.fixture
def material(tmp_path: Path) -> Material:
    """Make a word and bytes that nothing on this computer has by chance."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "video.bin").write_bytes(secrets.token_bytes(3 * SIZE))
    word = f"quixotic{secrets.token_hex(8)}"
    return Material(word, secrets.token_bytes(SIZE), source / "video.bin")


@pytest.fixture
def needles(material: Material) -> list[bytes]:
    """Return what must not be found: the word, and pieces of every content."""
    contents = [material.picture, material.video.read_bytes()]
    contents += [resource_path("practice", name).read_bytes() for name in ("comments.png",)]
    pieces = [content[at : at + 48] for content in contents for at in (64, len(content) // 2)]
    mail = resource_path("practice", "message.eml").read_bytes()
    return [material.word.encode(), *pieces, mail[-60:-10]]


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


def lies_about(needles: list[bytes], log: Path, home: Path, began: float) -> list[str]:
    found = find_everywhere(needles, [log, home, Path("/dev/shm")], began)
    return found + find_everywhere(needles, [Path("/tmp"), Path("/var/tmp")], began, deep=1)


def test_nothing_lies_in_plain_text(
    told: Workspace, needles: list[bytes], place: Path, home: Path
) -> None:
    began, log = time.time() - 60, place / "log"
    try:
        assert (log / "log.db-wal").stat().st_size
        assert (log / "evidence" / "0001.db-wal").exists()
        assert lies_about(needles, log, home, began) == []
    finally:
        lock_log(told)
    assert lies_about(needles, log, home, began) == []
    lock_log(unlock_with_recovery_key(an_environment(), log, RECOVERY_KEY))
    assert lies_about(needles, log, home, began) == []


def test_what_lies_in_plain_text_would_be_found(
    told: Workspace, needles: list[bytes], place: Path, home: Path
) -> None:
    lock_log(told)
    began = time.time() - 60
    exported = set(find_everywhere(needles, [place / "out"], began))
    originals = {Path(path).name for path in exported if "/data/exhibits/" in path}
    assert len(originals) == 3, f"the originals that left: {sorted(originals)}"
    assert any(path.endswith(".zip") for path in exported)
    (home / "tmp" / "left.txt").write_text(f"a note of {needles[0].decode()}", "utf-16")
    assert lies_about(needles, place / "log", home, began) == [str(home / "tmp" / "left.txt")]
