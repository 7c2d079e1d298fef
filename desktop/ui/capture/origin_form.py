"""The form for where an item comes from; everything may wait, the content is kept already."""

import re
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.evidence import EvidenceItem
from desktop.operations.take_evidence import enter_origin
from desktop.ui.capture.screen_grab import clipboard_now
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import secondary

FIELDS = (
    ("description", "What it shows, in neutral words", "Comment by @… under …"),
    ("source_url", "Address (URL) of the page", ""),
    ("time_as_shown", "Time as shown, letter for letter", "2h ago, 12/03 14:05 …"),
    ("zone_as_shown", "Time zone as shown", "not shown"),
    ("handle", "Handle, number or address of the account", "@…"),
    ("display_name", "Name shown beside it", ""),
    ("platform", "Platform or site", ""),
    ("original_kept", "Where the original is kept", "in the mailbox of …, on the learner's phone"),
)
LONGEST_ADDRESS = 2000
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class OriginForm(FormDialog):
    """Asks where an item comes from; what is left open waits on Today."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(
            session,
            item.incident_id,
            f"origin.{item.id}",
            f"{item.mark}: where does it come from?",
            parent,
            hint=f"{item.mark} is kept, unchanged. Fill in what you know; the rest can wait.",
        )
        self._item_id = item.id
        self.cancel_button.setText("Later")
        self.cancel_button.setAccessibleName("Later: it waits on Today")
        # What was typed so far stays as a draft.
        self.cancel_button.clicked.disconnect()
        self.cancel_button.clicked.connect(self.reject)
        self._build_fields()
        for name, _label, _hint in FIELDS:
            self.form.set_text(name, str(getattr(item.origin, name)))
        self.settle()

    def _build_fields(self) -> None:
        for name, label, hint in FIELDS:
            self.form.add_line(name, label, hint)
            if name == "source_url":
                self._offer_address()

    def _offer_address(self) -> None:
        """Offer an address that lies on the clipboard; it is never opened."""
        address = address_on_clipboard()
        self._offer_button = QPushButton(self.form)
        self._offer_button.setObjectName("originUseClipboardButton")
        set_role(self._offer_button, "quiet")
        self._offer_button.setText("Use the copied address")
        self._offer_button.setAccessibleName(f"Use the copied address {address}")
        self._offer_button.setToolTip(address)
        self._offer_label = secondary(breakable(address), self.form)
        self._offer_button.clicked.connect(partial(self._use, address))
        for widget in (self._offer_label, self._offer_button):
            widget.setVisible(bool(address))
            self.form.add_widget(widget)

    def _use(self, address: str) -> None:
        self.form.set_text("source_url", address)
        self.form.edited.emit()
        self._offer_button.hide()
        self._offer_label.hide()
        self.form.focus("time_as_shown")

    def _keep(self) -> None:
        values = {name: self.form.text(name) for name, _label, _hint in FIELDS}
        self._run(partial(enter_origin, item_id=self._item_id, values=values))


def breakable(address: str) -> str:
    """Let a long address break into lines where it is shown."""
    return re.sub(r"(?<=[/?&=._-])", "\u200b", address)


def address_on_clipboard() -> str:
    """Return the web address that is on the clipboard and nothing else, or ''."""
    offered = clipboard_now()
    if not offered.hasText():
        return ""
    text = offered.text().strip()
    return text if len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) else ""
