"""A restricted log says of itself that it is one, from its first entry to what leaves it."""

from pathlib import Path

import pytest

from desktop.domain.errors import NotAllowed, WrongPassphrase
from desktop.domain.log.custody import Action
from desktop.operations.entering.create_log import NewLog, create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import unlock_with_passphrase, unlock_with_recovery_key
from desktop.operations.entering.remember_computer import is_remembered, remember_computer
from desktop.operations.organisation.keep_organisation import name_on_paper
from tests.logs_on_disk import (
    PASSPHRASE,
    RECOVERY_KEY,
    actions_in,
    closing,
    environment,
    folder,
    make_log,
    new_log,
)

__all__ = ["environment", "folder"]

OTHER = "violet harbour under seven"


def a_restricted_log(folder: Path) -> NewLog:
    return NewLog(
        folder=folder,
        organisation="Example Training",
        name="Lee Other",
        title="Chair of governors",
        initials="LXO",
        passphrase=OTHER,
        recovery_key=RECOVERY_KEY,
        restricted=True,
    )


def test_it_says_so_from_the_first_entry_on(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, a_restricted_log(folder))) as workspace:
        assert workspace.restricted
        assert actions_in(workspace)[0] is Action.RESTRICTED_LOG_STARTED
        assert name_on_paper(workspace) == "Example Training (restricted log)"
    with closing(unlock_with_passphrase(environment, folder, OTHER)) as workspace:
        assert workspace.restricted
    with closing(unlock_with_recovery_key(environment, folder, RECOVERY_KEY)) as workspace:
        assert workspace.restricted


def test_no_computer_remembers_it(environment: Environment, folder: Path) -> None:
    kept: list[str] = []

    class Noticed:
        def keep(self, name: str, _token: bytes) -> None:
            kept.append(name)

    with closing(create_log(environment, a_restricted_log(folder))) as workspace:
        with pytest.raises(NotAllowed):
            remember_computer(workspace, Noticed())  # type: ignore[arg-type]
        assert kept == []
        assert not is_remembered(workspace)


def test_the_usual_log_does_not(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        assert not workspace.restricted
        assert Action.RESTRICTED_LOG_STARTED not in actions_in(workspace)
        assert name_on_paper(workspace) == "Example Training"


def test_a_keyholder_of_the_usual_log_has_no_way_in(
    environment: Environment, folder: Path, tmp_path: Path
) -> None:
    make_log(environment, folder)
    with closing(create_log(environment, a_restricted_log(tmp_path / "other"))) as workspace:
        assert {row.name for row in workspace.log.keyholders.all()} == {"Lee Other"}
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(environment, tmp_path / "other", PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(environment, folder, OTHER)
