"""Keeps what is typed into a window of its own as a draft: a lock must not cost a word."""

import json
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.operations.incident.record_incident import save_draft
from desktop.operations.keep_words import read_words
from desktop.ui.session import Session

DRAFT_AFTER_MS = 400
NO_INCIDENT = "window"
AGAIN = "What you typed here before was kept. It is here again."

Field = QLineEdit | QPlainTextEdit


class KeptWords(QObject):
    """Watches fields; `restored` says that something typed earlier stands in them again.

    `subject` is the incident that the window is about, or NO_INCIDENT.
    """

    restored = Signal()

    def __init__(
        self,
        session: Session,
        subject: str,
        name: str,
        fields: Mapping[str, Field],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._subject = subject
        self._name = f"form.{name}"
        self._fields = dict(fields)
        self._kept = dict.fromkeys(fields, "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        for field in self._fields.values():
            field.textChanged.connect(self._on_edited)
        session.about_to_lock.connect(self.keep)

    def restore(self) -> None:
        """Bring back what was typed here and not entered; what stands there now stays."""
        operation = partial(read_words, subject=self._subject, name=self._name)
        self._session.run(self, operation, self._on_read)

    def forget(self) -> None:
        """Drop the draft: what was typed is entered, or given up."""
        self._timer.stop()
        self._kept = self._texts()
        self._save("")

    @Slot()
    def keep(self) -> None:
        """Keep at once what stands in the fields."""
        self._timer.stop()
        texts = self._texts()
        if texts != self._kept:
            self._kept = texts
            self._save(json.dumps(texts, ensure_ascii=False) if any(texts.values()) else "")

    def _save(self, value: str) -> None:
        operation = partial(save_draft, subject=self._subject, name=self._name, value=value)
        self._session.run(self, operation)

    def _texts(self) -> dict[str, str]:
        return {
            name: field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            for name, field in self._fields.items()
        }

    @Slot()
    def _on_edited(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_read(self, texts: dict[str, str]) -> None:
        standing = self._texts()
        fitting = {
            name: text
            for name, text in texts.items()
            if text and name in self._fields and not standing[name]
        }
        for name, text in fitting.items():
            field = self._fields[name]
            if isinstance(field, QLineEdit):
                field.setText(text)
                field.setModified(True)
            else:
                field.setPlainText(text)
        if fitting:
            self.restored.emit()
