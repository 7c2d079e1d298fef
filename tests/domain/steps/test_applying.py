from dataclasses import replace

from desktop.domain.steps.applying import calls_for, no_longer, wanted
from desktop.domain.steps.facts import Running
from desktop.domain.steps.procedures import Scope
from tests.situations import procedures, running

P02, S4 = procedures()["P02"], procedures()["S4"]
SITE = frozenset({"always", "T8=site"})


def attached(procedure_id: str, *facts: str) -> Running:
    """Return a running checklist that these facts attached."""
    one = running(procedure_id)
    return replace(one, checklist=replace(one.checklist, attached_with=facts))


def gone(*live: Running, facts: frozenset[str]) -> list[str]:
    return [one.procedure_id for one in no_longer(live, facts)]


def test_a_procedure_names_the_facts_that_call_for_it() -> None:
    assert calls_for(P02, SITE) == ("T8=site",)
    assert calls_for(P02, frozenset({"T8=own"})) == ()


def test_what_runs_or_belongs_to_the_organisation_does_not_join() -> None:
    assert [one.id for one in wanted({"P02": P02}, (), SITE)] == ["P02"]
    assert wanted({"P02": P02}, [running("P02").checklist], SITE) == ()
    whole = replace(P02, scope=Scope.ORGANISATION)
    assert wanted({"P02": whole}, (), SITE) == ()


def test_what_leads_joins_first() -> None:
    found = wanted({"P02": P02, "P00": procedures()["P00"]}, (), SITE)
    assert [one.id for one in found] == sorted(
        ["P00", "P02"], key=lambda name: procedures()[name].order
    )


def test_what_was_ended_joins_only_by_what_is_new() -> None:
    ended = running("P02", ended="Not theirs").checklist
    held = replace(ended, ended_with=("T8=site",))
    assert wanted({"P02": P02}, [held], SITE) == ()
    assert wanted({"P02": P02}, [held], SITE, frozenset({"T8=site"})) == (P02,)
    assert wanted({"P02": P02}, [replace(held, ended_with=())], SITE) == (P02,)
    # An older log did not keep why: only what is answered anew counts.
    assert wanted({"P02": P02}, [ended], SITE) == ()
    assert wanted({"P02": P02}, [held], frozenset({"always"}), frozenset({"T8=own"})) == ()


def test_parts_go_with_the_last_procedure_that_uses_them() -> None:
    whole, part = attached("P02", "T8=site"), attached("S4", "running:P02")
    assert gone(whole, part, facts=SITE) == []
    assert gone(whole, part, facts=frozenset({"always"})) == ["P02", "S4"]
    assert gone(part, facts=SITE) == ["S4"]


def test_what_is_ended_or_was_attached_by_hand_is_not_offered() -> None:
    assert gone(attached("P02"), facts=frozenset()) == []
    assert gone(running("P02", ended="Not theirs"), facts=frozenset()) == []


def test_a_checklist_of_an_older_log_is_judged_by_its_procedure() -> None:
    assert gone(running("P02"), facts=frozenset()) == ["P02"]
    assert gone(running("P02"), facts=SITE) == []
    by_hand = replace(running("S4"), procedure=replace(S4, attached_by=()))
    assert gone(by_hand, facts=frozenset()) == []


def test_a_fact_that_attached_it_keeps_it_where_the_text_names_another() -> None:
    sealed = attached("P03", "item-sealed")
    assert gone(sealed, facts=frozenset({"item-sealed"})) == []
    assert gone(sealed, facts=frozenset()) == ["P03"]
