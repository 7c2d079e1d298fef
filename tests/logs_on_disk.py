"""Logs as a keyholder makes them: a folder, a passphrase, a recovery key."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.log.custody import Action
from desktop.domain.log.recovery import SECRET_BYTES, recovery_key_text
from desktop.operations.entering.create_log import NewLog, create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock

PASSPHRASE = "seven chairs and a kettle"


SECRET = bytes(range(SECRET_BYTES))


RECOVERY_KEY = recovery_key_text(SECRET)


@pytest.fixture
def environment(clock: FrozenClock) -> Environment:
    return Environment(clock=clock, procedures={}, machine="a test computer")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "here" / "Log"


def new_log(folder: Path) -> NewLog:
    return NewLog(
        folder=folder,
        organisation=" Example Training ",
        name="Pat Smith",
        title="Safeguarding lead",
        initials="PXS",
        passphrase=PASSPHRASE,
        recovery_key=RECOVERY_KEY,
    )


@contextmanager
def closing(workspace: Workspace) -> Iterator[Workspace]:
    try:
        yield workspace
    finally:
        lock_log(workspace)


def make_log(environment: Environment, folder: Path) -> None:
    lock_log(create_log(environment, new_log(folder)))


def actions_in(workspace: Workspace) -> list[Action]:
    return [entry.action for entry, _ in workspace.log.custody.walk()]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }
