"""The disk in memory is seen by the command that asked for it, and by nobody else."""

import subprocess
from pathlib import Path

import pytest

import memory_disk


def test_what_is_written_there_is_gone_with_the_command(tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    before = memory_disk.words_before(folder)
    if not before:
        pytest.skip("this computer lets nobody mount a disk in memory")
    write_and_list = f"touch {folder}/seen && ls {folder}"
    ended = subprocess.run(
        [*before, "sh", "-c", write_and_list], capture_output=True, text=True, check=True
    )
    assert ended.stdout == "seen\n"
    assert list(folder.iterdir()) == []


def test_where_none_can_be_had_the_folder_is_an_ordinary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_disk, "_MOUNT", "exit 1")
    assert memory_disk.words_before(tmp_path / "tmp") == []
    assert (tmp_path / "tmp").is_dir()
    monkeypatch.setenv("PATH", "")
    assert memory_disk.words_before(tmp_path / "tmp") == []
