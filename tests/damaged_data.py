"""The program's own data files, in a copy that can be spoilt, read as a frozen build reads its."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.operations.evidence import enter_origin
from desktop.operations.incident import keep_retention
from desktop.operations.steps import load_policies, show_vanishing
from desktop.operations.steps.load_worksheets import read_worksheets
from desktop.resources import resource_path

_KEPT = (
    load_policies.read_policy,
    load_policies.read_everywhere,
    load_policies.load_policies,
    load_policies.read_switches,
    load_policies.read_sources,
    load_policies.read_laws,
    load_policies.read_program,
    load_policies.policy_problems,
    show_vanishing.read_vanishing,
    enter_origin.read_platforms,
    keep_retention.read_retention,
    read_worksheets,
)
DATA = (
    *(f"policies/{name}.toml" for name in load_policies.POLICIES),
    *(
        f"policies/{name}.toml"
        for name in ("everywhere", "switches", "sources", "laws", "program", "retention")
    ),
    *(f"worksheets/{name}.toml" for name in ("ceop", "lado", "prevent")),
    "vanishing.toml",
    "platforms.toml",
)


def forget() -> None:
    """Read every data file anew when it is asked for next."""
    for one in _KEPT:
        one.cache_clear()


@pytest.fixture
def data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the program's resources, which the program reads until the test is over."""
    made = tmp_path / "program"
    shutil.copytree(resource_path(), made / "resources")
    package = made / "desktop"
    package.mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(made), raising=False)
    monkeypatch.setattr("desktop.resources._PACKAGE", package)
    forget()
    yield made / "resources"
    forget()


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
