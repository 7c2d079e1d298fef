"""A further keyholder of a log on disk, and the words and keys that open it for them."""

from desktop.domain.identifiers import ContentId, KeyholderId
from desktop.domain.log.recovery import SECRET_BYTES, recovery_key_text
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.keys.keep_keyholders import add_keyholder
from desktop.operations.workspace import Workspace
from desktop.store.evidence_table import ContentRow
from tests.clocks import FrozenClock

SECOND = "two herons by a mill"
THIRD = "a third one, with rain"
NEW_KEY = recovery_key_text(bytes(reversed(range(SECRET_BYTES))))


def add(
    workspace: Workspace,
    passphrase: str = SECOND,
    name: str = "Dee Putty",
    role: KeyholderRole = KeyholderRole.DEPUTY,
) -> KeyholderId:
    assert isinstance(workspace.clock, FrozenClock)
    workspace.clock.advance(seconds=1)
    add_keyholder(
        workspace,
        name=f" {name} ",
        title="Deputy",
        initials="DXP",
        role=role,
        shown_as="",
        passphrase=passphrase,
    )
    return next(row.id for row in workspace.log.keyholders.all() if row.name == name)


def keep(workspace: Workspace, name: str, content: bytes) -> int:
    stored = workspace.contents.write([content], ContentId(name))
    workspace.log.evidence.insert_content(
        ContentRow(
            id=ContentId(name), file_number=stored.file_number, fingerprint=stored.fingerprint
        )
    )
    return stored.file_number
