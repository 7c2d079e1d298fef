"""Log and keys: where the log lies, who keeps it, whether it is whole, when it locks, its look."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import AppError
from desktop.domain.times import say
from desktop.operations.check_log import LogCheck, check_log
from desktop.operations.keep_organisation import (
    Organisation,
    change_childrens_services,
    show_organisation,
)
from desktop.ui import messages
from desktop.ui.entry import Entry
from desktop.ui.session import Job, Session
from desktop.ui.theme import SCALES, Look
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.draft_edit import DraftLineEdit
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, field_label, secondary

_MINUTES = (2, 5, 10, 15, 30)
_LOOKS = {
    Look.SYSTEM: "As the computer is set",
    Look.LIGHT: "Light",
    Look.DARK: "Dark",
    Look.CONTRAST: "High contrast",
}


class LogPage(Page):
    """About the log itself."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__("Log and keys", parent)
        self._session = session
        self._entry = entry
        self._job: Job | None = None
        self._build_ui()
        session.changed.connect(self._on_changed)
        self.reload()

    def _build_ui(self) -> None:
        for card in (
            self._build_check_card(),
            self._build_place_card(),
            self._build_calls_card(),
            self._build_lock_card(),
            self._build_look_card(),
        ):
            self.body.addWidget(card)

    def _build_check_card(self) -> Card:
        card = Card(
            "Is everything unchanged?",
            self,
            hint="Reads every exhibit and every entry again and compares them with what was "
            "written when they were entered.",
        )
        self._check_button = QPushButton("Check the log now", card)
        self._check_button.setObjectName("checkLogButton")
        self._check_button.setAccessibleName("Check the log now")
        self._check_button.clicked.connect(self._on_check_clicked)
        self._stop_button = QPushButton("Stop", card)
        self._stop_button.setObjectName("stopCheckButton")
        self._stop_button.setAccessibleName("Stop the check")
        self._stop_button.clicked.connect(self._on_stop_clicked)
        self._stop_button.hide()
        self._progress_bar = QProgressBar(card)
        self._progress_bar.setAccessibleName("How far the check is")
        self._progress_bar.setRange(0, 100)
        self._progress_bar.setTextVisible(False)
        self._progress_bar.hide()
        self._result_label: QLabel = body("", card)
        self._result_label.setObjectName("checkResultLabel")
        self._result_label.hide()
        card.buttons.addWidget(self._check_button)
        card.buttons.addWidget(self._stop_button)
        card.body.addWidget(self._progress_bar)
        card.body.addWidget(self._result_label)
        return card

    def _build_place_card(self) -> Card:
        card = Card("Where it is, and whose", self)
        self._organisation_label = body("", card)
        keyholder = self._session.keyholder
        who = ", ".join(filter(None, (keyholder.name, keyholder.title))) if keyholder else ""
        marks = f"Exhibits are marked {keyholder.initials}/1 and so on." if keyholder else ""
        card.body.addWidget(self._organisation_label)
        card.body.addWidget(body(f"Keyholder: {who}", card))
        card.body.addWidget(secondary(marks, card))
        card.body.addWidget(body(f"Folder: {self._entry.folder}", card))
        card.body.addWidget(
            secondary(
                "To back up: lock the log, then copy the whole folder to an encrypted disk or a "
                "share only you can open. It opens only with your passphrase or recovery key.",
                card,
            )
        )
        return card

    def _build_calls_card(self) -> Card:
        card = Card("Children's services", self)
        self.number_edit = DraftLineEdit("Telephone number of your children's services", card)
        self.number_edit.setObjectName("childrensServicesEdit")
        self.number_edit.entered.connect(self._on_number_entered)
        card.body.addWidget(field_label("&Telephone number", self.number_edit, card))
        card.body.addWidget(self.number_edit)
        card.body.addWidget(secondary("Shown under “Someone in danger now”.", card))
        return card

    def _build_lock_card(self) -> Card:
        card = Card("Locking", self)
        self.minutes_box = QComboBox(card)
        self.minutes_box.setObjectName("lockMinutesBox")
        present = self._entry.preferences.lock_minutes
        for minutes in sorted({*_MINUTES, present}):
            self.minutes_box.addItem(f"{minutes} minutes", minutes)
        self.minutes_box.setCurrentIndex(self.minutes_box.findData(present))
        self.minutes_box.currentIndexChanged.connect(self._on_minutes_changed)
        card.body.addLayout(
            _row(field_label("Lock &after", self.minutes_box, card), self.minutes_box)
        )
        card.body.addWidget(
            secondary("When nobody touches keyboard or mouse. Ctrl+L locks at once.", card)
        )
        return card

    def _build_look_card(self) -> Card:
        card = Card("How it looks", self)
        self.look_box = QComboBox(card)
        self.look_box.setObjectName("lookBox")
        for look, words in _LOOKS.items():
            self.look_box.addItem(words, look.value)
        self.look_box.setCurrentIndex(list(_LOOKS).index(self._entry.preferences.look))
        self.scale_box = QComboBox(card)
        self.scale_box.setObjectName("textSizeBox")
        for scale in SCALES:
            self.scale_box.addItem(f"{scale} %", scale)
        self.scale_box.setCurrentIndex(self.scale_box.findData(self._entry.preferences.scale))
        self.look_box.currentIndexChanged.connect(self._on_look_changed)
        self.scale_box.currentIndexChanged.connect(self._on_look_changed)
        card.body.addLayout(_row(field_label("&Colours", self.look_box, card), self.look_box))
        card.body.addLayout(_row(field_label("Text &size", self.scale_box, card), self.scale_box))
        return card

    @Slot()
    def reload(self) -> None:
        """Read again what the log knows of the organisation."""
        self._session.run(self, show_organisation, self._show)

    def _show(self, organisation: Organisation) -> None:
        self._organisation_label.setText(organisation.name)
        self.number_edit.set_text(organisation.childrens_services)

    @Slot()
    def _on_check_clicked(self) -> None:
        self._show_running(running=True)
        self._job = self._session.run_long(
            self, check_log, self._on_checked, self._on_check_failed, self._on_progress
        )

    @Slot()
    def _on_stop_clicked(self) -> None:
        if self._job:
            self._job.cancel()

    def _on_progress(self, share: float) -> None:
        self._progress_bar.setValue(round(share * 100))

    def _on_checked(self, check: LogCheck) -> None:
        self._show_running(running=False)
        when = say(self._session.clock.now())
        self._result_label.setText(f"{check.sentence} Checked {when}.")
        set_role(self._result_label, "good" if check.holds else "problem")
        self._result_label.show()

    def _on_check_failed(self, error: AppError) -> None:
        self._show_running(running=False)
        messages.show(self, error)

    def _show_running(self, *, running: bool) -> None:
        self._progress_bar.setValue(0)
        self._progress_bar.setVisible(running)
        self._stop_button.setVisible(running)
        self._check_button.setDisabled(running)
        self._result_label.setVisible(not running and bool(self._result_label.text()))

    @Slot(str)
    def _on_number_entered(self, number: str) -> None:
        change = partial(change_childrens_services, number=number)
        self._session.run(self, change, self._on_number_kept)

    def _on_number_kept(self, _changes: Changes) -> None:
        messages.tell(self, "The number is kept.")

    @Slot()
    def _on_minutes_changed(self) -> None:
        minutes = int(self.minutes_box.currentData())
        self._entry.prefer(replace(self._entry.preferences, lock_minutes=minutes))

    @Slot()
    def _on_look_changed(self) -> None:
        look, scale = Look(self.look_box.currentData()), int(self.scale_box.currentData())
        self._entry.prefer(replace(self._entry.preferences, look=look, scale=scale))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, Topic.ORGANISATION):
            self.reload()


def _row(label: QLabel, field: QWidget) -> QHBoxLayout:
    label.setWordWrap(False)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(label)
    row.addWidget(field)
    row.addStretch(1)
    return row
