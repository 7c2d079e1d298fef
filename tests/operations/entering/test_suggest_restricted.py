from pathlib import Path

from desktop.operations.entering.start_restricted import suggest_restricted_folder


def test_a_stick_comes_first(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert suggest_restricted_folder(tmp_path / "a" / "Log", [stick], tmp_path) == stick / "Log"


def test_it_is_never_beside_or_in_the_usual_log(tmp_path: Path) -> None:
    usual = tmp_path / "stick" / "Log"
    usual.mkdir(parents=True)
    found = suggest_restricted_folder(usual, [usual.parent, usual], tmp_path)
    assert found == tmp_path / "Private" / "Log"
    usual = tmp_path / "Private" / "Log"
    found = suggest_restricted_folder(usual, [], tmp_path)
    assert found == tmp_path / "Private 2" / "Log"


def test_it_takes_the_place_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "Private" / "Log").mkdir(parents=True)
    assert suggest_restricted_folder(None, [], tmp_path) == tmp_path / "Private" / "Log 2"


def test_the_computer_is_asked_for_its_sticks_and_the_home(home: Path) -> None:
    found = suggest_restricted_folder(None)
    assert found.name.startswith("Log")
    assert not found.exists()
