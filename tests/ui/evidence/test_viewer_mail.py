"""A mail is shown in parts: words, what came with it, its path, the facts for its provider."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.changes import Topic, changed
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.evidence.mail_meaning import ALWAYS
from desktop.domain.evidence.shown import MailCheck, MailHop, MailView
from desktop.domain.identifiers import ItemId
from desktop.operations.evidence.view_evidence import ItemContent
from desktop.ui.evidence.opened import Opened
from desktop.ui.evidence.viewer import wipe_all
from desktop.ui.evidence.viewer_mail import (
    ALSO_HTML,
    LEFT_OUT,
    NO_WORDS,
    NOT_OPENED,
    REDUCED,
    MailContentView,
    mail_words,
)
from desktop.ui.evidence.viewer_mail_path import NO_CHECKS, say_hop, say_when
from desktop.ui.evidence.viewer_words import SHORTENED, WordsView
from desktop.ui.session import Session
from tests.evidence_pieces import a_mail
from tests.intake.outlook_files import a_message, write_compound
from tests.mail_scenes import HOPS, VIEW
from tests.ui.handles import click, find
from tests.ui.looks import Look, of

EMPTY = MailView(headers=(), received=(), body="", attachments=())


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


class Shown:
    """The view of a mail beside an item, with one item that came inside it."""

    def __init__(
        self,
        qtbot: QtBot,
        look: Look,
        session: Session,
        view: MailView,
        method: Method = Method.DROP,
    ) -> None:
        self.gone_to: list[ItemId] = []
        content = ItemContent(
            item=replace(look.item, method=method),
            content=b"",
            checked=True,
            checked_at=session.clock.now(),
            shown=view,
            changes=changed(Topic.EVIDENCE),
        )
        photo = replace(look.item, id=ItemId("photo"), original_name="photo.png")
        opened = Opened(
            session=session, content=content, inside=(photo,), go_to=self.gone_to.append
        )
        self.view = MailContentView(opened, look.window)
        self.view.resize(800, 600)
        self.view.show()
        qtbot.waitExposed(look.window)


@of("a.txt", b"x")
def test_each_part_has_a_tab(look: Look, session: Session, qtbot: QtBot) -> None:
    view = Shown(qtbot, look, session, VIEW).view
    tabs = [find(view, QPushButton, f"{name}Tab").text() for name in (
        "mailWords", "mailAttached", "mailPath", "mailFacts",
    )]  # fmt: skip
    assert tabs == ["&Words", "A&ttached (2)", "Pat&h and checks (3)", "&For the provider"]
    assert view.tabs.current() is view.words_view
    assert view.focusProxy() is view.words_view
    assert "Reply-To: owl77b@other.example" in view.words_view.toPlainText()


@of("a.txt", b"x")
def test_attached_is_named_and_leads_to_its_item(
    look: Look, session: Session, qtbot: QtBot
) -> None:
    shown = Shown(qtbot, look, session, VIEW)
    click(shown.view, "mailAttachedTab")
    said = words(shown.view.attached_view)
    assert "photo.png\npicture, about 47 KiB" in said
    assert f"forwarded message.eml\ne-mail, about 3 KiB\n{NOT_OPENED}" in said
    click(shown.view, "mailAttached1Button")
    assert shown.gone_to == [ItemId("photo")]


@of("a.txt", b"x")
def test_path_is_told_from_the_first_step_with_what_stands_out(
    look: Look, session: Session, qtbot: QtBot
) -> None:
    view = Shown(qtbot, look, session, VIEW).view
    click(view, "mailPathTab")
    said = words(view.path_view)
    assert said.index("1.  13 Nov 2026, 20:04:18 +0100") < said.index("2.  13 Nov 2026, 19:02:07")
    assert "An answer would go to owl77b@other.example" in said
    assert "Handed over here" in said
    assert "DMARC failed" in said
    assert all(each in said for each in ALWAYS)


@of("a.txt", b"x")
def test_facts_are_copied_and_can_be_of_another_step(
    look: Look, session: Session, qtbot: QtBot
) -> None:
    view = Shown(qtbot, look, session, VIEW).view
    click(view, "mailFactsTab")
    click(view, "mailFactsCopyButton")
    copied = QGuiApplication.clipboard().text()
    assert "Internet address that handed it over: 192.0.2.7" in copied
    assert "learner" not in copied
    assert "Copied" in words(view.facts_view)
    click(view, "mailPathTab")
    find(view, QPushButton, "mailStep1Button").click()
    assert view.tabs.current() is view.facts_view
    assert "198.51.100.9" in view.facts_view.words_view.toPlainText()
    assert "Taken from step 1" in words(view.facts_view)
    assert "Copied" not in words(view.facts_view)


@of("a.txt", b"x")
def test_mail_without_anything_says_so(look: Look, session: Session, qtbot: QtBot) -> None:
    view = Shown(qtbot, look, session, EMPTY).view
    assert "Nothing was attached." in words(view.attached_view)
    assert "There is no path in this copy." in words(view.path_view)
    assert NO_CHECKS in words(view.path_view)
    assert "There is no path in this copy of the mail." in words(view.facts_view)


@of("a.txt", b"x")
def test_checks_without_end_are_counted(look: Look, session: Session, qtbot: QtBot) -> None:
    many = replace(VIEW, checks=(MailCheck("spf", "pass", "a.example", "b.example"),) * 15)
    assert "and 3 more" in words(Shown(qtbot, look, session, many).view.path_view)


@of("a.txt", b"x")
def test_nothing_of_the_mail_is_left_when_the_log_locks(
    look: Look, session: Session, qtbot: QtBot
) -> None:
    view = Shown(qtbot, look, session, VIEW).view
    wipe_all(view)
    left = words(view) + "".join(each.toPlainText() for each in view.findChildren(WordsView))
    assert "owl77" not in left
    assert "photo" not in left
    assert "192.0.2.7" not in left
    click(view, "mailFactsTab")
    click(view, "mailFactsCopyButton")
    assert "192" not in QGuiApplication.clipboard().text()


@of("a.eml", a_mail())
def test_viewer_shows_a_mail_that_was_taken_in(look: Look) -> None:
    viewer = look.open()
    assert isinstance(viewer.view, MailContentView)
    assert "photo.png" in words(viewer.view.attached_view)
    viewer.accept()


@of("a.msg", write_compound(a_message({0x0C1A: "Night Owl", 0x1000: "You will see."})))
def test_viewer_shows_a_mail_that_outlook_saved(look: Look) -> None:
    viewer = look.open()
    assert look.item.kind is ItemKind.MAIL
    assert isinstance(viewer.view, MailContentView)
    assert viewer.view.words_view.toPlainText().startswith("From: Night Owl")
    viewer.accept()


def test_words_say_what_is_left_out() -> None:
    view = replace(
        EMPTY,
        headers=(("From", "a"),),
        reduced=True,
        shortened=True,
        left_out=True,
        other_words="more",
    )
    assert mail_words(view).split("\n\n") == [
        LEFT_OUT, "From: a", REDUCED, NO_WORDS, SHORTENED, ALSO_HTML, "more",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hop", "said"),
    [
        (MailHop(text=""), "Within a server without a name"),
        (MailHop(text="", by="b.example"), "Within b.example"),
        (MailHop(text="", claimed="a", by="b"), "From a to b"),
        (MailHop(text="", seen_name="a", seen_address="::1"), "From a (seen as ::1) to a server"),
        (MailHop(text="", seen_address="::1", by="b"), "From ::1 to b"),
    ],
)
def test_step_is_said_as_far_as_it_is_known(hop: MailHop, said: str) -> None:
    assert say_hop(hop).startswith(said)


def test_time_of_a_step_is_said_with_its_delay() -> None:
    assert say_when(MailHop(text="")) == "No time that can be read"
    assert say_when(HOPS[0]) == "13 Nov 2026, 19:02:09 +0000  ·  2 s after the step before"
    assert say_when(HOPS[1]).endswith("clocks disagree by 2 min 11 s")


@of("a.txt", b"x")
def test_only_how_it_came_in_says_that_something_was_held_back(
    look: Look, session: Session, qtbot: QtBot
) -> None:
    forged = replace(VIEW, left_out=True)
    assert LEFT_OUT not in Shown(qtbot, look, session, forged).view.words_view.toPlainText()
    held = Shown(qtbot, look, session, VIEW, Method.REDUCED).view
    assert LEFT_OUT in held.words_view.toPlainText()
    assert "was held back" in words(held.path_view)
