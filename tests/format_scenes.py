"""The views of a chat, of an archive, of a recording and of a saved page."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Topic, changed
from desktop.domain.evidence.chats import ChatView, DayOrder, OrderKnown, Phone
from desktop.domain.evidence.inside import InsideName, Listed
from desktop.domain.evidence.items import ItemState
from desktop.domain.evidence.shown import ListingView, MediaTrack, MediaView, PageTextView, Shown
from desktop.operations.evidence.view_evidence import ItemContent, list_items
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.incident.incident_page import IncidentPage
from tests.stage import Stage

_THREAT = (
    "I know where you sit at lunch. Everybody will have seen it by then, and nobody is going to "
    "stop it, so you may as well do as you are told."
)
_SAID = (
    ("Night Owl", "You will see what happens on Monday."),
    ("Sam", "Leave me alone"),
    ("Night Owl", _THREAT),
    ("Sam", "I am telling somebody"),
)
CHAT = ChatView(
    times=tuple(f"2026-{4 + n // 8:02d}-11T21:{n:02d}:00" for n in range(16)),
    writers=tuple(_SAID[n % 4][0] for n in range(16)),
    texts=tuple(_SAID[n % 4][1] for n in range(16)),
    names=("",) * 16,
    order=DayOrder.AMBIGUOUS,
    known=OrderKnown.NOT_KNOWN,
    phone=Phone.ANDROID,
    left_out=3,
)
NAMES = (
    InsideName("photos/holiday.jpg", "image/jpeg", 2_048_000),
    InsideName("notes.txt", "text/plain", 812),
)
LISTING = ListingView(names=NAMES, listed=Listed.PART, facts=(("Author", "A. Example"),))
RECORDING = MediaView(
    (
        MediaTrack("The recording", (("Kind", "MPEG-4"), ("Made", "2026-11-14 21:03:00 UTC"))),
        MediaTrack("Sound", (("Kind", "AAC"), ("Channels", "1"))),
    )
)
PAGE = PageTextView(
    title="A thread",
    saved_from="https://forum.example.org/thread/17",
    claimed_address="https://forum.example.org/thread/17",
    saved_by="Saved by Blink",
    saved_at="Sat, 14 Nov 2026 21:03:00 GMT",
    text="You will see.\nI know where you sit at lunch.",
    inside=NAMES,
)


def _show(shown: Shown, stage: Stage) -> QWidget:
    """Show an item as if this were what can be shown of it."""
    stage.open_log()
    stage.desk.open_incident(stage.incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    items = stage.perform(partial(list_items, incident_id=stage.incident_id))
    item = next(one for one in items if one.state is ItemState.KEPT)
    viewer = ItemViewer(stage.session, item, page)
    viewer.look()
    stage.settle()
    viewer._put_away()
    given = ItemContent(
        item=item,
        content=b"",
        checked=True,
        checked_at=stage.session.clock.now(),
        shown=shown,
        changes=changed(Topic.EVIDENCE),
    )
    viewer._on_opened(given)
    stage.settle()
    return viewer


FORMAT_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("viewer-chat", partial(_show, CHAT)),
    ("viewer-listing", partial(_show, LISTING)),
    ("viewer-recording", partial(_show, RECORDING)),
    ("viewer-saved-page", partial(_show, PAGE)),
)
