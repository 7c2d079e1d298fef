"""Takes pictures of the screens as they are, and reads a picture from the clipboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QScreen

from desktop.domain.evidence.screens import Frame, ScreenFacts


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen as it was: its pixels, where it lies, how many pixels make one unit of Qt's."""

    name: str
    image: QImage
    place: QRect
    ratio: float

    def part(self, rect: QRect) -> QImage:
        """Return the true pixels of a part, given in units of this screen."""
        left, top = round(rect.left() * self.ratio), round(rect.top() * self.ratio)
        right = round((rect.left() + rect.width()) * self.ratio)
        bottom = round((rect.top() + rect.height()) * self.ratio)
        return self.image.copy(left, top, right - left, bottom - top)

    def window(self, frame: Frame) -> QImage:
        """Return the true pixels of what can be seen of a window on this screen."""
        true = QRect(frame.left, frame.top, frame.width, frame.height)
        return self.image.copy(true.translated(-self.place.topLeft()) & self.image.rect())

    @property
    def true_place(self) -> QRect:
        """Where it lies among all screens in true pixels: Qt scales sizes, never corners."""
        return QRect(self.place.topLeft(), self.image.size())

    @property
    def facts(self) -> ScreenFacts:
        """What a capture records of it."""
        place = self.true_place
        name = self.name or "Screen"
        size = (place.width(), place.height())
        return ScreenFacts(name, place.left(), place.top(), *size, self.ratio)

    def frames_on(self, frames: Sequence[Frame]) -> list[tuple[QRect, Frame]]:
        """Return the windows that can be seen on this screen, in its units, topmost first."""
        whole = QRect(QPoint(0, 0), self.place.size())
        found = []
        for frame in frames:
            true = QRect(frame.left, frame.top, frame.width, frame.height)
            true.translate(-self.place.topLeft())
            corner = QPoint(round(true.left() / self.ratio), round(true.top() / self.ratio))
            wide, high = round(true.width() / self.ratio), round(true.height() / self.ratio)
            rect = QRect(corner.x(), corner.y(), wide, high).intersected(whole)
            if not rect.isEmpty():
                found.append((rect, frame))
        return found


def join_screens(shots: Sequence[Shot]) -> QImage:
    """Return all screens in one picture, each at its true pixels, as they lie; gaps are black."""
    whole = QRect()
    for shot in shots:
        whole = whole.united(shot.true_place)
    joined = QImage(whole.size(), QImage.Format.Format_RGB32)
    joined.fill(0)
    painter = QPainter(joined)
    for shot in shots:
        painter.drawImage(shot.true_place.topLeft() - whole.topLeft(), shot.image)
    painter.end()
    return joined


def grab_screens() -> list[Shot]:
    """Return all screens at true pixels; those that cannot be grabbed are left out."""
    return [shot for screen in QGuiApplication.screens() if (shot := _grab(screen))]


def _grab(screen: QScreen) -> Shot | None:
    image = screen.grabWindow(0).toImage()
    if image.isNull():
        return None
    ratio = image.width() / max(screen.geometry().width(), 1)
    image.setDevicePixelRatio(1)
    return Shot(screen.name(), image, screen.geometry(), ratio)


def screen_at(shots: list[Shot], point: QPoint) -> Shot:
    """Return the screen under a point, else the first."""
    return next((shot for shot in shots if shot.place.contains(point)), shots[0])


def encode_png(image: QImage) -> bytes:
    """Return the picture as PNG; it takes a moment, so it belongs on another thread."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # WORKAROUND PySide6 6.11: the stub asks for bytes, the call itself takes text only.
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(data.data())


def clipboard_now() -> QMimeData:
    """Return what the clipboard offers; Qt says None, against its types, once it is cleared."""
    offered = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())
    return QMimeData() if offered is None else offered


def offers_picture(offered: QMimeData) -> bool:
    """Say whether a picture is offered, by looking at the list of formats only."""
    return any(name.startswith("image/") for name in offered.formats()) or offered.hasImage()


def read_picture(offered: QMimeData) -> bytes | QImage | None:
    """Read the picture that is offered: its own bytes if they are PNG or JPEG, else the pixels.

    Call it only after the gate was answered.
    """
    for kind in ("image/png", "image/jpeg"):
        if offered.hasFormat(kind):
            data = bytes(offered.data(kind).data())
            if data:
                return data
    image = offered.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None
