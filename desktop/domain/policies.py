"""Which documented policy an organisation follows: titles, deadlines that run, whom to reach."""

from dataclasses import dataclass

from desktop.domain.contacts import Recipient
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.procedure_checks import ACTORS
from desktop.domain.procedures import Basis
from desktop.domain.toml_table import Table, open_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What this organisation calls a role."""

    role: str
    title: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A deadline that runs under this policy, by its id in the register."""

    id: str
    text: str
    basis: Basis
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Somebody to reach; `address` only for public services, the rest is filled in locally."""

    recipient: Recipient
    label: str
    address: str
    last_checked: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy profile. It renames roles and adds deadlines and contacts, never removes a stop.

    `sources` are the policies that it follows (S000 …): the deadlines that these set run.
    """

    id: str
    title: str
    sources: tuple[str, ...]
    checked: str
    note: str
    titles: tuple[Title, ...]
    limits: tuple[Limit, ...]
    services: tuple[Service, ...]

    def title_of(self, role: str) -> str:
        """Return what a role is called here; the role itself where the policy is silent."""
        return next((one.title for one in self.titles if one.role == role), role)


def parse_policy(text: str, file_name: str) -> Policy:
    """Return the profile written in `text`; raises ProcedureInvalid with all its problems."""
    problems: list[str] = []
    table = open_table(text, file_name, problems)
    policy = Policy(
        id=table.text("id"),
        title=table.text("title"),
        sources=table.texts("sources"),
        checked=table.text("checked"),
        note=table.text("note", ""),
        titles=table.tables("titles", "title", _read_title),
        limits=table.tables("limits", "limit", _read_limit),
        services=table.tables("services", "service", _read_service),
    )
    table.finish()
    if problems:
        raise ProcedureInvalid(tuple(problems))
    return policy


def _read_title(table: Table) -> Title:
    role = table.text("role")
    if role and role not in ACTORS:
        table.say(f"the role {role} is not known", f"Use one of: {', '.join(sorted(ACTORS))}")
    return Title(role=role, title=table.text("title"), reference=table.text("reference"))


def _read_limit(table: Table) -> Limit:
    return Limit(
        id=table.text("id"),
        text=table.text("text"),
        basis=table.one_of("basis", Basis, Basis.LOCAL),
        reference=table.text("reference"),
    )


def _read_service(table: Table) -> Service:
    service = Service(
        recipient=table.one_of("recipient", Recipient, Recipient.OTHER),
        label=table.text("label"),
        address=table.text("address", ""),
        last_checked=table.text("last_checked", ""),
        hint=table.text("hint", ""),
    )
    if service.address and not service.last_checked:
        table.say("an address has no date", 'Add last_checked = "2026-11-20"')
    return service
