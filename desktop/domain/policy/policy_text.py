"""Reads policy profiles from their TOML text, strictly: every problem found is said at once."""

from collections.abc import Callable
from typing import TypeVar

from desktop.domain.contacts import Recipient
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.incidents import Category
from desktop.domain.policy.policies import (
    CategoryOrigin,
    Definition,
    Duty,
    Everywhere,
    Limit,
    Lines,
    NamedLaw,
    Policy,
    Service,
    Slip,
    Tell,
    Title,
)
from desktop.domain.steps.procedure_checks import ACTORS, OWN_WORDS, reference_problem
from desktop.domain.steps.procedures import POLICY_SOURCES, Authority, Basis
from desktop.domain.toml_table import Table, open_table

Whole = TypeVar("Whole")


def parse_policy(text: str, file_name: str, everywhere: Everywhere | None = None) -> Policy:
    """Return the profile written in `text`, with what holds `everywhere` behind its own.

    Raises ProcedureInvalid with all its problems.
    """
    common = everywhere or Everywhere(limits=(), categories=(), services=(), standing=())
    return read_whole(text, file_name, lambda table: _read_policy(table, common))


def parse_everywhere(text: str, file_name: str) -> Everywhere:
    """Return what holds under every policy; raises ProcedureInvalid with all its problems."""
    return read_whole(text, file_name, _read_everywhere)


def read_whole(text: str, file_name: str, build: Callable[[Table], Whole]) -> Whole:
    """Read a whole file with `build`; raises ProcedureInvalid with all its problems."""
    problems: list[str] = []
    table = open_table(text, file_name, problems)
    whole = build(table)
    table.finish()
    if problems:
        raise ProcedureInvalid(tuple(problems))
    return whole


def read_lines(table: Table) -> Lines:
    """Take the lines that an entry rests on: references with their quotes, at least one."""
    lines = table.tables("lines", "line", _read_line)
    if not lines:
        table.say("it names no line", 'Add lines = [{ reference = "S003:19", quote = "…" }]')
    return lines


def _read_policy(table: Table, everywhere: Everywhere) -> Policy:
    limits = table.tables("limits", "limit", _read_limit, unique="id")
    own = {one.id for one in limits}
    categories = table.tables("categories", "category", _read_category, unique="category")
    seen = {one.category for one in categories}
    return Policy(
        id=table.text("id"),
        title=table.text("title"),
        sources=_read_sources(table),
        checked=table.day("checked"),
        note=table.text("note", ""),
        meaning=table.text("meaning", ""),
        titles=table.tables("titles", "title", _read_title, unique="role"),
        duties=table.tables("duties", "duty", _read_duty, unique="id"),
        limits=(*limits, *(one for one in everywhere.limits if one.id not in own)),
        definitions=table.tables("definitions", "definition", _read_definition, unique="term"),
        categories=(
            *categories,
            *(one for one in everywhere.categories if one.category not in seen),
        ),
        laws=table.tables("laws", "law", _read_law, unique="law"),
        slips=table.tables("slips", "slip", _read_slip, unique="id"),
        tells=table.tables("tells", "tell", _read_tell, unique="step"),
        services=(*table.tables("services", "service", _read_service), *everywhere.services),
        standing=tuple(dict.fromkeys((*table.texts("standing"), *everywhere.standing))),
    )


def _read_sources(table: Table) -> tuple[str, ...]:
    """Take the policies that a profile follows: under a wrong one no deadline would run."""
    sources = table.texts("sources")
    for source in sources:
        if source not in POLICY_SOURCES:
            known = ", ".join(POLICY_SOURCES)
            table.say(f"the policy {source} is not known", f"Use one of: {known}")
    if not sources:
        table.say("it follows no policy", 'Add sources = ["S003"]')
    return sources


def _read_everywhere(table: Table) -> Everywhere:
    return Everywhere(
        limits=table.tables("limits", "limit", _read_limit, unique="id"),
        categories=table.tables("categories", "category", _read_category, unique="category"),
        services=table.tables("services", "service", _read_service),
        standing=table.texts("standing"),
    )


def _read_line(table: Table) -> Authority:
    line = Authority(
        reference=table.text("reference"),
        quote=table.text("quote", ""),
        note=table.text("note", ""),
        unsure=table.text("unsure", ""),
    )
    problem = reference_problem(line.reference)
    if problem:
        table.say(*problem)
    if line.reference in OWN_WORDS and (line.quote or not line.note):
        table.say(
            f"the line “{line.reference}” is nobody's words",
            "Leave out the quote and say it in a note",
        )
    return line


def _read_title(table: Table) -> Title:
    return Title(
        role=_read_role(table, "role"),
        title=table.text("title"),
        lines=read_lines(table),
        several=table.truth("several", default=False),
    )


def _read_role(table: Table, key: str) -> str:
    role = table.text(key)
    if role and role not in ACTORS:
        table.say(f"the role {role} is not known", f"Use one of: {', '.join(sorted(ACTORS))}")
    return role


def _read_duty(table: Table) -> Duty:
    return Duty(
        id=table.text("id"),
        title=table.text("title"),
        text=table.text("text"),
        who=_read_role(table, "who"),
        lines=read_lines(table),
        every=table.text("every", ""),
        place=table.text("place", ""),
    )


def _read_limit(table: Table) -> Limit:
    return Limit(
        id=table.text("id"),
        text=table.text("text"),
        basis=table.one_of("basis", Basis, Basis.LOCAL),
        lines=read_lines(table),
        starts=table.text("starts", ""),
        note=table.text("note", ""),
        switch=table.text("switch", ""),
    )


def _read_definition(table: Table) -> Definition:
    return Definition(term=table.text("term"), text=table.text("text"), lines=read_lines(table))


def _read_category(table: Table) -> CategoryOrigin:
    return CategoryOrigin(
        category=table.one_of("category", Category, Category.OTHER),
        text=table.text("text"),
        lines=read_lines(table),
    )


def _read_law(table: Table) -> NamedLaw:
    return NamedLaw(law=table.text("law"), lines=read_lines(table))


def _read_slip(table: Table) -> Slip:
    return Slip(
        id=table.text("id"),
        title=table.text("title"),
        correction=table.text("correction"),
        lines=read_lines(table),
    )


def _read_tell(table: Table) -> Tell:
    tell = Tell(
        step=table.text("step"),
        recipients=table.some_of("recipients", Recipient),
        lines=read_lines(table),
    )
    if not tell.recipients:
        table.say("it tells nobody", "Name the recipients")
    return tell


def _read_service(table: Table) -> Service:
    service = Service(
        recipient=table.one_of("recipient", Recipient, Recipient.OTHER),
        label=table.text("label"),
        address=table.text("address", ""),
        last_checked=table.day("last_checked", ""),
        hint=table.text("hint", ""),
    )
    if service.address and not service.last_checked:
        table.say("an address has no date", 'Add last_checked = "2026-11-20"')
    return service
