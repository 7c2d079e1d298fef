"""Shows one page of several, and needs no more height than this one."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Qt's own asks for the height of the tallest page, also of one that is hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest page needs, so that the window keeps its width."""
        width = super().minimumSizeHint().width()
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def hasHeightForWidth(self) -> bool:
        """Keep the layout around it from asking Qt's, which counts hidden pages."""
        return False

    def heightForWidth(self, width: int) -> int:
        """Return the least height of the page that is shown, in pixels."""
        page: QWidget | None = self.currentWidget()
        if page is None:
            return 0
        layout = None if isinstance(page, QStackedWidget) else page.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalMinimumHeightForWidth(width)
        return page.minimumSizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap otherwise at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
