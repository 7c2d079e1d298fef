"""What came with a mail is read by its place; what has no place of its own does not come out."""

from desktop.domain.evidence.shown import Attachment
from desktop.operations.evidence.look_inside import label_each
from desktop.operations.evidence.open_mail import list_attached, read_attached
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_mail


def test_what_came_with_a_mail_is_read_by_its_place(workspace: Workspace) -> None:
    mail = a_mail()
    (one,) = list_attached(workspace, mail, "message.eml")
    assert read_attached(workspace, mail, one) == b"x" * 900
    assert read_attached(workspace, mail, Attachment("a", "image/png", 1)) == b""


def test_labels_tell_names_apart() -> None:
    assert label_each(["a", "b", "a", "a"]) == ("a", "b", "a (2)", "a (3)")
    assert label_each(["a", "a", "a (2)"]) == ("a", "a (2)", "a (2) (2)")
    assert label_each(["a (2)", "a", "a"]) == ("a (2)", "a", "a (3)")
    assert label_each(["a  b", " a b", " "]) == ("a b", "a b (2)", "something without a name")
