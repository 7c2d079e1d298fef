"""The evidence of an incident as tiles: look, fill in, check."""

from functools import partial

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStyle, QWidget

from desktop.domain.changes import Topic
from desktop.domain.errors import AppError
from desktop.domain.evidence import EvidenceItem, ItemState
from desktop.domain.identifiers import IncidentId
from desktop.operations.show_evidence import ItemLine, show_evidence
from desktop.operations.view_evidence import (
    ItemChecked,
    Thumbnail,
    check_item,
    make_thumbnail,
)
from desktop.ui import messages
from desktop.ui.capture.capture_flow import followed
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.evidence.evidence_tile import WIDE, EvidenceTile
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.evidence.viewer_picture import as_image
from desktop.ui.panel import Panel
from desktop.ui.session import Session
from desktop.ui.theme import px
from desktop.ui.widgets.words import secondary

NOTHING = "Nothing yet. Capture what can be seen before it disappears; the details can wait."
SPACING = 12
SHARPNESS = 2


class EvidencePanel(Panel):
    """Tiles in rows; small pictures are made on the bytes thread and kept in memory only."""

    capture_requested = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent, Topic.EVIDENCE)
        self.tiles: list[EvidenceTile] = []
        self._looks: dict[str, QImage] = {}
        self._asked: set[str] = set()
        self._wanted_item = ""
        self.capture_button = self.add_panel_button("evidenceCaptureButton", "Capture…")
        self.capture_button.clicked.connect(self._on_capture_clicked)

    def show_incident(self, incident_id: IncidentId | None) -> None:
        """Show the items of another incident."""
        if incident_id != self.incident_id:
            self.forget()
        super().show_incident(incident_id)

    def reload(self) -> None:
        """Read which items there are."""
        if self.incident_id:
            operation = partial(show_evidence, incident_id=self.incident_id)
            self.session.run(self, operation, self._on_read)

    def show_item(self, item_id: str) -> None:
        """Bring one item into view, with the cursor on its details."""
        self._wanted_item = item_id
        self._go_to_wanted()

    def _on_read(self, lines: tuple[ItemLine, ...]) -> None:
        focused = self._focused()
        self.start_rows()
        self.tiles = [self._make_tile(line, place) for place, line in enumerate(lines)]
        if self.tiles:
            self.add_row(_Grid(self.tiles, self))
        else:
            self.add_row(secondary(NOTHING, self))
        for tile in self.tiles:
            self._look_at(tile)
            if focused and focused[0] == tile.item.id:
                self._focus_on(tile, focused[1])
        self._go_to_wanted()

    def _make_tile(self, line: ItemLine, place: int) -> EvidenceTile:
        tile = EvidenceTile(line, self.session.clock.now(), self)
        tile.open_requested.connect(self._on_open_requested)
        tile.details_requested.connect(self._on_details_requested)
        tile.check_requested.connect(self._on_check_requested)
        tile.look_button.moved.connect(partial(self._on_moved, place))
        return tile

    # small pictures

    def _look_at(self, tile: EvidenceTile) -> None:
        item_id = tile.item.id
        if item_id in self._looks:
            tile.look_button.show_image(self._looks[item_id])
        elif tile.item.state is ItemState.KEPT and item_id not in self._asked:
            self._asked.add(item_id)
            plain = {"item_id": item_id, "longest": px(WIDE) * SHARPNESS * 2}
            work = partial(followed, make_thumbnail, plain)
            self.session.run_long(self, work, self._on_thumbnail, self._on_error)

    def _on_thumbnail(self, made: Thumbnail) -> None:
        if made.item_id not in self._asked:
            return
        if not made.unchanged:
            self.reload()
        if made.picture:
            self._looks[made.item_id] = as_image(made.picture)
        for tile in self.tiles:
            if tile.item.id == made.item_id and made.picture:
                tile.look_button.show_image(self._looks[made.item_id])

    # what can be done

    @Slot()
    def _on_capture_clicked(self) -> None:
        self.capture_requested.emit(self.incident_id)

    @Slot(object)
    def _on_open_requested(self, item: EvidenceItem) -> None:
        viewer = ItemViewer(self.session, item, self)
        viewer.finished.connect(self.reload)
        viewer.look()

    @Slot(object)
    def _on_details_requested(self, item: EvidenceItem) -> None:
        OriginForm(self.session, item, self).show_form()

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

    def _on_moved(self, place: int, step: int) -> None:
        can_be_opened = [
            number for number, tile in enumerate(self.tiles) if tile.look_button.isEnabled()
        ]
        beyond = [number for number in can_be_opened if (number - place) * step > 0]
        if beyond:
            self._focus_on(self.tiles[min(beyond) if step > 0 else max(beyond)])

    def _focused(self) -> tuple[str, str] | None:
        for tile in self.tiles:
            for button in (tile.look_button, tile.details_button, tile.check_button):
                if button.hasFocus():
                    return tile.item.id, button.objectName()
        return None

    def _focus_on(self, tile: EvidenceTile, name: str = "itemOpenButton") -> None:
        for button in (tile.look_button, tile.details_button, tile.check_button):
            if button.objectName() == name:
                button.setFocus()
        self.rows_scroll.ensureWidgetVisible(tile)

    def _go_to_wanted(self) -> None:
        for tile in self.tiles:
            if tile.item.id == self._wanted_item:
                self._wanted_item = ""
                self._focus_on(tile, "itemDetailsButton")
                return

    def forget(self) -> None:
        """Drop the small pictures with everything else."""
        self.tiles = []
        self._looks.clear()
        self._asked.clear()


class _Grid(QWidget):
    """Tiles of one width, as many beside each other as there is room for."""

    def __init__(self, tiles: list[EvidenceTile], parent: QWidget) -> None:
        super().__init__(parent)
        self._tiles = tiles
        self._columns = 0
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self._place(1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._layout.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for number, tile in enumerate(self._tiles):
            self._layout.addWidget(tile, number // columns, number % columns)

    def minimumSizeHint(self) -> QSize:
        """Be content with one tile's width, so that it can become narrower again."""
        return QSize(px(WIDE), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many tiles side by side as fit now."""
        super().resizeEvent(event)
        room, step = self.width() + SPACING, px(WIDE) + SPACING
        # A further column must fit beside a scroll bar too: else fewer rows take the bar away,
        # more room brings the column, more rows bring the bar, and so on without end.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        fitting = min(room // step, max(self._columns, (room - bar) // step))
        self._place(max(1, fitting))
