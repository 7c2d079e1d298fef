"""What was sealed is found by its hash and by its size, and stays in the order of sealing."""

from desktop.domain.evidence.items import Fingerprint
from desktop.operations.workspace import Workspace
from desktop.store.sealed_content_table import SealedContentRow


def test_rows_are_found_and_listed(workspace: Workspace) -> None:
    sealed, at = workspace.log.sealed, workspace.now()
    rows = [
        SealedContentRow(fingerprint=Fingerprint(digit * 64, 7), at=at, by="Pat", reason="Seen")
        for digit in "ba"
    ]
    for row in rows:
        sealed.insert(row)
    assert sealed.all() == rows
    assert sealed.find("a" * 64) == rows[1]
    assert sealed.find("c" * 64) is None
    assert sealed.has_size(7)
    assert not sealed.has_size(8)
