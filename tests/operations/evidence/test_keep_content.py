"""Bytes that were kept are cleared away only once it is sure that no row names them."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from desktop.domain.errors import DiskFailed
from desktop.domain.evidence.derivatives import Mark, PicturePlan, Shape
from desktop.domain.evidence.items import ItemKind, Method
from desktop.operations.evidence.make_derivative import Purpose, make_picture_copy
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_capture, a_no, a_png, an_incident, ignore, never

T = TypeVar("T")


def failing_once_stored(workspace: Workspace) -> Workspace:
    """Return it on a disk that fails for log.db as soon as there are bytes that nothing names."""
    known = workspace.contents.held_in(1)

    def on_log(function: Callable[[], T]) -> T:
        if workspace.contents.held_in(1) != known:
            raise DiskFailed("log.db")
        return function()

    return replace(workspace, on_log=on_log)


def unnamed_in(workspace: Workspace) -> int:
    named = frozenset(row.id for row in workspace.log.evidence.contents())
    count = len(workspace.contents.held_in(1) - named)
    assert workspace.contents.remove_orphans(named) == count
    return count


def test_bytes_of_an_intake_stay_while_it_cannot_be_taken_back(workspace: Workspace) -> None:
    incident_id = an_incident(workspace)
    statement_id = a_no(workspace, incident_id)
    with pytest.raises(DiskFailed):
        add_picture(
            failing_once_stored(workspace), incident_id, statement_id, a_png(), ItemKind.SCREEN,
            Method.PASTE, workspace.now(), ignore, never,
        )  # fmt: skip
    assert unnamed_in(workspace) == 1


def test_bytes_of_a_copy_stay_while_it_cannot_be_taken_back(
    workspace: Workspace,
) -> None:
    item = a_capture(workspace)
    plan = PicturePlan(64, 40, (Mark(Shape.COVER, 4, 4, 30, 20),))
    with pytest.raises(DiskFailed):
        make_picture_copy(
            failing_once_stored(workspace), item.id, plan, Purpose(reason="x"), ignore, never
        )
    assert unnamed_in(workspace) == 1
