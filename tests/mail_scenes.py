"""The parts of a mail in the viewer: what came with it, its path, the facts for the provider."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Topic, changed
from desktop.domain.evidence.items import ItemState
from desktop.domain.evidence.shown import Attachment, MailCheck, MailHop, MailView
from desktop.operations.evidence.view_evidence import ItemContent, list_items
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.incident.incident_page import IncidentPage
from tests.stage import Stage

HOPS = (
    MailHop(
        text="",
        by="store.school.example",
        claimed="mx.school.example",
        seen_address="10.0.0.7",
        at="2026-11-13T19:02:09+00:00",
        delay=2,
    ),
    MailHop(
        text="",
        by="mx.school.example",
        claimed="out7.mail.example",
        seen_name="out7.mail.example",
        seen_address="192.0.2.7",
        at="2026-11-13T19:02:07+00:00",
        delay=-131,
    ),
    MailHop(
        text="",
        by="web.mail.example",
        claimed="laptop",
        seen_address="198.51.100.9",
        at="2026-11-13T20:04:18+01:00",
    ),
)
VIEW = MailView(
    headers=(
        ("From", "Night Owl <owl77@mail.example>"),
        ("Reply-To", "owl77b@other.example"),
        ("Return-Path", "<owl77@mail.example>"),
        ("To", "learner@school.example"),
        ("Date", "Fri, 13 Nov 2026 20:04:11 +0100"),
        ("Subject", "you will see"),
        ("Message-ID", "<20261113200411.77@mail.example>"),
    ),
    received=(),
    body="You will see what happens on Monday.",
    attachments=(
        Attachment("photo.png", "image/png", 48_213, 0),
        Attachment("forwarded message.eml", "message/rfc822", 3_120, 1),
    ),
    hops=HOPS,
    checks=(
        MailCheck("spf", "pass", "mail.example", "mx.school.example"),
        MailCheck("dkim", "none", "", "mx.school.example"),
        MailCheck("dmarc", "fail", "mail.example", "mx.school.example"),
    ),
    other_words="You will see what happens on Monday. Look behind you.",
)


def mail_view(stage: Stage) -> ItemViewer:
    """Show an item as if it were this mail, and another as if it had come inside it."""
    stage.open_log()
    stage.desk.open_incident(stage.incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    items = stage.perform(partial(list_items, incident_id=stage.incident_id))
    kept = [one for one in items if one.state is ItemState.KEPT]
    photo = replace(kept[-1], inside_id=kept[0].id, original_name="photo.png")
    viewer = ItemViewer(stage.session, kept[0], page, [kept[0], photo])
    viewer.look()
    stage.settle()
    viewer._put_away()
    given = ItemContent(
        item=kept[0],
        content=b"",
        checked=True,
        checked_at=stage.session.clock.now(),
        shown=VIEW,
        changes=changed(Topic.EVIDENCE),
    )
    viewer._on_opened(given)
    stage.settle()
    return viewer


def _part(tab: str, stage: Stage) -> QWidget:
    viewer = mail_view(stage)
    stage.press(f"{tab}Tab", viewer)
    stage.settle()
    return viewer


MAIL_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("mail-words", partial(_part, "mailWords")),
    ("mail-attached", partial(_part, "mailAttached")),
    ("mail-path", partial(_part, "mailPath")),
    ("mail-facts", partial(_part, "mailFacts")),
)
