"""Shows a document page by page; each page is drawn on the bytes thread when it is turned to."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.shown import Picture
from desktop.operations.view_evidence import draw_page
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
        self._page_label = strong("", self.bar)
        self._page_label.setWordWrap(False)
        self._earlier_button = self.add_button(
            "viewerEarlierButton", "&Page before", "Page before"
        )
        self._next_button = self.add_button("viewerNextButton", "&Next page", "Next page")
        self._earlier_button.clicked.connect(self._on_earlier_clicked)
        self._next_button.clicked.connect(self._on_next_clicked)
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

    def _turn_to(self, page: int) -> None:
        if not 0 <= page < self._count:
            return
        self._page = page
        self._page_label.setText(f"Page {page + 1} of {self._count}")
        self._earlier_button.setEnabled(page > 0)
        self._next_button.setEnabled(page + 1 < self._count)
        draw = partial(_draw, self._content, page, self._name)
        self._session.run_long(self, draw, partial(self._on_drawn, page), self._on_error)

    def _on_drawn(self, page: int, picture: Picture) -> None:
        if page == self._page:
            self.show_picture(picture)

    def _on_error(self, error: AppError) -> None:
        messages.show(self, error)


def _draw(
    content: bytes,
    page: int,
    name: str,
    workspace: "Workspace",
    _progress: Progress,
    _cancelled: Cancelled,
) -> Picture:
    return draw_page(workspace, content, page, SCALE, name)
