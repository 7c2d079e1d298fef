"""Backups: where they go, how each place stands, a backup or a trial restore at once."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import AppError, Cancelled
from desktop.operations.backups.back_up import BackedUp, back_up
from desktop.operations.backups.keep_backup_places import (
    MOST_PLACES,
    BackupsView,
    PlaceView,
    add_backup_place,
    remove_backup_place,
    show_backups,
)
from desktop.operations.rescuing.try_restore import RestoreTried, try_restore
from desktop.operations.workspace import Workspace
from desktop.ui import file_choice, messages
from desktop.ui.entry import Entry
from desktop.ui.keeping.backup_place_rows import BackupPlaceRows
from desktop.ui.keeping.log_section import LogSection
from desktop.ui.session import Cancelled as IsCancelled
from desktop.ui.session import Job, Progress, Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, secondary

WHOLE = 1000
STOPPED = "Stopped. The earlier backups are as they were."
TRIAL_STOPPED = "Stopped before the answer."
NO_PLACE_YET = (
    "No backup has been made yet. Add a place first: a folder on an encrypted stick, another disk "
    "or a share that only you can open."
)
NONE_YET = "No backup has been made yet. Press “Back up now”."
IN_IT = (
    "In a backup: all records and all exhibits as they were taken in, encrypted as in the log. It "
    "opens with the passphrases of that day, and with the recovery key alone."
)
NOT_IN_IT = (
    "Not in it: what was held back, for it was never taken in; bundles and reports that you saved "
    "elsewhere; the settings of this computer."
)
WHEN = (
    "By itself the program backs up when the log is locked and something has changed, and once a "
    "day while it is open. Of the older backups it keeps one a day for a week, then one a week, "
    "then one a month."
)
TO_RESTORE = (
    "To restore: lock the log, then press “Restore from a backup”. The log that is there is kept."
)
WITHOUT_US = (
    "Without this program: every place holds a file READ ME.txt. It says how the backup is made, "
    "and how somebody who knows about computers opens it with the recovery key."
)


class BackupSection(LogSection):
    """Three cards: make and try, the places, and what one should know."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._job: Job | None = None
        self._trying = False
        self._has_places = False
        self.body.addWidget(self._build_backup_card())
        self.body.addWidget(self._build_places_card())
        self.body.addWidget(self._build_about_card())
        session.changed.connect(self._on_changed)
        self.reload()

    def _build_backup_card(self) -> Card:
        card = Card("Backups", self)
        self.state_label: QLabel = body("", card)
        self.state_label.setObjectName("backupStateLabel")
        self.progress_bar = QProgressBar(card)
        self.progress_bar.setObjectName("backupProgressBar")
        self.progress_bar.setRange(0, WHOLE)
        self.progress_bar.setTextVisible(False)
        self.progress_bar.hide()
        self.result_label: QLabel = body("", card)
        self.result_label.setObjectName("backupResultLabel")
        self.result_label.hide()
        self.now_button = _button(card, "backUpNowButton", "Back up now", self._on_now_clicked)
        set_role(self.now_button, "primary")
        self.try_button = _button(card, "tryRestoreButton", "Try a restore", self._on_try_clicked)
        self.stop_button = _button(card, "stopBackupButton", "Stop", self._on_stop_clicked)
        self.stop_button.hide()
        row = FlowLayout(spacing=8)
        for button in (self.now_button, self.try_button, self.stop_button):
            row.addWidget(button)
        for widget in (self.state_label, self.progress_bar, self.result_label):
            card.body.addWidget(widget)
        card.body.addLayout(row)
        hint = (
            "A trial restore opens the newest backup beside the log, without changing either, and "
            "compares the records, the custody record and 20 exhibits."
        )
        card.body.addWidget(secondary(hint, card))
        return card

    def _build_places_card(self) -> Card:
        card = Card("Where backups go", self)
        self.rows = BackupPlaceRows(card)
        self.rows.remove_requested.connect(self._on_remove_requested)
        self.add_button = _button(
            card, "addBackupPlaceButton", "Add a place…", self._on_add_clicked
        )
        self.full_label = secondary("Backups go to three places at most.", card)
        self.full_label.hide()
        row = FlowLayout(spacing=8)
        row.addWidget(self.add_button)
        card.body.addWidget(self.rows)
        card.body.addLayout(row)
        card.body.addWidget(self.full_label)
        return card

    def _build_about_card(self) -> Card:
        card = Card("What is in a backup, and how it comes back", self)
        for words in (IN_IT, NOT_IN_IT, WHEN, TO_RESTORE, WITHOUT_US):
            card.body.addWidget(secondary(words, card))
        return card

    def reload(self) -> None:
        """Read again how each place stands."""
        self._session.run_long(self, _show, self._show_backups, self._on_failed)

    def _show_backups(self, view: BackupsView) -> None:
        self.state_label.setText(_state(view))
        self.rows.show_places(view.places)
        full = len(view.places) >= MOST_PLACES
        self.add_button.setDisabled(full)
        self.full_label.setVisible(full)
        self._has_places = bool(view.places)
        set_role(self.now_button, "primary" if view.places else "plain")
        set_role(self.add_button, "plain" if view.places else "primary")
        self._enable()

    def _enable(self) -> None:
        running = self._job is not None
        self.now_button.setEnabled(self._has_places and not running)
        self.try_button.setEnabled(self._has_places and not running)

    @Slot()
    def _on_now_clicked(self) -> None:
        self._start(trying=False)
        self._job = self._session.run_long(
            self, back_up, self._on_backed_up, self._on_failed, self._on_progress
        )

    @Slot()
    def _on_try_clicked(self) -> None:
        self._start(trying=True)
        self._job = self._session.run_long(
            self, try_restore, self._on_tried, self._on_failed, self._on_progress
        )

    def _start(self, *, trying: bool) -> None:
        self._trying = trying
        name = "How far the trial restore is" if trying else "How far the backup is"
        self.progress_bar.setAccessibleName(name)
        self.progress_bar.setValue(0)
        self.progress_bar.show()
        self.result_label.hide()
        self.stop_button.show()
        self.stop_button.setFocus()
        self.now_button.setDisabled(True)
        self.try_button.setDisabled(True)

    def _end(self, sentence: str, role: str) -> None:
        self._job = None
        held = self.stop_button.hasFocus()
        self.progress_bar.hide()
        self.result_label.setText(sentence)
        set_role(self.result_label, role)
        self.result_label.setVisible(bool(sentence))
        self._enable()
        if held:
            (self.try_button if self._trying else self.now_button).setFocus()
        self.stop_button.hide()

    @Slot()
    def _on_stop_clicked(self) -> None:
        if self._job:
            self._job.cancel()

    def _on_progress(self, share: float) -> None:
        self.progress_bar.setValue(round(share * WHOLE))

    def _on_backed_up(self, answer: BackedUp) -> None:
        made = [result.outcome == "made" for result in answer.results]
        self._end(
            "\n".join(result.sentence for result in answer.results),
            "good" if all(made) else "problem",
        )

    def _on_tried(self, answer: RestoreTried) -> None:
        self._end(answer.sentence, "good" if answer.holds else "problem")

    def _on_failed(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            self._end(TRIAL_STOPPED if self._trying else STOPPED, "body")
            return
        self._end("", "body")
        messages.show(self, error)

    @Slot()
    def _on_add_clicked(self) -> None:
        file_choice.ask_folder(self, "A folder for backups", None, self._on_folder_chosen)

    def _on_folder_chosen(self, folder: Path) -> None:
        self._session.run_long(self, partial(_add, folder), self._on_places_changed)

    @Slot(object)
    def _on_remove_requested(self, place: PlaceView) -> None:
        messages.ask(
            self,
            f"Stop backing up to {place.path}?",
            "The backups that lie there stay, and still open. They are no longer renewed.",
            "Take it off the list",
            partial(self._remove, place.id),
        )

    def _remove(self, place_id: str) -> None:
        self._session.run_long(self, partial(_remove, place_id), self._on_places_changed)

    def _on_places_changed(self, _changes: Changes) -> None:
        """Do nothing: the session says what changed, and that reloads."""

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, Topic.BACKUP):
            self.reload()


def _button(card: Card, name: str, words: str, on_clicked: object) -> QPushButton:
    button = QPushButton(words, card)
    button.setObjectName(name)
    button.setAccessibleName(words.replace("…", ""))
    button.clicked.connect(on_clicked)
    return button


def _state(view: BackupsView) -> str:
    if view.last_made is None:
        return NONE_YET if view.places else NO_PLACE_YET
    made = f"The last backup was made on {say(view.last_made)}."
    if view.last_proved is None:
        return f"{made} None was ever tried: a trial restore shows that it can be relied on."
    return f"{made} The last one that was tried and held: {say(view.last_proved)}."


def _show(workspace: Workspace, _progress: Progress, _cancelled: IsCancelled) -> BackupsView:
    return show_backups(workspace)


def _add(
    folder: Path, workspace: Workspace, _progress: Progress, _cancelled: IsCancelled
) -> Changes:
    return add_backup_place(workspace, folder)


def _remove(
    place_id: str, workspace: Workspace, _progress: Progress, _cancelled: IsCancelled
) -> Changes:
    return remove_backup_place(workspace, place_id)
