"""Is it unchanged?: checks the whole log and says the result in words."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from desktop.domain.errors import AppError
from desktop.domain.times import say
from desktop.operations.check_log import LogCheck, check_log
from desktop.ui import messages
from desktop.ui.entry import Entry
from desktop.ui.log_section import LogSection
from desktop.ui.session import Job, Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body


class CheckSection(LogSection):
    """The check of everything."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._job: Job | None = None
        self.body.addWidget(self._build_check_card())

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
