"""The one command says what is missing, finds out about the screen, and knows an old stamp."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import checks
import dev
import environment
import screen
import system_libraries
from system_libraries import SystemIncomplete

LINUX = sys.platform.startswith("linux")


def test_nothing_is_missing_where_the_tests_run() -> None:
    assert system_libraries.missing_libraries() == []
    assert system_libraries.missing_tools() == []
    assert system_libraries.can_make_environments()


@pytest.mark.skipif(not LINUX, reason="only Linux has system libraries to look for")
def test_without_root_one_sentence_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda _name: "apt-get")
    monkeypatch.setitem(system_libraries.QT_LIBRARIES, "libnotthere.so.1", "libnotthere1")
    with pytest.raises(SystemIncomplete) as said:
        system_libraries.ensure_for_running()
    assert str(said.value) == (
        "Qt cannot start, because system libraries are missing; install them with "
        "'sudo apt-get install libnotthere1'."
    )


@pytest.mark.skipif(not LINUX, reason="only Linux has system libraries to look for")
def test_on_another_linux_it_says_what_debian_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(SystemIncomplete, match="what Debian calls 7zip, dbus"):
        system_libraries.ensure_for_testing()


def test_two_lanes_run_beside_each_other_and_all_are_told() -> None:
    lanes = [checks.Lane(name, "offscreen", (name,)) for name in ("one", "two", "three")]
    meeting = threading.Barrier(2, timeout=20)

    def run(lane: checks.Lane, *, beside: bool) -> checks.Outcome:
        if lane.name != "three":
            meeting.wait()
        return checks.Outcome(lane.name, beside, 0.0)

    outcomes = checks._run_lanes(lanes, run)
    assert [(one.name, one.ok) for one in outcomes] == [(lane.name, True) for lane in lanes]


def test_a_changed_lock_file_makes_the_environment_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("one==1\n")
    monkeypatch.setattr(environment, "LOCKS", (lock,))
    before = environment._fingerprint()
    assert environment._fingerprint() == before
    lock.write_text("one==2\n")
    assert environment._fingerprint() != before


def test_an_environment_of_another_python_is_made_afresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = tmp_path / "stamp"
    monkeypatch.setattr(environment, "_STAMP", stamp)
    wanted = environment._fingerprint()
    assert environment._fresh_if_needed(wanted) == []
    stamp.write_text(wanted.replace("cpython", "other"))
    assert environment._fresh_if_needed(wanted) == ["--clear"]
    stamp.write_text(wanted.rsplit("\n", 2)[0] + "\nolder locks\n")
    assert environment._fresh_if_needed(wanted) == []


@pytest.mark.skipif(not LINUX, reason="elsewhere there is always a screen")
def test_the_virtual_screen_is_there_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not screen.is_promised()
    assert not screen.is_there()
    with screen.virtual() as variables:
        monkeypatch.setenv("DISPLAY", variables["DISPLAY"])
        assert screen.is_promised()
        assert screen.is_there()
    assert not screen.is_there()


def test_tests_of_the_real_window_get_a_screen() -> None:
    everything = checks._lanes([])
    platforms = {lane.name: lane.platform for lane in everything}
    assert platforms.pop("end-to-end") == "xcb"
    assert set(platforms.values()) == {checks.OFFSCREEN}
    chosen = checks._lanes(["tests/end_to_end/test_story.py"])
    assert [lane.platform for lane in chosen] == ["xcb"]


def test_every_test_runs_in_exactly_one_lane() -> None:
    def holds(lane: checks.Lane, file: Path) -> bool:
        left_out = [path.removeprefix("--ignore=") for path in lane.paths if path.startswith("--")]
        taken = [path for path in lane.paths if not path.startswith("--")]
        return any(map(file.is_relative_to, taken)) and not any(map(file.is_relative_to, left_out))

    tests = [
        file.relative_to(environment.ROOT) for file in Path(__file__).parents[1].rglob("test_*.py")
    ]
    assert tests
    for file in tests:
        assert sum(holds(lane, file) for lane in checks._lanes([])) == 1, file


def test_results_are_counted_and_a_run_that_broke_off_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "BUILD", tmp_path)
    lane = checks.Lane("some", "offscreen", ("tests",))
    assert checks._count(lane) == (0, 1, 0)
    lane.results.write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>'
    )
    assert checks._count(lane) == (3, 3, 3)


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        dev.main(["dance"])
    assert "invalid choice" in capsys.readouterr().err


@pytest.mark.skipif(not environment.is_ready(), reason="not made by dev.py setup")
def test_run_without_a_screen_says_so_and_does_the_whole_job() -> None:
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    ended = subprocess.run(
        [sys.executable, str(environment.ROOT / "packaging/dev.py"), "run"],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = ended.stdout.splitlines()
    assert "There is no screen here" in lines[0]
    told = dict(line.split(": ", 1) for line in lines[1:])
    assert list(told) == ["log", "bundle", "report"]
    assert Path(told["bundle"]).is_file()
    assert Path(told["report"]).read_bytes().startswith(b"%PDF")
    shutil.rmtree(Path(told["log"]).parent.parent)
