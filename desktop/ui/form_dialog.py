"""The frame of every form in a window of its own: what is typed is kept until it is entered."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import AppError
from desktop.domain.identifiers import IncidentId
from desktop.operations.browse_incidents import IncidentView, show_incident
from desktop.operations.incident.record_incident import save_draft
from desktop.operations.workspace import Workspace
from desktop.ui import messages
from desktop.ui.dialog import Dialog
from desktop.ui.form_fields import FieldsForm
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import heading, secondary

T = TypeVar("T")
DRAFT_AFTER_MS = 400
LETTERS_WIDE = 62


class FormDialog(Dialog):
    """Fields in a column, one button that keeps them; Escape leaves what was typed as a draft."""

    is_tall = False

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        name: str,
        title: str,
        parent: QWidget,
        *,
        keep: str = "Keep",
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._draft_name = f"form.{name}"
        self._dirty = False
        self.setObjectName(f"{name.split('.', maxsplit=1)[0]}Dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = FieldsForm(session.clock, name.split(".", maxsplit=1)[0], self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self._save_draft)
        self._build_frame(title, hint, keep)
        self.form.edited.connect(self._on_edited)
        session.about_to_lock.connect(self._on_about_to_lock)

    def _build_frame(self, title: str, hint: str, keep: str) -> None:
        self.banner = Banner(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        self.title_label = heading(title, self)
        outer.addWidget(self.title_label)
        self._hint_label = secondary(hint, self)
        self._hint_label.setVisible(bool(hint))
        outer.addWidget(self._hint_label)
        outer.addWidget(self.banner)
        self._scroll = self._build_scroll()
        outer.addWidget(self._scroll, 1)
        self.cancel_button = QPushButton("Cancel", self)
        self.cancel_button.setObjectName("cancelButton")
        self.cancel_button.setAccessibleName("Cancel and forget what was typed here")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self.keep_button = QPushButton(keep, self)
        self.keep_button.setObjectName("keepButton")
        self.keep_button.setAccessibleName(keep)
        self.keep_button.setDefault(True)
        set_role(self.keep_button, "primary")
        self.keep_button.clicked.connect(self._on_keep_clicked)
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        flow.addWidget(self.keep_button)
        flow.addWidget(self.cancel_button)
        outer.addWidget(row)
        # In a field of several lines Enter begins a new one.
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.keep_button.click)

    def _build_scroll(self) -> Scroll:
        scroll = Scroll(self)
        self._fields_column = scroll.inner.column
        self._fields_column.setContentsMargins(2, 2, 12, 2)
        self._fields_column.addWidget(self.form)
        self._fields_column.addStretch(1)
        return scroll

    def show_form(self) -> None:
        """Open in front of the window, with what was typed here before."""
        screen = QGuiApplication.primaryScreen().availableSize()
        wide = self.fontMetrics().averageCharWidth() * LETTERS_WIDE
        high = self.form.sizeHint().height() + self.fontMetrics().height() * 14
        if self.is_tall:
            high = screen.height()
        self.resize(
            min(wide, round(screen.width() * 0.9)), min(high, round(screen.height() * 0.9))
        )
        self.open()
        self.form.focus_first()
        self.settle()
        self._read()

    def _read(self) -> None:
        """Read what is known of the incident, with what was typed here before."""
        operation = partial(show_incident, incident_id=self._incident_id)
        self._session.run(self, operation, self._on_view)

    @Slot()
    def _on_edited(self) -> None:
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _save_draft(self) -> None:
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        text = json.dumps(self.form.texts(), ensure_ascii=False)
        self._keep_draft(text)

    @Slot()
    def _on_about_to_lock(self) -> None:
        self._save_draft()
        self.close()

    def show_instead(self, widget: QWidget) -> None:
        """Show something else where the fields were."""
        self.form.hide()
        self._hint_label.hide()
        self._fields_column.insertWidget(0, widget)
        self._scroll.verticalScrollBar().setValue(0)

    def restore(self, view: IncidentView) -> None:
        """Bring back what was typed here and not entered."""
        self.bring_back(view.drafts)

    def bring_back(self, drafts: Mapping[str, str]) -> None:
        """Fill the fields from these drafts, unless somebody is typing already."""
        if self._dirty:
            return
        text = drafts.get(self._draft_name, "")
        if text:
            self.form.set_texts(json.loads(text))
            self.banner.show_message("What you typed here before was kept. It is here again.")
        self.settle()

    def settle(self) -> None:
        """Count what stands in the fields as kept already."""
        self._dirty = False
        self._timer.stop()

    def _on_view(self, view: IncidentView) -> None:
        """Take what is known of the incident; a form may fill in more before it restores."""
        self.restore(view)

    def _keep(self) -> None:
        """Enter what was typed; each form does that in its own way."""
        raise NotImplementedError

    def _run(self, operation: Callable[[Workspace], T]) -> None:
        """Do it, then close; what goes wrong is said on this form and everything stays."""
        self.keep_button.setEnabled(False)
        self._session.run(self, operation, self._on_done, self._on_error)

    def _lacks(self, *wanted: tuple[str, str]) -> bool:
        """Ask for the first field that is still empty, in its own words, with the caret there."""
        for name, words in wanted:
            if not self.form.text(name):
                self._ask_for(name, words)
                return True
        return False

    def _ask_for(self, name: str, words: str) -> None:
        """Say what is missing, with the caret in its field and the field in view."""
        self._say(words)
        self.form.focus(name)
        field = self.form.field(name)
        # The banner above has to find its room first.
        QTimer.singleShot(0, self, partial(self._scroll.ensureWidgetVisible, field))

    def _say(self, text: str) -> None:
        self.banner.show_message(text, "warn")

    def _on_done(self, _answer: object) -> None:
        self._forget()
        self.accept()

    def _on_error(self, error: AppError) -> None:
        self.keep_button.setEnabled(True)
        messages.show(self, error)

    @Slot()
    def _on_keep_clicked(self) -> None:
        self._keep()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._forget()
        super().reject()

    def _forget(self) -> None:
        self._timer.stop()
        self._dirty = False
        self._keep_draft("")

    def _keep_draft(self, text: str) -> None:
        subject, name = self._incident_id, self._draft_name
        self._session.run(self, partial(save_draft, subject=subject, name=name, value=text))

    def reject(self) -> None:
        """Close on Escape: what was typed stays as a draft."""
        self._save_draft()
        super().reject()
