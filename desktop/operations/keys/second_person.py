"""Who does something with the keyholder: another keyholder by passphrase, or a named witness."""

from dataclasses import dataclass, field

from desktop.domain.errors import ReasonNeeded, SecondPersonNeeded, WrongPassphrase
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.roles import may_write
from desktop.operations.keys.keep_passphrases import check_passphrase
from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPerson:
    """Who acts with the keyholder: another keyholder, or a named witness with the reason."""

    keyholder_id: KeyholderId | None = None
    passphrase: str = field(default="", repr=False)
    witness: str = ""
    witness_reason: str = ""


def list_seconds(workspace: Workspace) -> tuple[tuple[KeyholderId, str], ...]:
    """Return id and name of every other keyholder who may act together with this one."""
    return tuple(
        (row.id, f"{row.name}, {row.title}" if row.title else row.name)
        for row in workspace.log.keyholders.current()
        if row.id != workspace.keyholder.id and may_write(row.role)
    )


def name_second(workspace: Workspace, second: SecondPerson) -> str:
    """Return who the second keyholder is; raises SecondPersonNeeded or WrongPassphrase."""
    others = dict(list_seconds(workspace))
    if second.keyholder_id not in others:
        raise SecondPersonNeeded
    if not check_passphrase(workspace, second.keyholder_id, second.passphrase):
        raise WrongPassphrase
    return others[second.keyholder_id]


def name_witness(second: SecondPerson) -> tuple[str, str]:
    """Return the witness and why they stand in; raises SecondPersonNeeded or ReasonNeeded."""
    witness, reason = second.witness.strip(), second.witness_reason.strip()
    if not witness:
        raise SecondPersonNeeded
    if not reason:
        raise ReasonNeeded("a witness instead of a second keyholder")
    return witness, reason
