"""Shows a picture, whole, enlarged or turned; draws from memory, keeps nothing."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.evidence.shown import Picture
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import secondary

SMALLEST, LARGEST = 0.05, 8.0
STEP = 1.25
QUARTER, FULL_TURN = 90, 360


class PictureView(QWidget):
    """A picture that fits the window until it is enlarged; scrolls by keyboard too."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fits = True
        self.canvas = _Canvas(name)
        self._scroll = _Scroll(self)
        self._scroll.setObjectName("pictureScrollArea")
        self._scroll.setAccessibleName(f"{name}: arrow keys scroll")
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setWidget(self.canvas)
        self.bar = QWidget(self)
        self.flow = FlowLayout(self.bar, spacing=8)
        self._zoom_label: QLabel = secondary("", self.bar)
        self._zoom_label.setWordWrap(False)
        self._note_label: QLabel = secondary("", self.bar)
        self._note_label.setObjectName("viewerSizeLabel")
        self._note_label.setWordWrap(False)
        self._build_ui()

    def _build_ui(self) -> None:
        self._fit_button = self.add_button("viewerFitButton", "&Fit", "Fit to the window")
        self._actual_button = self.add_button("viewerActualButton", "&Actual size", "Actual size")
        self._larger_button = self.add_button("viewerLargerButton", "&Larger", "Larger")
        self._smaller_button = self.add_button("viewerSmallerButton", "&Smaller", "Smaller")
        self._fit_button.clicked.connect(self.fit)
        self._actual_button.clicked.connect(self._on_actual_clicked)
        self._larger_button.clicked.connect(self._on_larger_clicked)
        self._smaller_button.clicked.connect(self._on_smaller_clicked)
        self._turn_button = self.add_button(
            "viewerTurnButton", "&Turn", "Turn by a quarter, for this look only"
        )
        self._turn_button.clicked.connect(self._on_turn_clicked)
        self._scroll.larger.connect(self._on_larger_clicked)
        self._scroll.smaller.connect(self._on_smaller_clicked)
        for keys, action in (
            ("Ctrl++", self._on_larger_clicked),
            ("Ctrl+=", self._on_larger_clicked),
            ("Ctrl+-", self._on_smaller_clicked),
            ("Ctrl+0", self.fit),
            ("Ctrl+R", self._on_turn_clicked),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self._scroll, 1)
        self.setFocusProxy(self._scroll)
        self.flow.addWidget(self._zoom_label)
        self.flow.addWidget(self._note_label)

    def add_button(self, name: str, text: str, accessible: str) -> QPushButton:
        """Add a button to the line above the picture."""
        button = QPushButton(text, self.bar)
        button.setObjectName(name)
        button.setAccessibleName(accessible)
        self.flow.addWidget(button)
        return button

    @property
    def zoom(self) -> float:
        """How many of Qt's units one pixel takes."""
        return self.canvas.zoom

    def show_picture(self, picture: Picture) -> None:
        """Show these pixels."""
        self._note_label.setText(note_of(picture))
        self.canvas.show_image(as_image(picture))
        if self._fits:
            self.fit()
        else:
            self._say()

    @Slot()
    def fit(self) -> None:
        """Make it fit the window; it is never enlarged for that."""
        self._fits = True
        room, size = self._scroll.maximumViewportSize(), self.canvas.seen_size
        if not size.isEmpty():
            zoom = min(room.width() / size.width(), room.height() / size.height(), 1.0)
            self._show_at(zoom)

    def _show_at(self, zoom: float) -> None:
        self.canvas.show_at(min(max(zoom, SMALLEST), LARGEST))
        self._say()

    def _say(self) -> None:
        self._zoom_label.setText(f"{round(self.zoom * 100)} %")

    @Slot()
    def _on_actual_clicked(self) -> None:
        self._fits = False
        self._show_at(1.0)

    @Slot()
    def _on_larger_clicked(self) -> None:
        self._fits = False
        self._show_at(self.zoom * STEP)

    @Slot()
    def _on_smaller_clicked(self) -> None:
        self._fits = False
        self._show_at(self.zoom / STEP)

    @Slot()
    def _on_turn_clicked(self) -> None:
        self.canvas.turn()
        if self._fits:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep fitting while it fits."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()


class _Scroll(QScrollArea):
    """Scrolls; with Ctrl the wheel makes the picture larger or smaller."""

    larger = Signal()
    smaller = Signal()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or zoom."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        event.accept()
        turned = event.angleDelta().y()
        if turned:
            (self.larger if turned > 0 else self.smaller).emit()


class _Canvas(QWidget):
    """Draws the part of the picture that can be seen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.image = QImage()
        self.zoom = 1.0
        self.turned = 0
        self.setObjectName("pictureCanvas")
        self.setAccessibleName(name)

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.show_at(self.zoom)

    def wipe(self) -> None:
        """Overwrite the pixels: the log locks."""
        self.image.fill(0)
        self.image = QImage()

    @property
    def seen_size(self) -> QSize:
        """How many pixels it has, as it is turned now."""
        size = self.image.size()
        return size.transposed() if self.turned % (2 * QUARTER) else size

    def turn(self) -> None:
        """Turn it clockwise by a quarter; nothing but this look changes."""
        self.turned = (self.turned + QUARTER) % FULL_TURN
        self.show_at(self.zoom)

    def show_at(self, zoom: float) -> None:
        self.zoom = zoom
        size = self.seen_size
        self.setFixedSize(
            QSize(max(1, round(size.width() * zoom)), max(1, round(size.height() * zoom)))
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < 1)
        painter.setClipRect(event.rect())
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(self.turned)
        size = QSize(self.width(), self.height())
        size = size.transposed() if self.turned % (2 * QUARTER) else size
        painter.drawImage(
            QRectF(-size.width() / 2, -size.height() / 2, size.width(), size.height()), self.image
        )


def note_of(picture: Picture) -> str:
    """Say how large a picture is, and what of it is not seen here."""
    width, height = picture.full_width or picture.width, picture.full_height or picture.height
    parts = [f"{width:,} by {height:,} pixels"]
    if (width, height) != (picture.width, picture.height):
        parts.append("shown smaller")
    if picture.frames > 1:
        parts.append(f"the first of {picture.frames:,} pictures in it")
    return ", ".join(parts)


def as_image(picture: Picture) -> QImage:
    """Return plain pixels as a picture of Qt's, with memory of its own."""
    stride = picture.width * 4
    kind = QImage.Format.Format_RGBA8888
    return QImage(picture.rgba, picture.width, picture.height, stride, kind).copy()
