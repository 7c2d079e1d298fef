"""Which documented policy an organisation follows, and all that it says: roles, duties, clocks."""

from dataclasses import dataclass

from desktop.domain.contacts import Recipient
from desktop.domain.incidents import Category
from desktop.domain.steps.procedures import Authority, Basis

Lines = tuple[Authority, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What this organisation calls a role; `several`: the policy speaks of more than one."""

    role: str
    title: str
    lines: Lines
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What the policy obliges somebody to, beyond the steps of an incident.

    `who` is a role, `every` how often it comes up again ('' if it simply always holds), `place`
    where this program helps with it ('' if it cannot).
    """

    id: str
    title: str
    text: str
    who: str
    lines: Lines
    every: str = ""
    place: str = ""

    @property
    def is_standing(self) -> bool:
        """Whether somebody has to see to it again and again, incident or not."""
        return bool(self.every)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A deadline that runs under this policy, by its id in the register (D1 …).

    `starts` says in words from when it counts; `note` what to know of it. `switch` names a rule
    that is not certain: it runs only while that is on.
    """

    id: str
    text: str
    basis: Basis
    lines: Lines
    starts: str = ""
    note: str = ""
    switch: str = ""

    @property
    def reference(self) -> str:
        """Return what it rests on, first of all."""
        return self.lines[0].reference if self.lines else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What the policy means by a word."""

    term: str
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryOrigin:
    """A category of incident as this policy speaks of it."""

    category: Category
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLaw:
    """A law or piece of guidance that the policy names; `law` is its id in the list of laws."""

    law: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is out of date, in conflict or missing in the policy, and what is done here instead."""

    id: str
    title: str
    correction: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Whom this policy adds to those a step tells anyway."""

    step: str
    recipients: tuple[Recipient, ...]
    lines: Lines


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
    `standing` are the procedures that belong to the organisation as a whole.
    """

    id: str
    title: str
    sources: tuple[str, ...]
    checked: str
    note: str
    meaning: str = ""
    titles: tuple[Title, ...] = ()
    duties: tuple[Duty, ...] = ()
    limits: tuple[Limit, ...] = ()
    definitions: tuple[Definition, ...] = ()
    categories: tuple[CategoryOrigin, ...] = ()
    laws: tuple[NamedLaw, ...] = ()
    slips: tuple[Slip, ...] = ()
    tells: tuple[Tell, ...] = ()
    services: tuple[Service, ...] = ()
    standing: tuple[str, ...] = ()

    def title_of(self, role: str) -> str:
        """Return what a role is called here; the role itself where the policy is silent."""
        return next((one.title for one in self.titles if one.role == role), role)

    @property
    def standing_duties(self) -> tuple[Duty, ...]:
        """Return the duties that come up again and again."""
        return tuple(one for one in self.duties if one.is_standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Everywhere:
    """What holds under every policy: deadlines and categories of law and guidance, services."""

    limits: tuple[Limit, ...]
    categories: tuple[CategoryOrigin, ...]
    services: tuple[Service, ...]
    standing: tuple[str, ...]
