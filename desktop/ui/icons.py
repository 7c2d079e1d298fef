"""Icons: one-colour drawings from resources/icons, tinted in a colour of the present look."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.resources import resource_path
from desktop.ui.theme import colour, px

SIZE = 20
SHARPNESS = 2


def icon(name: str, tint: str = "ink") -> QIcon:
    """Return an icon by its file name, drawn in the colour with this name."""
    return QIcon(pixmap(name, tint))


def pixmap(name: str, tint: str = "ink", size: int = SIZE) -> QPixmap:
    """Return an icon as a picture at the present text size, sharp on fine screens too."""
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    tinted = drawing.replace("currentColor", colour(tint).name())
    side = px(size)
    picture = QPixmap(side * SHARPNESS, side * SHARPNESS)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(tinted.encode()).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(SHARPNESS)
    return picture
