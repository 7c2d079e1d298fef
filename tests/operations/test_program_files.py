"""The data files of the program: each is read strictly, and a damaged one goes on as kept."""

import shutil
import tomllib
from pathlib import Path

import pytest

from desktop.domain.policy.own_copy import STRICTEST
from desktop.domain.steps.procedures import POLICY_SOURCES
from desktop.operations.program_files import (
    POLICIES,
    WORKSHEETS,
    KeptText,
    read_program_data,
    read_program_files,
)
from desktop.resources import resource_path
from tests.clocks import FrozenClock

NOW = FrozenClock().now()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the program's resources that can be spoilt."""
    return Path(shutil.copytree(resource_path(), tmp_path / "resources"))


def test_the_profiles_are_named_after_their_files_and_the_strictest_comes_last() -> None:
    assert [policy.id for policy in read_program_data().policies] == list(POLICIES)
    assert POLICIES[-1] == STRICTEST
    kinds = {path.stem for path in resource_path("policies").glob("*.toml")}
    others = {"everywhere", "laws", "program", "retention", "sources", "switches"}
    assert kinds == {*POLICIES, *others}


def test_the_program_knows_which_worksheets_it_comes_with() -> None:
    assert {path.stem for path in resource_path("worksheets").glob("*.toml")} == set(WORKSHEETS)
    assert set(read_program_data().worksheets) == set(WORKSHEETS)


def test_everything_is_read_from_the_folder_that_is_named(files: Path) -> None:
    path = files / "policies/training-provider.toml"
    changed = path.read_text("utf-8").replace('title = "Executive Team"', 'title = "Directors"')
    path.write_text(changed, "utf-8")
    other, own = read_program_data(files), read_program_data()
    assert other.policy("training-provider").title_of("EXEC") == "Directors"
    assert own.policy("training-provider").title_of("EXEC") == "Executive Team"
    assert (other.sources, other.laws, other.switches) == (own.sources, own.laws, own.switches)


@pytest.mark.parametrize("name", ["everywhere", "training-provider"])
def test_a_faulty_file_is_named_once(files: Path, name: str) -> None:
    with (files / f"policies/{name}.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[limits]]\nid = "D99"\n')
    problems = read_program_data(files).problems
    said = [one for one in problems if "`text` is missing" in one]
    assert len(said) == 1
    assert said[0].startswith(f"{name}.toml, limit D99: `text` is missing")


@pytest.mark.parametrize(
    ("name", "heading", "key"),
    [
        ("training-provider", "titles", "role"),
        ("training-provider", "duties", "id"),
        ("training-provider", "definitions", "term"),
        ("training-provider", "categories", "category"),
        ("training-provider", "laws", "law"),
        ("training-provider", "slips", "id"),
        ("training-provider", "tells", "step"),
        ("strictest", "limits", "id"),
        ("everywhere", "limits", "id"),
        ("laws", "laws", "id"),
        ("switches", "switches", "id"),
        ("retention", "classes", "id"),
    ],
)
def test_what_stands_twice_in_a_file_is_said(
    files: Path, name: str, heading: str, key: str
) -> None:
    path = files / f"policies/{name}.toml"
    text = path.read_text("utf-8")
    first = text[text.index(f"[[{heading}]]") :].split("\n[[", 1)[0]
    path.write_text(f"{text}\n{first}\n", "utf-8")
    own = tomllib.loads(first)[heading][0][key]
    (problem,) = read_program_data(files).problems
    assert problem.startswith(f"{name}.toml: ")
    assert problem.endswith(f" {own} is there twice. Keep one of them.")


@pytest.mark.parametrize("name", ["policies/training-provider.toml", "worksheets/ceop.toml"])
def test_a_mark_that_windows_puts_before_a_text_spoils_nothing(files: Path, name: str) -> None:
    path = files / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    read = read_program_files(lambda _name: None, files)
    assert read.data.problems == ()
    assert not any(text.startswith("\ufeff") for text in read.good.values())


def test_what_holds_everywhere_goes_on_under_every_policy_as_it_was_kept(files: Path) -> None:
    whole = read_program_data(files)
    path = files / "policies/everywhere.toml"
    kept = KeptText(path.read_text("utf-8"), NOW)
    path.write_text("id = ", "utf-8")
    data = read_program_files(lambda _name: kept, files).data
    assert data.policies == whole.policies
    (damaged,) = data.damaged
    assert (damaged.file_name, damaged.kept_at) == ("everywhere.toml", NOW)
    assert read_program_data(files).policies != whole.policies


def test_a_text_that_this_program_cannot_read_is_as_good_as_none(files: Path) -> None:
    (files / "policies/laws.toml").unlink()
    old = KeptText('[[laws]]\nname = "of another program"', NOW)
    data = read_program_files(lambda _name: old, files).data
    (damaged,) = data.damaged
    assert data.laws.laws == ()
    assert damaged.kept_at is None
    assert damaged.problems == ("laws.toml: it is not there. Put the original file back.",)


def test_every_problem_of_every_worksheet_is_said_at_once(files: Path) -> None:
    folder = files / "worksheets"
    text = (folder / "iwf.toml").read_text("utf-8")
    (folder / "other.toml").write_text(text, "utf-8")
    (folder / "broken.toml").write_text("id = ", "utf-8")
    (folder / "ceop.toml").write_bytes(b'id = "caf\xe9"')
    data = read_program_data(files)
    said = "\n".join(data.problems)
    assert "other.toml: its id is iwf. Name the file after it." in said
    assert "broken.toml, line 1" in said
    assert "ceop.toml: this is not UTF-8 text. Save it as UTF-8." in said
    assert "\niwf.toml" not in f"\n{said}"
    assert set(data.worksheets) == set(WORKSHEETS) - {"ceop"}


def test_a_policy_under_another_name_is_not_taken_for_it(files: Path) -> None:
    folder = files / "policies"
    shutil.copy(folder / "training-provider.toml", folder / "alternative-provision.toml")
    data = read_program_data(files)
    assert data.problems == (
        "alternative-provision.toml: its id is training-provider. Name the file after it.",
    )
    assert data.policy("alternative-provision").sources == POLICY_SOURCES


def test_an_empty_folder_gives_what_stands_in(tmp_path: Path) -> None:
    data = read_program_data(tmp_path)
    assert data.worksheets == {}
    assert [one.id for one in data.policies] == list(POLICIES)
    assert {one.sources for one in data.policies} == {POLICY_SOURCES}
    assert len(data.damaged) == len(POLICIES) + len(WORKSHEETS) + 8


def test_no_profile_names_an_organisation_a_person_or_a_number() -> None:
    allowed = {"999", "101", "7726"}
    for policy in read_program_data().policies:
        numbers = {one.address for one in policy.services if one.address.isdigit()}
        assert numbers <= allowed
        assert all("@" not in one.address for one in policy.services)
