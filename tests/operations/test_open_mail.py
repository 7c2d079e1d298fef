"""What came with a mail is read by its place; what has no place of its own does not come out."""

from desktop.domain.shown import Attachment
from desktop.operations.open_mail import list_attached, read_attached
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_mail


def test_what_came_with_a_mail_is_read_by_its_place(workspace: Workspace) -> None:
    mail = a_mail()
    (one,) = list_attached(workspace, mail, "message.eml")
    assert read_attached(workspace, mail, one) == b"x" * 900
    assert read_attached(workspace, mail, Attachment("a", "image/png", 1)) == b""
