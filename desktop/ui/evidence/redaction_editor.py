"""The window in which a picture or a page is covered, marked or cropped, looked at, and kept."""

import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.derivatives import MadePicture, PicturePlan, plan_text, read_plan
from desktop.domain.errors import AppError
from desktop.domain.evidence import EvidenceItem, ItemState
from desktop.domain.shown import Picture
from desktop.operations.make_derivative import (
    NO_PAGE,
    CopiesMade,
    make_picture_copies,
    preview_picture_copy,
)
from desktop.operations.open_sheet import PDF, Sheet, open_sheet
from desktop.ui import messages
from desktop.ui.evidence.derivative_form import WhoFields
from desktop.ui.evidence.editor_bar import EditorBar
from desktop.ui.evidence.editor_canvas import EditorCanvas, Tool
from desktop.ui.evidence.viewer_picture import LARGEST, SMALLEST, PictureView, as_image
from desktop.ui.kept_words import AGAIN, Field, KeptWords
from desktop.ui.session import Session
from desktop.ui.tab_order import go_on
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import heading, secondary

SCREEN_SHARE = 0.9
ZOOM_STEP = 1.25
HINT = "The original stays as it is. What you do here goes onto a copy with a mark of its own."
LOOK = "This is the copy as it will be kept. Look closely: can anything be seen that should not?"
NOTHING = "Draw something first: a cover, a frame, an arrow, a number, or the part to keep."


class RedactionEditor(QDialog):
    """First the picture with tools, then the copy as it will be, with why and who is in it."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._item = item
        self._page = NO_PAGE
        self._plans: dict[int, PicturePlan] = {}
        self._fits = True
        self.who: WhoFields | None = None
        self.setObjectName("redactionDialog")
        self.setWindowTitle(f"A copy of {item.mark}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        session.about_to_lock.connect(self._on_about_to_lock)

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        self._hint_label = secondary(HINT, self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._build_work())
        self.pages.addWidget(self._build_result())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(8)
        outer.addWidget(heading(f"A copy of {self._item.mark}", self))
        outer.addWidget(self._hint_label)
        outer.addWidget(self.banner)
        outer.addWidget(self.pages, 1)
        outer.addWidget(self._build_buttons())

    def _build_work(self) -> QWidget:
        page = QWidget(self)
        self.bar = EditorBar(page)
        self.canvas = EditorCanvas()
        self._scroll = QScrollArea(page)
        self._scroll.setObjectName("redactionScrollArea")
        self._scroll.setAccessibleName("The picture: arrow keys scroll")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setWidget(self.canvas)
        self._plan_edit = QPlainTextEdit(page)  # what a draft keeps; never shown
        self._plan_edit.setObjectName("redactionPlanEdit")
        self._plan_edit.hide()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self._scroll, 1)
        self.bar.pressed.connect(self._on_pressed)
        self.bar.tool_chosen.connect(self._on_tool_chosen)
        self.canvas.changed.connect(self._on_canvas_changed)
        QShortcut(QKeySequence.StandardKey.Undo, page).activated.connect(self.canvas.undo)
        return page

    def _build_result(self) -> QWidget:
        page = QWidget(self)
        self.preview = PictureView(f"The copy of {self._item.mark}", page)
        self._fields = Scroll(page)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.preview, 3)
        row.addWidget(self._fields, 2)
        return page

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        self._buttons = FlowLayout(row, spacing=8)
        self.next_button = self._add_button(row, "redactionResultButton", "See the copy")
        self.keep_button = self._add_button(row, "redactionKeepButton", "Keep this copy")
        self.back_button = self._add_button(row, "redactionBackButton", "Back to the tools")
        self.cancel_button = self._add_button(row, "redactionCancelButton", "Cancel")
        self.next_button.clicked.connect(self._on_next_clicked)
        self.keep_button.clicked.connect(self._on_keep_clicked)
        self.back_button.clicked.connect(self._on_back_clicked)
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        for button in (self.next_button, self.keep_button):
            set_role(button, "primary")
        self._show_step(0)
        return row

    def _add_button(self, row: QWidget, name: str, words: str) -> QPushButton:
        button = QPushButton(words, row)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        self._buttons.addWidget(button)
        return button

    def come_up(self) -> None:
        """Open in front of the window and lay the item out."""
        screen = QGuiApplication.primaryScreen().availableSize()
        self.resize(screen * SCREEN_SHARE)
        self.open()
        self._set_busy(busy=True)
        self._read(NO_PAGE)

    # laying it out

    def _read(self, page: int) -> None:
        operation = partial(open_sheet, item_id=self._item.id, page=page)
        self._session.run_long(self, operation, self._on_sheet, self._on_error)

    def _on_sheet(self, sheet: Sheet) -> None:
        self._set_busy(busy=False)
        if self.who is None:
            self._build_who(sheet)
        self._page = sheet.page
        self.bar.show_page(sheet.page, sheet.pages)
        self.canvas.show_image(as_image(sheet.picture), self._plans.get(sheet.page))
        self._show_state()
        self._fit()
        self.canvas.setFocus()

    def _build_who(self, sheet: Sheet) -> None:
        self.who = WhoFields(
            self._session.clock, sheet.people, "redaction", self._fields.inner, ask_why=True
        )
        column = self._fields.inner.column
        column.setContentsMargins(2, 2, 12, 2)
        column.addWidget(self.who)
        column.addStretch(1)
        fields: dict[str, Field] = {"plans": self._plan_edit, **self.who.lines}
        name = f"redaction.{self._item.id}"
        self._words = KeptWords(self._session, self._item.incident_id, name, fields, self)
        self._words.restored.connect(self._on_restored)
        self._words.restore()

    @Slot()
    def _on_restored(self) -> None:
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

    def _show_state(self) -> None:
        plan = self.canvas.plan
        has_any = bool(plan.marks) or plan.crop is not None
        self.bar.show_state(can_undo=self.canvas.can_undo, can_remove=has_any)

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
        self._set_busy(busy=True)
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

    @Slot()
    def _on_next_clicked(self) -> None:
        plan = self._plans.get(self._page)
        if plan is None and self._page != NO_PAGE:
            plan = self.canvas.plan
        if plan is None:
            self.banner.show_message(NOTHING, "warn")
            return
        self.banner.clear()
        self._set_busy(busy=True)
        operation = partial(
            preview_picture_copy, item_id=self._item.id, plan=plan, page=self._page
        )
        self._session.run_long(self, operation, self._on_preview, self._on_error)

    def _on_preview(self, made: MadePicture) -> None:
        self._set_busy(busy=False)
        self.preview.show_picture(_as_picture(made))
        self._show_step(1)
        if self.who is not None:
            self.who.form.focus_first()

    @Slot()
    def _on_back_clicked(self) -> None:
        self._show_step(0)
        self.canvas.setFocus()

    def _show_step(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self._hint_label.setText(LOOK if step else HINT)
        self.next_button.setVisible(not step)
        self.keep_button.setVisible(bool(step))
        self.back_button.setVisible(bool(step))
        (self.keep_button if step else self.next_button).setDefault(True)

    # keeping it

    @Slot()
    def _on_keep_clicked(self) -> None:
        missing = self.who.missing() if self.who else ""
        if missing or self.who is None:
            self.banner.show_message(missing, "warn")
            return
        plans = self._plans or {self._page: self.canvas.plan}
        operation = partial(
            make_picture_copies,
            item_id=self._item.id,
            plans=dict(sorted(plans.items())),
            purpose=self.who.purpose(),
        )
        self._set_busy(busy=True)
        self._session.run_long(self, operation, self._on_kept, self._on_error)

    def _on_kept(self, made: CopiesMade) -> None:
        self._words.forget()
        parent = self.parentWidget()
        if parent is not None:
            messages.tell(
                parent, f"Kept as {made.marks}. {self._item.mark} stays as it was taken in."
            )
        self.accept()

    def _on_error(self, error: AppError) -> None:
        self._set_busy(busy=False)
        messages.show(self, error)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.pages, self.next_button, self.keep_button, self.back_button):
            widget.setDisabled(busy)

    # leaving

    @Slot()
    def _on_about_to_lock(self) -> None:
        self.close()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self.who is not None:
            self._words.forget()
        super().reject()

    def reject(self) -> None:
        """Close on Escape: what was drawn and typed is kept as a draft."""
        if self.who is not None:
            self._words.keep()
        super().reject()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802
        """Go on as it is read."""
        return go_on(self, following=following)


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


def _as_picture(made: MadePicture) -> Picture:
    """Read what this program wrote itself."""
    image = QImage.fromData(made.png).convertToFormat(QImage.Format.Format_RGBA8888)
    return Picture(made.width, made.height, bytes(image.constBits()), made.width, made.height)
