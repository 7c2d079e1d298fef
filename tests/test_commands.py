"""The commands without a window, as somebody types them: what they print and how they end."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desktop.app import FALLS_SHORT, HOLDS, NOT_USABLE

PATIENCE = 240


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    """Run the program with these words behind its name."""
    return subprocess.run(
        [sys.executable, "-m", "desktop", *words],
        capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Do the practice once for all tests of the commands; returns its folder."""
    folder = tmp_path_factory.mktemp("practice") / "new"
    ended = run("practice", str(folder))
    assert ended.returncode == HOLDS, ended.stderr
    named = dict(line.split(": ", 1) for line in ended.stdout.splitlines())
    assert list(named) == ["log", "bundle", "report"]
    assert all(Path(path).exists() for path in named.values())
    assert ended.stderr == ""
    return folder


@pytest.fixture
def bundle(practised: Path) -> Path:
    (found,) = (path for path in practised.glob("POLICE*") if path.suffix == ".zip")
    return found


def test_practice_leaves_log_bundle_and_report(practised: Path) -> None:
    assert (practised / "log" / "log.db").stat().st_size
    assert (practised / "log" / "keys.json").stat().st_size
    assert next(practised.glob("*.pdf")).read_bytes().startswith(b"%PDF")


def test_practice_where_one_was_done_falls_short(practised: Path) -> None:
    ended = run("practice", str(practised))
    assert ended.returncode == FALLS_SHORT
    assert "The practice could not be finished" in ended.stderr
    assert ended.stdout == ""


def test_practice_on_a_file_falls_short(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("taken")
    ended = run("practice", str(tmp_path / "file"))
    assert ended.returncode == FALLS_SHORT
    assert (tmp_path / "file").read_text() == "taken"


def test_a_whole_bundle_holds(bundle: Path, practised: Path) -> None:
    ended = run("verify", str(bundle))
    assert ended.returncode == HOLDS, ended.stdout + ended.stderr
    fingerprint, verdict = ended.stdout.splitlines()
    assert len(fingerprint.removeprefix("fingerprint: ")) == 64
    assert verdict == "holds: everything is as it was exported"


def test_an_altered_bundle_falls_short(bundle: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(bundle) as whole, zipfile.ZipFile(altered, "w") as copy:
        exhibit = next(name for name in whole.namelist() if "/data/exhibits/" in name)
        for name in whole.namelist():
            content = whole.read(name)
            copy.writestr(name, content[:-1] + b"!" if name == exhibit else content)
    ended = run("verify", str(altered))
    assert ended.returncode == FALLS_SHORT
    assert "problem: " in ended.stdout
    assert ended.stdout.endswith("falls short\n")


def test_what_is_no_bundle_is_not_usable(tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(b"no archive at all")
    for path in (tmp_path / "other.zip", tmp_path / "missing"):
        ended = run("verify", str(path))
        assert ended.returncode == NOT_USABLE
        assert ended.stdout.startswith("not usable: ")


def test_a_word_that_is_no_command_is_refused() -> None:
    ended = run("frobnicate")
    assert ended.returncode == 2
    assert "invalid choice" in ended.stderr


@pytest.mark.timeout(PATIENCE)
def test_the_program_tests_itself() -> None:
    ended = run("--self-test")
    assert ended.returncode == HOLDS, ended.stdout + ended.stderr
    assert ended.stdout.splitlines()[-1] == "the bundle holds: the self-test passed"
