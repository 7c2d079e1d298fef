import shutil
from pathlib import Path

import pytest

from desktop.domain.errors import ProcedureInvalid
from desktop.operations.steps.load_procedures import (
    OF_THE_PROGRAM,
    load_procedures,
    read_procedures,
)
from desktop.resources import resource_path


def _copy(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(resource_path("procedures", name).read_bytes())


def _problems(folder: Path) -> str:
    with pytest.raises(ProcedureInvalid) as error:
        load_procedures(folder)
    return "\n".join(error.value.problems)


def test_the_programs_own_procedures_fit_together() -> None:
    loaded = load_procedures()
    assert {"P00", "P01", "P02", "P03", "S1", "S2", "S3", "S4", "S5"} <= loaded.keys()
    assert all(one.source for one in loaded.values())


def test_an_empty_folder_holds_none(tmp_path: Path) -> None:
    assert load_procedures(tmp_path) == {}


def test_a_procedure_whose_parts_are_missing_is_refused(tmp_path: Path) -> None:
    _copy(tmp_path, "P02.toml")
    assert "P02.toml, procedure P02, step P02-3: it runs S3, which is not there" in _problems(
        tmp_path
    )


def test_all_files_are_read_before_anything_is_said(tmp_path: Path) -> None:
    (tmp_path / "P01.toml").write_text("id =", encoding="utf-8")
    (tmp_path / "P02.toml").write_bytes(b"\xff\xfe")
    _copy(tmp_path, "S5.toml")
    (tmp_path / "S5.toml").rename(tmp_path / "S6.toml")
    found = _problems(tmp_path)
    assert "P01.toml, line 1 (“id =”): what follows the = is no value. Write" in found
    assert "P02.toml: this is not UTF-8 text" in found
    assert "S6.toml, procedure S5: the file has another name. Name it S5.toml." in found
    read = read_procedures(tmp_path)
    assert read.procedures == {}
    assert "\n".join(read.problems).startswith(f"{found}\nP00.toml: it is not there. Put ")


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "P01.toml").mkdir()
    assert _problems(tmp_path) == ("P01.toml: it cannot be opened. Put the original file back.")


@pytest.mark.parametrize("name", OF_THE_PROGRAM)
def test_a_file_that_is_gone_is_missed(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(resource_path("procedures"), tmp_path / "procedures"))
    (folder / f"{name}.toml").unlink()
    read = read_procedures(folder)
    assert read.procedures == {}
    assert read.problems == (f"{name}.toml: it is not there. Put the original file back.",)


def test_the_list_of_procedures_is_that_of_the_folder() -> None:
    assert [path.stem for path in sorted(resource_path("procedures").glob("*.toml"))] == sorted(
        OF_THE_PROGRAM
    )


def test_what_can_be_read_has_no_problems() -> None:
    loaded = read_procedures()
    assert loaded.problems == ()
    assert loaded.procedures == load_procedures()
