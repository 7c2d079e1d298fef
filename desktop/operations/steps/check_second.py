"""Who checked a step with the keyholder: a colleague, a named witness, or nobody and why."""

import re
from dataclasses import dataclass, field

from desktop.domain.errors import NotAllowed
from desktop.domain.identifiers import KeyholderId
from desktop.domain.steps.recording import ALONE, SECOND_HOW, SECOND_PERSON
from desktop.operations.keys.second_person import SecondPerson, name_second
from desktop.operations.workspace import Workspace

_PASSPHRASE = "with their own passphrase"  # noqa: S105 (words, no secret)
_WITNESS = "as a named witness"
_ROLE_FOLLOWS = re.compile(r"[,;:(/]|\s[-\u2013\u2014]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCheck:
    """A keyholder with their passphrase, or a witness who is none, or why there is nobody."""

    keyholder_id: KeyholderId | None = None
    passphrase: str = field(default="", repr=False)
    witness: str = ""
    alone_reason: str = ""


def say_second(workspace: Workspace, second: SecondCheck | None) -> dict[str, str]:
    """Return what is kept of a second person's check, once it is proved; {} where nothing is said.

    Raises WrongPassphrase, SecondPersonNeeded, or NotAllowed for a witness who is a keyholder.
    """
    if second is None:
        return {}
    if second.keyholder_id is not None:
        asked = SecondPerson(keyholder_id=second.keyholder_id, passphrase=second.passphrase)
        return {SECOND_PERSON: name_second(workspace, asked), SECOND_HOW: _PASSPHRASE}
    witness = " ".join(second.witness.split())
    if witness:
        need_outsider(workspace, witness)
        return {SECOND_PERSON: witness, SECOND_HOW: _WITNESS}
    reason = second.alone_reason.strip()
    return {ALONE: reason} if reason else {}


def need_outsider(workspace: Workspace, witness: str, *also: str) -> None:
    """Raise NotAllowed where the name, before the role that is asked for too, is a keyholder's.

    `also` are names of others who cannot be the witness.
    """
    keyholders = [row.name for row in workspace.log.keyholders.current()]
    if any(is_named(name, witness) for name in (*keyholders, *also)):
        raise NotAllowed("a keyholder checks with their own passphrase")


def is_named(name: str, text: str) -> bool:
    """Say whether somebody stands in a text, before the role: also as “Dr Pat Smith DSL”.

    Who has a single name is not taken for everybody who has it too.
    """
    words = name.casefold().split()
    before = _ROLE_FOLLOWS.split(" ".join(text.split()))[0].casefold().split()
    if len(words) < 2:  # noqa: PLR2004 - a single name
        return bool(words) and before == words
    ends = range(len(words), len(before) + 1)
    return any(before[end - len(words) : end] == words for end in ends)
