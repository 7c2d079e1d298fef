"""Rules that are not certain in law: off until checked, with what to check and what on means."""

from dataclasses import dataclass

from desktop.domain.policy.policies import Lines
from desktop.domain.policy.policy_text import read_lines, read_whole
from desktop.domain.toml_table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One rule: the question to settle, where the answer stands, and what turning it on does."""

    id: str
    title: str
    check: str
    where: str
    effect: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """All of them, in the order in which they are shown."""

    checked: str
    switches: tuple[Switch, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids that steps and rules may name."""
        return frozenset(one.id for one in self.switches)

    def switch(self, switch_id: str) -> Switch:
        """Return the switch with this id; raises KeyError."""
        for one in self.switches:
            if one.id == switch_id:
                return one
        raise KeyError(switch_id)


def parse_switches(text: str, file_name: str) -> Switches:
    """Return the switches written in `text`; raises ProcedureInvalid with all its problems."""
    return read_whole(text, file_name, _read_switches)


def _read_switches(table: Table) -> Switches:
    return Switches(
        checked=table.day("checked"),
        switches=table.tables("switches", "switch", _read_switch, unique="id"),
    )


def _read_switch(table: Table) -> Switch:
    return Switch(
        id=table.text("id"),
        title=table.text("title"),
        check=table.text("check"),
        where=table.text("where"),
        effect=table.text("effect"),
        lines=read_lines(table),
    )
