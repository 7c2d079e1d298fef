"""Reads kept content back through the running session, to compare it with what was shown."""

import hashlib
from collections.abc import Callable
from functools import partial

from desktop.operations.workspace import Workspace
from desktop.ui.session import Session
from tests.end_to_end.hands import Hands


def content_of(session: Session, hands: Hands, mark: str) -> bytes:
    """Return the bytes kept under an exhibit mark; they must have the hash that was noted."""
    answers: list[bytes] = []
    session.run_long(hands, partial(_read, mark), answers.append)
    return hands.wait(f"the content of {mark}", lambda: answers[0] if answers else None)


def _read(
    mark: str,
    workspace: Workspace,
    _progress: Callable[[float], None],
    _cancelled: Callable[[], bool],
) -> bytes:
    items = workspace.on_log(workspace.log.evidence.items)
    (item,) = [one for one in items if str(one.mark) == mark]
    content_id, fingerprint = item.content_id, item.fingerprint
    assert content_id
    assert fingerprint
    row = workspace.on_log(lambda: workspace.log.evidence.content(content_id))
    assert row
    content = b"".join(workspace.contents.read(content_id, row.file_number))
    assert hashlib.sha256(content).hexdigest() == fingerprint.sha256
    return content
