from pathlib import Path

import pytest

from desktop.domain.errors import NotFound
from desktop.operations.steps.load_worksheets import (
    find_worksheet,
    load_worksheets,
    read_worksheets,
    title_of,
)
from desktop.resources import resource_path


def problems_in(folder: Path) -> str:
    return "\n".join(read_worksheets(folder).problems)


def test_every_problem_of_every_file_is_said_at_once(tmp_path: Path) -> None:
    text = (resource_path("worksheets") / "iwf.toml").read_text(encoding="utf-8")
    (tmp_path / "iwf.toml").write_text(text, encoding="utf-8")
    (tmp_path / "other.toml").write_text(text, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes(b'id = "caf\xe9"')
    said = problems_in(tmp_path)
    assert "other.toml: its id is iwf. Name the file after it." in said
    assert "broken.toml, line 1" in said
    assert "latin.toml: this is not UTF-8 text. Save it as UTF-8." in said
    assert "\niwf.toml" not in f"\n{said}"
    assert set(load_worksheets(tmp_path)) == {"iwf"}


def test_a_folder_without_any_gives_none(tmp_path: Path) -> None:
    assert load_worksheets(tmp_path) == {}


def test_one_is_found_by_its_id_and_an_unknown_one_is_not() -> None:
    assert find_worksheet("ceop").id == "ceop"
    with pytest.raises(NotFound):
        find_worksheet("nobody")


def test_one_that_is_gone_is_still_called_something() -> None:
    assert title_of("lado") == "Referral to the LADO"
    assert title_of("an-older-one") == "an-older-one"
