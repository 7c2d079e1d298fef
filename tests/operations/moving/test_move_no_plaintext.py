"""A move leaves nothing in plain text on any disk, neither while it runs nor afterwards."""

from pathlib import Path

from desktop.operations.workspace import Workspace
from tests.operations.erasing.erasures import CANARY, PICTURE
from tests.operations.moving.moves import REASON, THERE, a_restricted_log, an_open_case, move
from tests.workspaces import close_workspace

NEEDLES = (CANARY.encode(), REASON.encode(), THERE.encode(), PICTURE[:48], b"Kim Stays")


def lies_about(*folders: Path) -> list[str]:
    """Return the files that hold something readable."""
    needles = set(NEEDLES) | {needle.decode("latin-1").encode("utf-16-le") for needle in NEEDLES}
    return [
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def test_nothing_of_it_lies_readable_anywhere(
    workspace: Workspace, tmp_path: Path, home: Path
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    incident_id = an_open_case(workspace, sources)
    assert lies_about(sources)
    stick = tmp_path / "stick"
    a_restricted_log(stick)
    places = (tmp_path / "log", stick, home)
    found: list[str] = []
    shares: list[float] = []

    def look(share: float) -> None:
        shares.append(share)
        found.extend(lies_about(*places))

    move(workspace, incident_id, stick, look)
    assert shares == sorted(shares)
    assert shares[0] < 0.5 < shares[-1] == 1
    close_workspace(workspace)
    assert found + lies_about(*places) == []
    beside = {path.name for path in tmp_path.iterdir()}
    assert beside == {"log", "stick", "sources"}
