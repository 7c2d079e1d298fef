"""The round mark before a step: its number, a tick, or a dash."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.steps.checklist_records import StepState
from desktop.ui.theme import colour, px

SIZE = 22


class StepMark(QWidget):
    """Says by its shape where a step stands; the words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = StepState.OPEN
        self._text = ""
        self._is_now = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_step(self, state: StepState, number: int, *, is_now: bool) -> None:
        """Show another step."""
        self._state = state
        self._text = {StepState.OPEN: str(number), StepState.DONE: "✓"}.get(state, "\N{EN DASH}")
        self._is_now = is_now
        self.update()

    def sizeHint(self) -> QSize:
        """Grow with the text."""
        return QSize(px(SIZE), px(SIZE))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a ring with the number, or a filled circle with a tick."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        done = self._state is StepState.DONE
        line = colour("done" if done else "accent" if self._is_now else "soft")
        width = px(2)
        ring = QRectF(self.rect()).adjusted(width, width, -width, -width)
        painter.setPen(QPen(line, width))
        if done:
            painter.setBrush(line)
        painter.drawEllipse(ring)
        font = painter.font()
        font.setPixelSize(px(12))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour("surface") if done else line)
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._text)
