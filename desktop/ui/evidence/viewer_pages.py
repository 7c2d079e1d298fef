"""Shows a document page by page; each page is drawn on the bytes thread when it is turned to."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSpinBox, QWidget

from desktop.domain.errors import AppError
from desktop.domain.evidence.shown import Picture
from desktop.operations.evidence.show_content import draw_page
from desktop.ui import messages
from desktop.ui.evidence.viewer_picture import PictureView
from desktop.ui.session import Cancelled, Progress, Session
from desktop.ui.widgets.words import strong

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace

SCALE = 2.0


class PagesView(PictureView):
    """A picture view with pages to turn."""

    def __init__(
        self, session: Session, content: bytes, count: int, name: str, parent: QWidget
    ) -> None:
        super().__init__(name, parent)
        self._session = session
        self._content = content
        self._count = count
        self._name = name
        self._page = 0
        self._drawing = False
        self.page_spin = QSpinBox(self.bar)
        self.page_spin.setObjectName("viewerPageSpin")
        self.page_spin.setAccessibleName("Page")
        self.page_spin.setRange(1, max(count, 1))
        self.page_spin.setKeyboardTracking(False)
        self.page_spin.valueChanged.connect(self._on_page_entered)
        self._page_label = strong("", self.bar)
        self._page_label.setWordWrap(False)
        self._earlier_button = self.add_button(
            "viewerEarlierButton", "&Previous page", "Previous page"
        )
        self._next_button = self.add_button("viewerNextButton", "&Next page", "Next page")
        self._earlier_button.clicked.connect(self._on_earlier_clicked)
        self._next_button.clicked.connect(self._on_next_clicked)
        self.flow.addWidget(self.page_spin)
        self.flow.addWidget(self._page_label)
        for keys, action in (
            ("PgUp", self._on_earlier_clicked),
            ("PgDown", self._on_next_clicked),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        self._turn_to(0)

    def wipe(self) -> None:
        """Let go of the document: the log locks."""
        self._content = b""

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self._page

    @Slot()
    def _on_earlier_clicked(self) -> None:
        self._turn_to(self._page - 1)

    @Slot()
    def _on_next_clicked(self) -> None:
        self._turn_to(self._page + 1)

    @Slot(int)
    def _on_page_entered(self, page: int) -> None:
        if page - 1 != self._page:
            self._turn_to(page - 1)

    def _turn_to(self, page: int) -> None:
        if not 0 <= page < self._count:
            return
        self._page = page
        self.page_spin.setValue(page + 1)
        self._page_label.setText(f"Page {page + 1} of {self._count}")
        self._earlier_button.setEnabled(page > 0)
        self._next_button.setEnabled(page + 1 < self._count)
        if not self._drawing:
            self._draw()

    def _draw(self) -> None:
        """Draw the page that is wanted; those turned over meanwhile are not drawn."""
        self._drawing = True
        page = self._page
        draw = partial(_draw, self._content, page, self._name)
        failed = partial(self._on_error, page)
        self._session.run_long(self, draw, partial(self._on_drawn, page), failed)

    def _on_drawn(self, page: int, picture: Picture) -> None:
        self._drawing = False
        if page == self._page:
            self.show_picture(picture)
        else:
            self._draw()

    def _on_error(self, page: int, error: AppError) -> None:
        self._drawing = False
        messages.show(self, error)
        if page != self._page:
            self._draw()


def _draw(
    content: bytes,
    page: int,
    name: str,
    workspace: "Workspace",
    _progress: Progress,
    _cancelled: Cancelled,
) -> Picture:
    return draw_page(workspace, content, page, SCALE, name)
