"""A log with every kind of evidence is given back from a backup, salvaged, and erased from."""

import json
from pathlib import Path

import pytest

from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import IncidentId
from desktop.operations.checking.check_log import check_log
from desktop.operations.entering.open_log import unlock_with_recovery_key
from desktop.operations.erasing.erase_record import erase_record
from desktop.operations.erasing.plan_erasure import enter_instruction
from desktop.operations.incident.keep_retention import active_holds, enter_class, release_hold
from desktop.operations.incident.record_incident import close_incident
from desktop.operations.rescuing.restore_log import find_backups, restore_log
from desktop.operations.rescuing.salvage_log import salvage_log
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import closing
from tests.operations.rich_log import make_rich_log
from tests.operations.story_check import check_nothing_half, has_what_was_told, without_erased
from tests.operations.story_evidence import WITNESS
from tests.operations.story_writer import an_environment, ignore, never
from tests.operations.wander import INSTRUCTION

Told = list[list[object]]


@pytest.fixture
def restored(tmp_path: Path) -> tuple[Path, str, Told]:
    """Return a log that came from a backup, its recovery key, and what was told of it."""
    told: Told = []

    def tell(*words: object) -> None:
        told.append(json.loads(json.dumps(words)))

    place, target = tmp_path / "place", tmp_path / "restored"
    key = make_rich_log(place, tell, picture=9_000, video=30_000)
    backup = find_backups(place / "stick")[0].path
    restore_log(
        an_environment(), backup, target, recovery_key=key, progress=ignore, cancelled=never
    )
    return target, key, told


def sealed_in(workspace: Workspace) -> list[EvidenceItem]:
    return [one for one in workspace.log.evidence.items() if one.state is ItemState.SEALED]


def check_all(workspace: Workspace, told: Told) -> None:
    for kind, *parts in without_erased(workspace, told):
        assert has_what_was_told(workspace, str(kind), parts), (kind, parts)
    assert check_log(workspace, ignore, never).holds


def test_everything_told_is_in_the_log_that_a_backup_gives_back(
    restored: tuple[Path, str, Told],
) -> None:
    folder, key, told = restored
    with closing(unlock_with_recovery_key(an_environment(), folder, key)) as workspace:
        check_all(workspace, told)
        check_nothing_half(workspace)
        answers = [one.answer for one in workspace.log.evidence.statements(first_of(workspace))]
        assert set(answers) == {GateAnswer.NO, GateAnswer.NOT_SURE}


def test_what_was_sealed_stays_as_it_is_in_a_salvage_though_no_backup_holds_it(
    restored: tuple[Path, str, Told], tmp_path: Path
) -> None:
    folder, key, told = restored
    environment = an_environment()
    with closing(unlock_with_recovery_key(environment, folder, key)) as workspace:
        before = sealed_in(workspace)
        assert len(before) == 3
    saved = salvage_log(
        environment, folder, tmp_path / "saved", recovery_key=key, progress=ignore,
        cancelled=never,
    )  # fmt: skip
    assert saved.lost == ()
    with closing(unlock_with_recovery_key(environment, saved.folder, key)) as workspace:
        assert sealed_in(workspace) == before
        check_all(workspace, told)


def test_a_record_with_something_sealed_is_erased_from_a_log_that_came_from_a_backup(
    restored: tuple[Path, str, Told],
) -> None:
    folder, key, _told = restored
    with closing(unlock_with_recovery_key(an_environment(), folder, key)) as workspace:
        incident_id = first_of(workspace)
        for hold in active_holds(workspace, incident_id):
            release_hold(workspace, hold.id, "They are done")
        close_incident(workspace, incident_id, outcome="Done", control_measure="None")
        enter_class(workspace, incident_id, "no-concern")
        enter_instruction(workspace, incident_id, INSTRUCTION)
        known = workspace.log.sealed.all()
        erased = erase_record(
            workspace, incident_id, reason="Its time is over", second=WITNESS, progress=ignore,
            cancelled=never,
        )  # fmt: skip
        assert erased.is_cleared
        assert sealed_in(workspace) == []
        assert workspace.log.sealed.all() == known
        for table in ("item", "handling", "capture_set"):
            sql = f"SELECT 1 FROM {table} WHERE incident_id = ?"
            assert workspace.log._connection.rows(sql, (incident_id,)) == []
        check_nothing_half(workspace)


def first_of(workspace: Workspace) -> IncidentId:
    return workspace.log.incidents.all()[-1].id
