"""Each keyholder says for themselves whether everything is covered."""

from dataclasses import replace

from desktop.domain.changes import Topic
from desktop.domain.identifiers import KeyholderId
from desktop.operations.evidence.keep_covering import cover_all, covers_all
from desktop.operations.workspace import Workspace


def test_covering_all_is_kept_for_one_keyholder(workspace: Workspace) -> None:
    other = replace(workspace, keyholder=replace(workspace.keyholder, id=KeyholderId("other")))
    assert not covers_all(workspace)
    assert cover_all(workspace, wanted=True).touch(None, Topic.EVIDENCE)
    assert covers_all(workspace)
    assert not covers_all(other)
    cover_all(workspace, wanted=False)
    assert not covers_all(workspace)
