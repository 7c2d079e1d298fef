import shutil
from pathlib import Path

import pytest

from desktop.operations.steps.load_policies import (
    POLICIES,
    load_laws,
    load_policies,
    load_policy,
    load_program,
    load_sources,
    load_switches,
    policy_problems,
)
from desktop.resources import resource_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the policies that come with the program."""
    made = tmp_path / "policies"
    shutil.copytree(resource_path("policies"), made)
    return made


def test_the_profiles_are_named_after_their_files_and_the_strictest_comes_last() -> None:
    assert [policy.id for policy in load_policies()] == list(POLICIES)
    assert POLICIES[-1] == "strictest"
    kinds = {path.stem for path in resource_path("policies").glob("*.toml")}
    others = {"everywhere", "laws", "program", "retention", "sources", "switches"}
    assert kinds == {*POLICIES, *others}


def test_everything_is_read_from_the_folder_that_is_named(folder: Path) -> None:
    text = (folder / "training-provider.toml").read_text(encoding="utf-8")
    changed = text.replace('title = "Executive Team"', 'title = "Directors"')
    (folder / "training-provider.toml").write_text(changed, encoding="utf-8")
    assert load_policy("training-provider", folder).title_of("EXEC") == "Directors"
    assert load_policy("training-provider").title_of("EXEC") == "Executive Team"
    assert load_sources(folder) == load_sources()
    assert load_switches(folder) == load_switches()
    assert load_laws(folder) == load_laws()
    assert load_program(folder) == load_program()


@pytest.mark.parametrize("name", ["everywhere", "training-provider"])
def test_a_faulty_file_is_named_once(folder: Path, name: str) -> None:
    with (folder / f"{name}.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[limits]]\nid = "D99"\n')
    said = [one for one in policy_problems(folder) if "`text` is missing" in one]
    assert len(said) == 1
    assert said[0].startswith(f"{name}.toml, limit D99: `text` is missing")


def test_no_profile_names_an_organisation_a_person_or_a_number() -> None:
    allowed = {"999", "101", "7726"}
    for policy in load_policies():
        numbers = {one.address for one in policy.services if one.address.isdigit()}
        assert numbers <= allowed
        assert all("@" not in one.address for one in policy.services)
