"""The program's own data files, in a copy that can be spoilt, read as a frozen build reads its."""

import shutil
import sys
from pathlib import Path

import pytest

from desktop.operations.program_files import POLICIES, WORKSHEETS
from desktop.resources import resource_path

DATA = (
    *(f"policies/{name}.toml" for name in POLICIES),
    *(
        f"policies/{name}.toml"
        for name in ("everywhere", "switches", "sources", "laws", "program", "retention")
    ),
    *(f"worksheets/{name}.toml" for name in WORKSHEETS),
    "vanishing.toml",
    "platforms.toml",
)


@pytest.fixture
def data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's resources, which the program reads until the test is over."""
    made = tmp_path / "program"
    shutil.copytree(resource_path(), made / "resources")
    package = made / "desktop"
    package.mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(made), raising=False)
    monkeypatch.setattr("desktop.resources._PACKAGE", package)
    return made / "resources"


def spoil_all(files: Path) -> None:
    """Spoil every data file beside the procedures, each in its way."""
    for number, name in enumerate(DATA):
        path = files / name
        if number % 3 == 0:
            path.write_text('id = "it ends here', encoding="utf-8")
        elif number % 3 == 1:
            path.write_bytes(b'title = "caf\xe9"')
        else:
            path.unlink()
