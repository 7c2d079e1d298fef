"""The first start: a few questions, one at a time, and a log is made."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.domain.errors import AppError, LogMissing
from desktop.ui import file_choice, messages
from desktop.ui.dialog import ENTER_KEYS
from desktop.ui.entering.assistant_steps import (
    FolderStep,
    KeyholderStep,
    OrganisationStep,
    PassphraseStep,
    ShowKeyStep,
    Step,
    TypeKeyStep,
)
from desktop.ui.entering.front_page import FrontPage
from desktop.ui.entry import Answers, Entry
from desktop.ui.session import Session
from desktop.ui.tab_order import tab_stops
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.operations.workspace import Workspace


STEPS = 6


class Assistant(FrontPage):
    """Six steps; one can go back from any of them, and nothing is written before the last."""

    offers_way_back = True
    existing_log_requested = Signal(object)
    back_requested = Signal()

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._recovery_key = ""
        self._steps: list[Step] = []
        self._index = 0
        folder = entry.folder
        there = folder is not None and entry.log_exists(folder)
        self._came_from_a_log = there and self.offers_way_back
        self._build_ui()
        session.run_outside(self, entry.new_recovery_key, self._on_key_made)

    def _build_ui(self) -> None:
        self._folder_step = FolderStep(self._entry, self)
        self._keyholder_step = KeyholderStep(self)
        self._passphrase_step = PassphraseStep(self._session, self._entry, self)
        self._organisation_step = OrganisationStep(self)
        self._steps = [self._folder_step, self._keyholder_step, self._organisation_step]
        self._steps.append(self._passphrase_step)
        for step in self._steps:
            self.card.body.addWidget(step)
        self._problem_label = label("", "problem", self)
        self._problem_label.setObjectName("problemLabel")
        self.card.body.addWidget(self._problem_label)
        self.card.body.addLayout(self._build_buttons())
        self._show_step(0)

    def _build_buttons(self) -> QHBoxLayout:
        self._existing_button = QPushButton("I have a log already", self)
        self._existing_button.setObjectName("existingLogButton")
        self._existing_button.setAccessibleName("Open a log that exists already")
        self._existing_button.clicked.connect(self._on_existing_clicked)
        set_role(self._existing_button, "quiet")
        self._back_button = QPushButton("Back", self)
        self._back_button.setObjectName("backButton")
        self._back_button.clicked.connect(self._on_back_clicked)
        self._next_button = QPushButton("Next", self)
        self._next_button.setObjectName("nextButton")
        self._next_button.clicked.connect(self._on_next_clicked)
        set_role(self._next_button, "primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._existing_button)
        row.addStretch(1)
        row.addWidget(self._back_button)
        row.addWidget(self._next_button)
        return row

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self._steps[self._index]

    @property
    def recovery_key(self) -> str:
        """The recovery key of the log to be made; empty for a moment at the start."""
        return self._recovery_key

    def focus_first(self) -> None:
        """Put the cursor where typing starts."""
        self.step.focus_first()

    def _on_key_made(self, recovery_key: str) -> None:
        self._recovery_key = recovery_key
        shown, typed = ShowKeyStep(recovery_key, self), TypeKeyStep(recovery_key, self)
        shown.sheet_requested.connect(self._on_sheet_requested)
        for step in (shown, typed):
            step.hide()
            self.card.body.insertWidget(len(self._steps), step)
            self._steps.append(step)
        self._order_tabs()
        self._show_step(self._index)

    def _order_tabs(self) -> None:
        last: QWidget = self.danger_button
        order = [*self._steps, self._existing_button, self._back_button, self._next_button]
        for each in order:
            fields = each.findChildren(QWidget) if isinstance(each, Step) else [each]
            for field in fields:
                if field.focusPolicy() & Qt.FocusPolicy.TabFocus and not field.focusProxy():
                    QWidget.setTabOrder(last, field)
                    last = field

    def _show_step(self, index: int) -> None:
        self.show_rescue(shown=index == 0)
        self._index = index
        for number, step in enumerate(self._steps):
            step.setVisible(number == index)
        self.card.set_title(self.step.title)
        self.card.set_hint(f"Step {index + 1} of {STEPS}. {self.step.hint}")
        self._show_problem("")
        is_last = index == STEPS - 1
        self._next_button.setText("Make the log" if is_last else "Next")
        self._next_button.setAccessibleName("Make the log" if is_last else "Next step")
        before = "Back to the step before" if index else "Back to the log that is there"
        self._back_button.setAccessibleName(before)
        self._back_button.setVisible(index > 0 or self._came_from_a_log)
        self._existing_button.setVisible(index == 0)
        if isinstance(self.step, ShowKeyStep):
            self._next_button.setFocus()
        else:
            self.step.focus_first()

    def _show_problem(self, text: str) -> None:
        self._problem_label.setText(text)
        self._problem_label.setVisible(bool(text))

    def _show_busy(self, *, busy: bool) -> None:
        for each in (self._next_button, self._back_button, self._existing_button, *self._steps):
            each.setDisabled(busy)
        if busy:
            self._next_button.setText("Making the log…")

    @Slot()
    def _on_next_clicked(self) -> None:
        problem = self.step.problem()
        self.banner.clear()
        if problem:
            self._show_problem(problem)
            self.step.focus_first()
        elif self.step is self._folder_step:
            check = partial(self._entry.check_folder, self._folder_step.folder)
            self._session.run_outside(self, check, self._on_folder_checked)
        elif isinstance(self.step, TypeKeyStep):
            self._create()
        else:
            self._go_on()

    def _on_folder_checked(self, _answer: None) -> None:
        if self.step is self._folder_step:
            self._go_on()

    def _go_on(self) -> None:
        if not self._recovery_key and self.step is self._passphrase_step:
            return
        if self.step is self._organisation_step:
            name, organisation = self._keyholder_step.name_edit, self._organisation_step.edit
            self._passphrase_step.know((name.text(), organisation.text()))
        self._show_step(self._index + 1)

    @Slot()
    def _on_sheet_requested(self) -> None:
        draw = partial(
            self._entry.recovery_sheet,
            self._organisation_step.edit.text().strip(),
            self._folder_step.folder,
            self._recovery_key,
        )
        self._session.run_outside(self, draw, self._offer_sheet)

    def _offer_sheet(self, pdf: bytes) -> None:
        self._entry.offer_paper(self, self._session, "Recovery sheet", pdf)

    def _create(self) -> None:
        answers = Answers(
            folder=self._folder_step.folder,
            organisation=self._organisation_step.edit.text().strip(),
            name=self._keyholder_step.name_edit.text().strip(),
            title=self._keyholder_step.title_edit.text().strip(),
            initials=self._keyholder_step.initials,
            passphrase=self._passphrase_step.fields.text(),
            recovery_key=self._recovery_key,
        )
        opener: Callable[[], Workspace] = partial(self._entry.create, answers)
        self._entry.folder = answers.folder
        self._show_busy(busy=True)
        self._session.open(self, opener, self._on_created, self._on_failed)

    def _on_created(self) -> None:
        self._entry.remember_folder(self._folder_step.folder)
        self._passphrase_step.fields.clear()

    def _on_failed(self, error: AppError) -> None:
        self._show_busy(busy=False)
        self._show_step(self._index)
        messages.show(self, error)

    @Slot()
    def _on_back_clicked(self) -> None:
        self.banner.clear()
        if self._index:
            self._show_step(self._index - 1)
        else:
            self.back_requested.emit()

    @Slot()
    def _on_existing_clicked(self) -> None:
        file_choice.ask_folder(self, "The folder that holds the log", None, self._on_existing)

    def _on_existing(self, folder: Path) -> None:
        if self._entry.log_exists(folder):
            self.existing_log_requested.emit(folder)
        else:
            messages.show(self, LogMissing(folder))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on: to a field below that is still empty, then to the next step."""
        here = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and self._back_button.isVisible():
            self._back_button.click()
        elif event.key() not in ENTER_KEYS or not isinstance(here, QLineEdit):
            super().keyPressEvent(event)
        elif (empty := self._empty_after(here)) is not None:
            empty.setFocus()
        else:
            self._on_next_clicked()

    def _empty_after(self, here: QLineEdit) -> QLineEdit | None:
        stops = list(tab_stops(self.step))
        below = stops[stops.index(here) + 1 :] if here in stops else []
        edits = [one for one in below if isinstance(one, QLineEdit)]
        return next((one for one in edits if not one.text().strip()), None)
