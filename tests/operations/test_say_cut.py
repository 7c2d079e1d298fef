"""What a lock cut short is told at the next unlock, once."""

from desktop.operations.say_cut import cut_short, say_cut
from desktop.operations.show_today import show_today
from desktop.operations.workspace import Workspace


def test_what_was_cut_short_is_told_on_today(workspace: Workspace) -> None:
    assert cut_short(workspace) == ()
    say_cut(workspace, "Adding chat.txt")
    say_cut(workspace, "Adding two\nlines.png")
    told = (
        "Adding chat.txt: stopped when the log locked. Nothing of it was kept.",
        "Adding two lines.png: stopped when the log locked. Nothing of it was kept.",
    )
    assert cut_short(workspace) == told
    assert show_today(workspace).unfinished_jobs == told


def test_it_is_told_until_the_next_lock(workspace: Workspace) -> None:
    say_cut(workspace, "Adding chat.txt")
    say_cut(workspace, "")
    assert cut_short(workspace) == ()
    say_cut(workspace, "")
    assert show_today(workspace).unfinished_jobs == ()
