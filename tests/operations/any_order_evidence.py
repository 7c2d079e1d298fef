"""What a keyholder does about evidence, in any order: captures, holds back, tries to open that."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from desktop.domain.errors import AppError, HeldBack, StatementNeeded
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState, Method
from desktop.domain.identifiers import IncidentId, ItemId, StatementId
from desktop.operations.evidence.answer_gate import keep_out, let_in
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.look_inside import look_inside
from desktop.operations.evidence.make_statement import correct_statement
from desktop.operations.evidence.take_evidence import add_file, add_picture
from desktop.operations.evidence.view_evidence import list_items, make_thumbnail, open_item
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_png, ignore, never
from tests.operations.any_order_checks import HELD, watching
from tests.operations.any_order_settled import BIG, REASONS


class EvidenceDeeds(RuleBasedStateMachine):
    """Deeds about evidence; whoever works them in has the log, and lays the trap."""

    workspace: Workspace
    incident_id: IncidentId
    clock: FrozenClock
    trap: Path

    def __init__(self) -> None:
        super().__init__()
        self.held: list[ItemId] = []
        self.barred: list[StatementId] = []

    @rule(kind=st.sampled_from([ItemKind.SCREEN, ItemKind.SCREEN_REGION]),
          platform=st.sampled_from(["", "WhatsApp", "Facebook"]))  # fmt: skip
    def capture(self, kind: ItemKind, platform: str) -> None:
        answered = let_in(self.workspace, self.incident_id, ["a capture"])
        now = self.clock.now()
        added = add_picture(
            self.workspace, self.incident_id, answered.statement_id, a_png(), kind,
            Method.SCREEN_CAPTURE, now, ignore, never,
        )  # fmt: skip
        if platform:
            enter_origin(self.workspace, added.item_id, {"platform": platform})

    @rule(answer=st.sampled_from([GateAnswer.YES, GateAnswer.NOT_SURE]),
          concern=st.sampled_from(Concern))  # fmt: skip
    def hold_back(self, answer: GateAnswer, concern: Concern) -> None:
        before = {item.id for item in list_items(self.workspace, self.incident_id)}
        answered = keep_out(
            self.workspace, self.incident_id, answer, [HELD], concern, "A picture, we are told"
        )
        self.barred.append(answered.statement_id)
        now = {item.id for item in list_items(self.workspace, self.incident_id)}
        self.held += now - before

    @precondition(lambda self: self.barred)
    @rule(number=BIG, reason=REASONS)
    def correct(self, number: int, reason: str) -> None:
        statement = self.barred[-1 - number % len(self.barred)]
        given = self.workspace.log.evidence.statement(statement)
        with suppress(AppError):
            correct_statement(self.workspace, self.incident_id, statement, GateAnswer.NO, reason)
            assert reason.strip()
            assert given is not None
            assert given.answer is not GateAnswer.YES, "confirmed material has no override"

    @precondition(lambda self: self.barred)
    @rule(number=BIG)
    def try_to_get_at_what_is_held_back(self, number: int) -> None:
        statement = self.barred[number % len(self.barred)]
        contents = len(self.workspace.log.evidence.contents())
        log, incident = self.workspace, self.incident_id
        with watching() as opened:
            with pytest.raises(StatementNeeded):
                look_inside(log, incident, statement, [self.trap], ignore, never)
            with pytest.raises(StatementNeeded):
                add_file(log, incident, statement, self.trap, Method.FOLDER, ignore, never)
            for one in self.held:
                with pytest.raises(HeldBack):
                    open_item(log, one, ignore, never)
                assert make_thumbnail(log, one, 64, ignore, never).picture is None
        assert opened == []
        assert len(self.workspace.log.evidence.contents()) == contents

    def items(self) -> list[EvidenceItem]:
        return self.workspace.log.evidence.exhibits(self.incident_id)

    def check_what_is_held_back(self, items: list[EvidenceItem]) -> None:
        held = [item for item in items if item.id in self.held]
        assert len(held) == len(self.held)
        for item in held:
            assert item.state is ItemState.HELD_BACK
            assert (item.content_id, item.fingerprint) == (None, None)
        kept = {item.content_id for item in items if item.content_id}
        assert {row.id for row in self.workspace.log.evidence.contents()} == kept
