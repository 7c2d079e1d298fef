"""Paints one mark as it will look, with what is needed to take hold of it."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.domain.evidence.derivatives import Mark, Shape
from desktop.ui.theme import px

INK, HALO = QColor(196, 30, 22), QColor(255, 255, 255)
_SHARE, _LEAST = 240, 3
_HEAD, _RADIUS, _ANGLE = 6, 7, math.radians(28)
_SEEN_THROUGH, _EDGED = 170, 5 / 3


def paint_mark(
    painter: QPainter, mark: Mark, zoom: float, size: tuple[int, int], *, is_chosen: bool
) -> None:
    """Paint a mark of a picture of this size; a chosen cover lets what it covers shine through."""
    wide = max(_LEAST, max(size) // _SHARE) * zoom
    left, top, right, bottom = (edge * zoom for edge in mark.area)
    area = QRectF(left, top, right - left, bottom - top)
    if mark.shape is Shape.COVER:
        painter.fillRect(area, QColor(0, 0, 0, _SEEN_THROUGH if is_chosen else 255))
    elif mark.shape is Shape.FRAME:
        _outline(painter, area, wide)
    elif mark.shape is Shape.ARROW:
        _arrow(painter, mark, zoom, wide)
    else:
        _number(painter, mark, zoom, wide)
    if is_chosen:
        _hold(painter, area, QPointF(mark.right * zoom, mark.bottom * zoom))


def _outline(painter: QPainter, area: QRectF, wide: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = area.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
    for colour, width in ((HALO, wide * _EDGED), (INK, wide)):
        painter.setPen(QPen(colour, width))
        painter.drawRect(inner)


def _arrow(painter: QPainter, mark: Mark, zoom: float, wide: float) -> None:
    start = QPointF(mark.left * zoom, mark.top * zoom)
    tip = QPointF(mark.right * zoom, mark.bottom * zoom)
    angle = math.atan2(tip.y() - start.y(), tip.x() - start.x()) + math.pi
    sides = [
        tip + QPointF(math.cos(side), math.sin(side)) * (wide * _HEAD)
        for side in (angle - _ANGLE, angle + _ANGLE)
    ]
    middle = (sides[0] + sides[1]) / 2
    for colour, more in ((HALO, wide * (_EDGED - 1)), (INK, 0.0)):
        painter.setPen(QPen(colour, wide + more))
        painter.drawLine(start, middle)
        painter.setPen(QPen(colour, max(more, 1)))
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, *sides]))


def _number(painter: QPainter, mark: Mark, zoom: float, wide: float) -> None:
    spot, radius = QPointF(mark.left * zoom, mark.top * zoom), wide * _RADIUS
    painter.setPen(QPen(HALO, wide))
    painter.setBrush(INK)
    painter.drawEllipse(spot, radius, radius)
    font = painter.font()
    font.setPixelSize(max(1, round(radius * 1.2)))
    painter.setFont(font)
    around = QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(around, int(Qt.AlignmentFlag.AlignCenter), str(mark.number))


def _hold(painter: QPainter, area: QRectF, corner: QPointF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, style in (
        (Qt.GlobalColor.black, Qt.PenStyle.SolidLine),
        (HALO, Qt.PenStyle.DashLine),
    ):
        painter.setPen(QPen(colour, px(2), style))
        painter.drawRect(area)
    painter.setPen(QPen(Qt.GlobalColor.black, px(1)))
    painter.setBrush(HALO)
    half = px(5)
    painter.drawRect(QRectF(corner.x() - half, corner.y() - half, 2 * half, 2 * half))
