"""The window in which a picture or a page is covered, marked or cropped, looked at, and kept."""

import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QWidget

from desktop.domain.evidence.derivatives import PicturePlan, plan_text, read_plan
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.evidence.shown import Picture
from desktop.operations.evidence.make_derivative import (
    NO_PAGE,
    CopiesMade,
    Purpose,
    make_picture_copies,
    preview_picture_copy,
)
from desktop.operations.evidence.open_sheet import Sheet, open_sheet
from desktop.ui.evidence.copy_dialog import CopyDialog
from desktop.ui.evidence.editor_bar import EditorBar
from desktop.ui.evidence.editor_canvas import EditorCanvas, Tool
from desktop.ui.evidence.viewer_picture import LARGEST, SMALLEST, PictureView, as_image
from desktop.ui.kept_words import AGAIN
from desktop.ui.session import Session

PDF = "application/pdf"
ZOOM_STEP = 1.25
HINT = "The original stays as it is. What you do here goes onto a copy with a mark of its own."
LOOK = "This is the copy as it will be kept. Look closely. Does it show anything it must not?"
NOTHING = "Draw something first: a cover, a frame, an arrow, a number, or the part to keep."


class RedactionEditor(CopyDialog):
    """A picture with tools; a document page by page, with a copy for each page worked on."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        self._page = NO_PAGE
        self._plans: dict[int, PicturePlan] = {}
        self._fits = True
        super().__init__(session, item, parent, name="redaction", hint=HINT, look_hint=LOOK)
        self._build_ui()

    def _build_ui(self) -> None:
        self.bar = EditorBar(self)
        self.canvas = EditorCanvas()
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("redactionScrollArea")
        self._scroll.setAccessibleName("The picture to work on")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setWidget(self.canvas)
        self._plan_edit = QPlainTextEdit(self)  # what a draft keeps; never shown
        self._plan_edit.setObjectName("redactionPlanEdit")
        self._plan_edit.hide()
        self.work.addWidget(self.bar)
        self.work.addWidget(self._scroll, 1)
        self.preview = PictureView(f"The copy of {self._item.mark}", self)
        self.look.addWidget(self.preview)
        self.bar.pressed.connect(self._on_pressed)
        self.bar.tool_chosen.connect(self._on_tool_chosen)
        self.canvas.changed.connect(self._on_canvas_changed)
        QShortcut(QKeySequence.StandardKey.Undo, self.canvas).activated.connect(self.canvas.undo)

    # laying it out

    def _read_item(self) -> None:
        self._read(NO_PAGE)

    def _read(self, page: int) -> None:
        operation = partial(open_sheet, item_id=self._item.id, page=page)
        self._session.run_long(self, operation, self._on_sheet, self.fail)

    def _on_sheet(self, sheet: Sheet) -> None:
        self.set_busy(busy=False)
        self.ask_who(sheet.people, {"plans": self._plan_edit})
        self._page = sheet.page
        self.bar.show_page(sheet.page, sheet.pages)
        self.canvas.show_image(as_image(sheet.picture), self._plans.get(sheet.page))
        self._show_state()
        self._fit()
        self._focus_work()

    def _focus_work(self) -> None:
        self.canvas.setFocus()

    def _take_words(self) -> None:
        self._plans = _read_plans(self._plan_edit.toPlainText())
        if self._page in self._plans:
            self.canvas.show_image(self.canvas.image, self._plans[self._page])
        self._show_state()
        self.banner.show_message(AGAIN)

    # working on it

    @Slot()
    def _on_canvas_changed(self) -> None:
        plan = self.canvas.plan
        if plan.is_empty:
            self._plans.pop(self._page, None)
        else:
            self._plans[self._page] = plan
        texts = {str(page): plan_text(one) for page, one in self._plans.items()}
        self._plan_edit.setPlainText(json.dumps(texts) if texts else "")
        self.banner.clear()
        self._show_state()
        mark, zoom = self.canvas.chosen, self.canvas.zoom
        if mark is not None:
            self._scroll.ensureVisible(round(mark.right * zoom), round(mark.bottom * zoom))

    def _show_state(self) -> None:
        plan = self.canvas.plan
        self.bar.show_state(can_undo=self.canvas.can_undo, can_remove=not plan.is_empty)

    @Slot(str)
    def _on_tool_chosen(self, tool: str) -> None:
        self.canvas.tool = Tool(tool)
        self.canvas.update()

    @Slot(str)
    def _on_pressed(self, name: str) -> None:
        done: dict[str, Callable[[], None]] = {
            "redactionAddButton": self.canvas.add,
            "redactionRemoveButton": self.canvas.remove,
            "redactionUndoButton": self.canvas.undo,
            "redactionFitButton": self._fit,
            "redactionLargerButton": partial(self._zoom, ZOOM_STEP),
            "redactionSmallerButton": partial(self._zoom, 1 / ZOOM_STEP),
            "redactionBeforeButton": partial(self._turn, -1),
            "redactionAfterButton": partial(self._turn, 1),
        }
        done[name]()

    def _turn(self, step: int) -> None:
        self.set_busy(busy=True)
        self._read(self._page + step)

    def _fit(self) -> None:
        self._fits = True
        room, size = self._scroll.maximumViewportSize(), self.canvas.image.size()
        if not size.isEmpty():
            zoom = min(room.width() / size.width(), room.height() / size.height(), 1.0)
            self.canvas.show_at(max(zoom, SMALLEST))

    def _zoom(self, step: float) -> None:
        self._fits = False
        self.canvas.show_at(min(max(self.canvas.zoom * step, SMALLEST), LARGEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep fitting while it fits."""
        super().resizeEvent(event)
        if self._fits:
            self._fit()

    # the copy as it will be

    def _see(self) -> None:
        plan = self._plans.get(self._page)
        if plan is None and self._page == NO_PAGE:
            self.say(NOTHING)
            return
        self.set_busy(busy=True)
        operation = partial(
            preview_picture_copy,
            item_id=self._item.id,
            plan=plan or self.canvas.plan,
            page=self._page,
        )
        self._session.run_long(self, operation, self._on_preview, self.fail)

    def _on_preview(self, picture: Picture) -> None:
        self.set_busy(busy=False)
        self.preview.show_picture(picture)
        self.show_step(1)

    def _keep_copy(self, purpose: Purpose) -> None:
        plans = self._plans or {self._page: self.canvas.plan}
        operation = partial(
            make_picture_copies,
            item_id=self._item.id,
            plans=dict(sorted(plans.items())),
            purpose=purpose,
        )
        self._session.run_long(self, operation, self._on_kept, self.fail)

    def _on_kept(self, made: CopiesMade) -> None:
        self.finish(made.marks)


def can_be_drawn_on(item: EvidenceItem) -> bool:
    """Say whether a copy of it can be made here: a picture, or a document of pages."""
    drawn = item.media_type.startswith("image/") and item.media_type != "image/svg+xml"
    return item.state is ItemState.KEPT and (drawn or item.media_type == PDF)


def start_redaction(session: Session, item: EvidenceItem, parent: QWidget) -> None:
    """Open the window for an item."""
    RedactionEditor(session, item, parent).come_up()


def _read_plans(text: str) -> dict[int, PicturePlan]:
    try:
        told = json.loads(text) if text else {}
        return {int(page): read_plan(plan) for page, plan in told.items()}
    except ValueError:
        return {}
