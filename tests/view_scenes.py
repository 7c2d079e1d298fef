"""The views of evidence: covered, byte by byte, pages, a long incident."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Topic, changed
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.evidence.shown import NotShown, TextView
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.view_evidence import ItemContent, list_items
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.incident.incident_page import IncidentPage
from tests.many_items import many_items
from tests.stage import Stage

MANY = 40
_LONG: WeakKeyDictionary[Stage, IncidentId] = WeakKeyDictionary()


def _page(stage: Stage) -> IncidentPage:
    stage.open_log()
    stage.desk.open_incident(stage.incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    return page


def _pictures(stage: Stage) -> list[EvidenceItem]:
    items = stage.perform(partial(list_items, incident_id=stage.incident_id))
    kept = [item for item in items if item.state is ItemState.KEPT]
    return [item for item in kept if item.media_type.startswith("image/")]


def _covered(stage: Stage) -> QWidget:
    page = _page(stage)
    first, *others = _pictures(stage)
    first = replace(first, origin=replace(first.origin, sensitivity="distressing"))
    viewer = ItemViewer(stage.session, first, page, [first, *others])
    viewer.look()
    stage.settle()
    return viewer


def _turned(stage: Stage) -> QWidget:
    page = _page(stage)
    items = _pictures(stage)
    viewer = ItemViewer(stage.session, items[0], page, items)
    viewer.look()
    stage.settle()
    stage.press("viewerTurnButton", viewer)
    stage.press("viewerMoreButton", viewer)
    return viewer


def _as(shown: TextView | NotShown, stage: Stage) -> ItemViewer:
    """Show a picture as if this were all that can be shown of it."""
    page = _page(stage)
    item = _pictures(stage)[0]
    viewer = ItemViewer(stage.session, item, page)
    viewer.look()
    stage.settle()
    viewer._put_away()
    given = ItemContent(
        item=item,
        content=bytes(range(256)) * 40,
        checked=True,
        checked_at=stage.session.clock.now(),
        shown=shown,
        changes=changed(Topic.EVIDENCE),
    )
    viewer._on_opened(given)
    stage.settle()
    return viewer


def _bytes(stage: Stage) -> QWidget:
    return _as(TextView("", is_hex=True), stage)


def _not_shown(stage: Stage) -> QWidget:
    viewer = _as(NotShown("it cannot be read as what it seems to be"), stage)
    stage.press("viewerBytesButton", viewer)
    return viewer


def _many(stage: Stage) -> QWidget:
    stage.open_log()
    if stage not in _LONG:
        _LONG[stage] = stage.perform(partial(many_items, count=MANY))
    incident = _LONG[stage]
    stage.desk.open_incident(incident)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    page.tabs.show_panel(page.evidence_panel)
    stage.settle()
    return stage.window


VIEW_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("item-covered", _covered),
    ("item-turned", _turned),
    ("item-bytes", _bytes),
    ("item-not-shown", _not_shown),
    ("evidence-many", _many),
)
