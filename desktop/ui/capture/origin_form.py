"""The form for where an item comes from: it asks what the medium has; everything may wait."""

import re
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from desktop.domain.calendar.times import Moment
from desktop.domain.errors import AppError
from desktop.domain.evidence.items import ORIGIN_FIELDS, EvidenceItem, Method
from desktop.domain.evidence.platforms import Platforms, read_address
from desktop.operations.browse_incidents import IncidentView
from desktop.operations.evidence.enter_origin import OriginView, enter_origin, show_origin
from desktop.ui import messages
from desktop.ui.capture.origin_fields import MEANT, ORDER, PLATFORM, SECOND_HAND, add_field
from desktop.ui.capture.screen_grab import clipboard_now
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import breakable, secondary

LONGEST_ADDRESS = 2000
FITS = 48
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_READ_FROM_ADDRESS = ("handle", "post_id", "profile_url", PLATFORM)
_WRITTEN = ("source_url", "handle", "time_as_shown", "description")
_ASKED_LAST = ("first_hand", *SECOND_HAND, "seen_live", "sensitivity")


class OriginForm(FormDialog):
    """Asks where an item, or a set of captures, comes from; what is left open waits on Today."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(
            session,
            item.incident_id,
            f"origin.{item.set_id or item.id}",
            f"{item.mark}: where does it come from?",
            parent,
            hint="It is kept, unchanged. Fill in what you know; the rest can wait.",
        )
        self._item = item
        self._platforms: Platforms | None = None
        self._from_address: dict[str, str] = {}
        self._build_fields()
        self.cancel_button.setText("Later")
        self.cancel_button.setAccessibleName("Later: it waits on Today")
        # What was typed so far stays as a draft.
        self.cancel_button.clicked.disconnect()
        self.cancel_button.clicked.connect(self.reject)
        self.form.edited.connect(self._on_form_edited)

    def _build_fields(self) -> None:
        for name in ORDER:
            add_field(self.form, name)
            if name == "source_url":
                self._build_address_words()
            if name == "description":
                self._more_button = self._quiet_button("originMoreButton", "More details")
                self._more_button.setCheckable(True)
                self._more_button.toggled.connect(self._arrange)
        for name in _ASKED_LAST:
            add_field(self.form, name)

    def _build_address_words(self) -> None:
        self._address_label = secondary("", self.form)
        self._address_label.setObjectName("originAddressLabel")
        self.form.add_widget(self._address_label)
        self._forget_button = self._quiet_button(
            "originForgetAddressButton", "Not this address: take it out"
        )
        self._forget_button.clicked.connect(self._on_forget_clicked)
        self._forget_button.hide()
        self._hint_label = secondary("", self.form)
        self.form.add_widget(self._hint_label)

    def _quiet_button(self, name: str, text: str) -> QPushButton:
        line = QWidget(self.form)
        button = QPushButton(text, line)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        set_role(button, "quiet")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        self.form.add_widget(line)
        return button

    def show_form(self) -> None:
        """Read what is known, then open in front of the window."""
        operation = partial(show_origin, item_id=self._item.id)
        self._session.run(self, operation, self._on_origin, self._on_unknown)

    def _on_unknown(self, error: AppError) -> None:
        super().show_form()
        messages.show(self, error)

    def _on_origin(self, view: OriginView) -> None:
        self._platforms = view.platforms
        self._item = view.item
        if len(view.marks) > 1:
            title = f"{view.marks[0]} to {view.marks[-1]}: where do they come from?"
            self.setWindowTitle(title)
            self.title_label.setText(title)
        self._fill()
        self._offer_address()
        self._more_button.setChecked(self._more_is_known())
        self._arrange()
        self.settle()
        super().show_form()
        self._focus_first_open()

    def _focus_first_open(self) -> None:
        """Put the caret where something is still to be written."""
        asked = (name for name in _WRITTEN if name in self._asked())
        name = next((name for name in asked if not self.form.text(name)), "")
        if name:
            self.form.focus(name)

    def _fill(self) -> None:
        box = self.form.field(PLATFORM)
        known = self._item.origin
        if isinstance(box, QComboBox) and box.findData(known.platform) < 0:
            box.addItem(known.platform, known.platform)
        for name in ORIGIN_FIELDS:
            if name == MEANT:
                self.form.set_when(
                    name, Moment.from_text(known.time_meant) if known.time_meant else None
                )
            elif self.form.has(name):
                self.form.set_text(name, str(getattr(known, name)))

    def _on_view(self, view: IncidentView) -> None:
        super()._on_view(view)
        self._read_address()
        self._arrange()
        if not self._forget_button.isHidden():
            self._on_edited()

    def _offer_address(self) -> None:
        """Fill in an address that lies on the clipboard, and say so; it is never opened."""
        address = address_on_clipboard()
        if address and "source_url" in self._asked() and not self._item.origin.source_url:
            self.form.set_text("source_url", address)
            self._forget_button.show()
        self._read_address()

    @Slot()
    def _on_forget_clicked(self) -> None:
        self._forget_button.hide()
        self.form.set_text("source_url", "")
        self.form.edited.emit()
        self.form.focus("source_url")

    @Slot()
    def _on_form_edited(self) -> None:
        self._read_address()
        self._arrange()

    def _read_address(self) -> None:
        """Fill in what the address tells, where nobody has written anything else."""
        if self._platforms is None:
            return
        address = self.form.text("source_url")
        facts = read_address(address, self._platforms)
        for name in _READ_FROM_ADDRESS:
            told = str(getattr(facts, name))
            if self.form.text(name) == self._from_address.get(name, ""):
                self.form.set_text(name, told)
                self._from_address[name] = told
        copied = "Copied address, filled in: " if not self._forget_button.isHidden() else ""
        whole = breakable(address) if copied or len(address) > FITS else ""
        self._address_label.setText(f"{copied}{whole}")
        platform = self._platforms.named(self.form.text(PLATFORM))
        self._hint_label.setText(platform.hint if platform else "")

    def _asked(self) -> tuple[str, ...]:
        return self._medium()[0]

    def _medium(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if self._platforms is None:
            return ("description",), ()
        medium = self._platforms.medium(self._item.kind, self.form.text(PLATFORM))
        return medium.asks, medium.more

    def _more_is_known(self) -> bool:
        origin = self._item.origin
        return any(getattr(origin, name) for name in self._medium()[1] if name != PLATFORM)

    @Slot()
    def _arrange(self) -> None:
        """Show what the medium has; the rest only where more is wanted or something stands."""
        asks, more = self._medium()
        opened = self._more_button.isChecked()
        for name in ORDER:
            self.form.set_shown(name, name in asks or (opened and name in more))
        passed_on = self.form.text("first_hand") == "no"
        captured = self._item.method is Method.SCREEN_CAPTURE
        self.form.set_shown("first_hand", opened or passed_on or not captured)
        for name in (*SECOND_HAND, "seen_live"):
            self.form.set_shown(name, passed_on)
        for widget, text in (
            (self._address_label, self._address_label.text()),
            (self._hint_label, self._hint_label.text()),
        ):
            widget.setVisible(bool(text))
        self._more_button.setText("Fewer details" if opened else "More details")

    def _keep(self) -> None:
        meant = self.form.when(MEANT)
        if meant is None and self.form.text(MEANT):
            self._say("Write when that was, such as 20 Nov 2026, 14:05.")
            self.form.focus(MEANT)
            return
        texts = {name: text for name, text in self.form.texts().items() if name in ORIGIN_FIELDS}
        texts[MEANT] = meant.to_text() if meant else ""
        self._run(partial(enter_origin, item_id=self._item.id, values=texts))


def address_on_clipboard() -> str:
    """Return the web address that is on the clipboard and nothing else, or ''."""
    offered = clipboard_now()
    if not offered.hasText():
        return ""
    text = offered.text().strip()
    return text if len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) else ""
