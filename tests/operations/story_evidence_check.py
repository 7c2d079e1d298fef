"""Looks into the evidence of a killed story: what is of one piece is there as one piece."""

from collections import Counter
from collections.abc import Callable

from desktop.domain.evidence.items import DERIVATIVES, EvidenceItem, ItemState, Method
from desktop.domain.identifiers import IncidentId, ItemId, SetId, StatementId
from desktop.domain.log.custody import Action
from desktop.operations.checking.compare_clock import latest_check
from desktop.operations.evidence.confirm_derivative import find_confirmation
from desktop.operations.evidence.keep_handling import list_handling
from desktop.operations.workspace import Workspace

_IN_WORDS = {
    ItemState.HELD_BACK: Action.ITEM_HELD_BACK,
    ItemState.DESCRIBED: Action.ITEM_DESCRIBED,
    ItemState.SEALED: Action.ITEM_SEALED,
}


def check_items(workspace: Workspace, items: list[EvidenceItem], noted: Counter[Action]) -> None:
    """Every item is on record once, and hangs on what is there."""
    by_id = {item.id: item for item in items}
    copies = [item for item in items if item.kind in DERIVATIVES]
    with_content = sum(item.content_id is not None for item in items)
    assert noted[Action.ITEM_ADDED] == with_content - len(copies)
    assert noted[Action.DERIVATIVE_MADE] == len(copies)
    for state, action in _IN_WORDS.items():
        assert noted[action] == sum(item.state is state for item in items), action
    confirmed = [find_confirmation(workspace, copy.id) for copy in copies]
    assert noted[Action.DERIVATIVE_CONFIRMED] == sum(one is not None for one in confirmed)
    for copy in copies:
        _check_copy(copy, by_id)
    for item in items:
        if item.inside_id:
            assert by_id[item.inside_id].incident_id == item.incident_id
            assert item.method is Method.INSIDE
    _check_sets(workspace, items)
    _check_sealed(workspace, items)


def _check_copy(copy: EvidenceItem, by_id: dict[ItemId, EvidenceItem]) -> None:
    assert copy.derived_from
    original = by_id[copy.derived_from]
    assert original.derived_from is None
    assert copy.mark.letter
    assert str(copy.mark).startswith(str(original.mark))
    assert dict(copy.noted)["why"]


def _check_sets(workspace: Workspace, items: list[EvidenceItem]) -> None:
    rows = workspace.log._connection.rows("SELECT id, incident_id FROM capture_set")
    found = {(item.set_id, item.incident_id) for item in items if item.set_id}
    assert {(str(row[0]), str(row[1])) for row in rows} == found


def _check_sealed(workspace: Workspace, items: list[EvidenceItem]) -> None:
    """What is sealed is known by its hash, and nothing of that content is open to be read."""
    known = {row.fingerprint for row in workspace.log.sealed.all()}
    sealed = {item.fingerprint for item in items if item.state is ItemState.SEALED}
    assert sealed <= known
    assert not known & {item.fingerprint for item in items if item.state is ItemState.KEPT}


def _has_set(
    workspace: Workspace, incident_id: IncidentId, set_id: SetId, marks: list[str]
) -> bool:
    items = workspace.log.evidence.exhibits(incident_id)
    there = [str(item.mark) for item in items if item.set_id == set_id]
    return there[: len(marks)] == marks


def _has_inside(
    workspace: Workspace,
    incident_id: IncidentId,
    item_id: ItemId,
    marks: list[str],
    hashes: list[str],
) -> bool:
    within = [
        (str(item.mark), item.fingerprint.sha256)
        for item in workspace.log.evidence.exhibits(incident_id)
        if item.inside_id == item_id and item.fingerprint
    ]
    return within == list(zip(marks, hashes, strict=True))


def _is_described(
    workspace: Workspace, _incident: IncidentId, item_id: ItemId, name: str, value: str
) -> bool:
    item = workspace.log.evidence.item(item_id)
    return item is not None and (
        (item.state, workspace.log.fields.current(item_id)[name]) == (ItemState.DESCRIBED, value)
    )


def _has_copy(
    workspace: Workspace,
    incident_id: IncidentId,
    item_id: ItemId,
    mark: str,
    digest: str,
    original: ItemId,
) -> bool:
    item = workspace.log.evidence.item(item_id)
    return item is not None and (
        (item.incident_id, str(item.mark), item.derived_from) == (incident_id, mark, original)
        and item.fingerprint is not None
        and item.fingerprint.sha256 == digest
    )


def _is_confirmed(workspace: Workspace, _incident: IncidentId, item_id: ItemId, who: str) -> bool:
    confirmation = find_confirmation(workspace, item_id)
    return confirmation is not None and confirmation.by == who


def _is_corrected(
    workspace: Workspace,
    _incident: IncidentId,
    earlier: StatementId,
    statement_id: StatementId,
    information: str,
) -> bool:
    statement = workspace.log.evidence.statement(statement_id)
    return statement is not None and (
        (statement.corrects, statement.information) == (earlier, information)
    )


def _is_sealed(workspace: Workspace, _incident: IncidentId, item_id: ItemId) -> bool:
    item = workspace.log.evidence.item(item_id)
    return item is not None and item.state is ItemState.SEALED


def _is_recognised(workspace: Workspace, incident_id: IncidentId, mark: str) -> bool:
    return any(
        (str(item.mark), item.state) == (mark, ItemState.HELD_BACK)
        for item in workspace.log.evidence.exhibits(incident_id)
    )


def _has_clock(workspace: Workspace, source: str, said: str) -> bool:
    check = latest_check(workspace)
    return check is not None and (check.source, check.said) == (source, said)


EVIDENCE_CHECKS: dict[str, Callable[..., bool]] = {
    "set": _has_set,
    "inside": _has_inside,
    "described": _is_described,
    "handling": lambda workspace, _incident, item_id, giver: (
        [one.details.given_by for one in list_handling(workspace, item_id)] == [giver]
    ),
    "copy": _has_copy,
    "confirmed": _is_confirmed,
    "corrected": _is_corrected,
    "sealed": _is_sealed,
    "recognised": _is_recognised,
    "clock": _has_clock,
}
