"""The evidence of an incident as tiles: look, fill in, check."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.domain.changes import Topic
from desktop.domain.errors import AppError
from desktop.domain.evidence.covering import is_covered
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.keep_covering import cover_all
from desktop.operations.evidence.show_evidence import EvidenceShown, list_evidence
from desktop.operations.evidence.view_evidence import (
    ItemChecked,
    Thumbnail,
    check_item,
    make_thumbnail,
)
from desktop.ui import messages
from desktop.ui.capture.description_form import DescriptionForm
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.capture.thing_form import ThingForm
from desktop.ui.evidence.evidence_filter import EvidenceFilter
from desktop.ui.evidence.evidence_grid import WIDE, EvidenceGrid
from desktop.ui.evidence.evidence_rows import EvidenceRows, Place
from desktop.ui.evidence.evidence_tile import EvidenceTile
from desktop.ui.evidence.item_actions import ItemAction
from desktop.ui.evidence.looks import Looks
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.evidence.viewer_picture import as_image
from desktop.ui.job import followed
from desktop.ui.panel import Panel
from desktop.ui.session import Session
from desktop.ui.theme import px
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, secondary, strong

NOTHING = "Nothing yet. Capture what can be seen before it disappears; the details can wait."
NOTHING_STOPPED = "Nothing yet. “In words only…” describes a thing without copying it."
AROUND_IT = (
    "The messages around it can still be captured: the question before each capture keeps the "
    "rest out."
)
NOTHING_FOUND = "No item holds these words."
SHARPNESS = 2


class EvidencePanel(Panel):
    """Tiles in rows; small pictures are made on the bytes thread and kept in memory only."""

    capture_requested = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent, Topic.EVIDENCE)
        self.looks = Looks()
        self._places = EvidenceRows()
        self._grid: EvidenceGrid | None = None
        self._laid: tuple[date, list[Place]] | None = None
        self._asked = ""
        self._wanted_item = ""
        self._is_empty = False
        self.capture_button = self.add_panel_button("evidenceCaptureButton", "Capture…")
        self.capture_button.clicked.connect(self._on_capture_clicked)
        self.thing_button = self.add_panel_button("evidenceThingButton", "A physical thing…")
        self.thing_button.clicked.connect(self._on_thing_clicked)
        self.words_button = self.add_panel_button("evidenceWordsButton", "In words only…")
        self.words_button.clicked.connect(self._on_words_clicked)
        self.filter = EvidenceFilter(self)
        self.filter.changed.connect(self._on_filter_changed)
        self.filter.cover_wanted.connect(self._on_cover_wanted)
        self._never_copied = self._build_never_copied()
        self.rows_scroll.inner.column.insertWidget(0, self._never_copied)
        self.rows_scroll.inner.column.insertWidget(1, self.filter)
        self.rows_scroll.inner.column.setSpacing(10)

    def _build_never_copied(self) -> QFrame:
        notice = QFrame(self)
        set_role(notice, "banner-error")
        column = QVBoxLayout(notice)
        column.setContentsMargins(14, 10, 14, 10)
        self._never_copied_label: QLabel = strong("", notice)
        column.addWidget(self._never_copied_label)
        column.addWidget(body(AROUND_IT, notice))
        notice.hide()
        return notice

    @property
    def tiles(self) -> list[EvidenceTile]:
        """The tiles that are made, in order."""
        made = self._grid.tiles if self._grid else []
        return [tile for tile in made if isinstance(tile, EvidenceTile)]

    def show_incident(self, incident_id: IncidentId | None) -> None:
        """Show the items of another incident."""
        if incident_id != self.incident_id:
            self.forget()
        super().show_incident(incident_id)

    def reload(self) -> None:
        """Read which items there are."""
        if self.incident_id:
            operation = partial(list_evidence, incident_id=self.incident_id)
            self.session.run(self, operation, self._on_read)

    def show_never_copied(self, words: str) -> None:
        """Say what is described and never copied, instead of asking for haste; '' for nothing."""
        if words == self._never_copied_label.text():
            return
        self._never_copied_label.setText(words)
        self._never_copied.setVisible(bool(words))
        if self._is_empty:
            self._show()

    def show_item(self, item_id: str) -> None:
        """Bring one item into view, with the cursor on its details."""
        self._wanted_item = item_id
        self._go_to_wanted()

    def _on_read(self, shown: EvidenceShown) -> None:
        self._places.read(shown)
        for line in shown.lines:
            if not self._may_be_seen(line.item):
                self.looks.drop(line.item.id)
        self._show()
        self._go_to_wanted()

    def _show(self) -> None:
        """Show what is wanted of what was read; the cursor stays where it was."""
        focused = self._focused()
        self._places.narrow(self.filter.wants if self.filter.narrows else None)
        seen, total = len(self._places.places), self._places.total
        self._is_empty = not total
        if not seen:
            self._grid = None
            self.start_rows()
            nothing = NOTHING_STOPPED if self._never_copied_label.text() else NOTHING
            self.add_row(secondary(NOTHING_FOUND if total else nothing, self))
        else:
            self._show_grid(seen)
        self.filter.show_state(seen, total, cover_all=self._places.cover_all)
        if focused:
            self._focus_item(*focused, scroll=False)

    def _show_grid(self, count: int) -> None:
        if self._grid is None:
            self.start_rows()
            self._grid = EvidenceGrid(self._make_tile, self.rows_scroll, self)
            self.add_row(self._grid)
        today, places = self.session.clock.now().local.date(), self._places.places
        before = self._laid[1] if self._laid and self._laid[0] == today else []
        self._laid = (today, places)
        # A tile whose item says what it said stays: to make all anew at each change takes long.
        self._grid.set_count(count, lambda place: before[place : place + 1] == [places[place]])

    def _make_tile(self, number: int, parent: QWidget) -> QWidget:
        place = self._places.places[number]
        tile = EvidenceTile(place.line, self.session.clock.now(), parent, place.standing)
        tile.open_requested.connect(self._on_open_requested)
        tile.details_requested.connect(self._on_details_requested)
        tile.check_requested.connect(self._on_check_requested)
        tile.fold_requested.connect(self._on_fold_requested)
        tile.act_requested.connect(self._on_act_requested)
        tile.look_button.moved.connect(partial(self._on_moved, number))
        self._look_at(tile)
        return tile

    # small pictures

    def _look_at(self, tile: EvidenceTile) -> None:
        image = self.looks.get(tile.item.id)
        if image is not None:
            tile.look_button.show_image(image)
        else:
            self._ask_next(tile)

    def _ask_next(self, new: EvidenceTile | None = None) -> None:
        """Ask for one picture at a time, and only for what can be seen."""
        if self._asked:
            return
        waiting = [*self.tiles, new] if new else self.tiles
        for tile in waiting:
            item = tile.item
            if self._may_be_seen(item) and not self.looks.is_known(item.id):
                self._asked = item.id
                plain = {"item_id": item.id, "longest": px(WIDE) * SHARPNESS * 2}
                work = partial(followed, make_thumbnail, plain)
                failed = partial(self._on_no_thumbnail, item.id)
                self.session.run_long(self, work, self._on_thumbnail, failed)
                return

    def _on_thumbnail(self, made: Thumbnail) -> None:
        if made.item_id != self._asked:
            return
        self._asked = ""
        line = self._places.line(made.item_id)
        if made.picture and line and self._may_be_seen(line.item):
            image = as_image(made.picture)
            self.looks.hold(made.item_id, image)
            for tile in self.tiles:
                if tile.item.id == made.item_id:
                    tile.look_button.show_image(image)
        elif not made.picture:
            self.looks.hold(made.item_id, None)
        if not made.unchanged:
            self.reload()
        self._ask_next()

    def _on_no_thumbnail(self, item_id: str, error: AppError) -> None:
        if item_id == self._asked:
            self._asked = ""
            self.looks.hold(item_id, None)
            messages.show(self, error)
            self._ask_next()

    def _may_be_seen(self, item: EvidenceItem) -> bool:
        kept = item.state is ItemState.KEPT
        return kept and not is_covered(item, cover_all=self._places.cover_all)

    # what can be done

    @Slot()
    def _on_capture_clicked(self) -> None:
        self.capture_requested.emit(self.incident_id)

    @Slot()
    def _on_thing_clicked(self) -> None:
        if self.incident_id:
            ThingForm(self.session, self.incident_id, self).show_form()

    @Slot()
    def _on_words_clicked(self) -> None:
        if self.incident_id:
            DescriptionForm(self.session, self.incident_id, self).show_form()

    @Slot()
    def _on_filter_changed(self) -> None:
        self.rows_scroll.verticalScrollBar().setValue(0)
        self._show()

    @Slot(bool)
    def _on_cover_wanted(self, wanted: bool) -> None:
        self.session.run(self, partial(cover_all, wanted=wanted))

    @Slot(object)
    def _on_fold_requested(self, item: EvidenceItem) -> None:
        self._places.fold(item.id)
        self._show()

    @Slot(object)
    def _on_open_requested(self, item: EvidenceItem) -> None:
        among = self._places.items(self.filter.wants if self.filter.narrows else None)
        viewer = ItemViewer(self.session, item, self, among, cover_all=self._places.cover_all)
        viewer.finished.connect(self.reload)
        viewer.look()

    @Slot(object)
    def _on_details_requested(self, item: EvidenceItem) -> None:
        OriginForm(self.session, item, self).show_form()

    @Slot(object, object)
    def _on_act_requested(self, action: ItemAction, item: EvidenceItem) -> None:
        action.start(self.session, item, self)

    @Slot(object)
    def _on_check_requested(self, item: EvidenceItem) -> None:
        work = partial(followed, check_item, {"item_id": item.id})
        done = partial(self._on_checked, str(item.mark))
        self.session.run_long(self, work, done, self._on_error)

    def _on_checked(self, mark: str, _checked: ItemChecked) -> None:
        messages.tell(self, f"{mark} is unchanged since it was entered.")

    def _on_error(self, error: AppError) -> None:
        messages.show(self, error)
        self.reload()

    # the keyboard

    def _on_moved(self, number: int, step: int) -> None:
        places = self._places.places
        number += step
        while 0 <= number < len(places) and not _can_be_opened(places[number]):
            number += step
        if 0 <= number < len(places):
            self._focus_item(places[number].line.item.id)

    def _focused(self) -> tuple[str, str] | None:
        """Return the button that has the focus, or will again once a window in front closes."""
        focus = self.window().focusWidget()
        for tile in self.tiles:
            for button in tile.buttons:
                if button is focus:
                    return tile.item.id, button.objectName()
        return None

    def _focus_item(
        self, item_id: str, name: str = "itemOpenButton", *, scroll: bool = True
    ) -> None:
        number = self._places.number_of(item_id)
        if self._grid is None or number < 0:
            return
        tile = self._grid.bring(number) if scroll else self._grid.tile(number)
        if isinstance(tile, EvidenceTile):
            for button in tile.buttons:
                if button.objectName() == name:
                    button.setFocus()
                    if scroll:
                        self.rows_scroll.ensureWidgetVisible(button)

    def _go_to_wanted(self) -> None:
        wanted = self._wanted_item
        if not wanted or not self._places.holds(wanted):
            return
        self._wanted_item = ""
        if self._places.number_of(wanted) < 0:
            self.filter.clear()
            self._places.unfold_to(wanted)
            self._show()
        self._focus_item(wanted, "itemDetailsButton")

    # the lock

    def forget(self) -> None:
        """Drop the small pictures with everything else."""
        self.wipe()
        self._places = EvidenceRows()
        self._grid = None
        self._asked = ""
        self._is_empty = False
        self.filter.clear()
        self.filter.show_state(0, 0, cover_all=False)

    def wipe(self) -> None:
        """Overwrite the small pictures: the log locks."""
        self.looks.wipe()


def _can_be_opened(place: Place) -> bool:
    return place.line.item.state is ItemState.KEPT
