"""Remember this computer: what that means is said before it is switched on."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.changes import Changes
from desktop.domain.errors import AppError
from desktop.operations.entering.remember_computer import (
    forget_computer,
    is_remembered,
    remember_computer,
)
from desktop.operations.workspace import Workspace
from desktop.ui import messages
from desktop.ui.session import Cancelled, Progress, Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import body, secondary

_OFF = "Off. The log opens with your passphrase or with the recovery key."
_ON = "On. The log opens on this computer with one click, for whoever is signed in here as you."
_NEVER = (
    "Not offered here: somebody whom a restricted log is about may be able to use this computer."
)
_MEANS = (
    "Anyone who can sign in to this computer as you could open the log, and so could a program "
    "that runs under your name. Leave it off on a computer that you share. Passphrase and "
    "recovery key open the log as before, with or without it."
)


class RememberCard(Card):
    """Off until somebody switches it on; each keyholder for themselves."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("Remember this computer", parent)
        self._session = session
        self._is_on = False
        self.state_label = body(_OFF, self)
        self.state_label.setObjectName("rememberedLabel")
        self.button = QPushButton(self)
        self.button.setObjectName("rememberComputerButton")
        self.button.clicked.connect(self._on_clicked)
        self.body.addWidget(self.state_label)
        self.body.addWidget(secondary(_MEANS, self))
        row = FlowLayout(spacing=8)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self._show(is_on=False)

    def reload(self) -> None:
        """Read again whether it is on."""
        self._session.run(self, is_remembered, self._on_known)

    def _on_known(self, is_on: bool) -> None:
        self._show(is_on=is_on)

    def _show(self, *, is_on: bool) -> None:
        self._is_on = is_on
        never = self._session.is_restricted
        self.state_label.setText(_NEVER if never else _ON if is_on else _OFF)
        self.button.setHidden(never)
        words = "Forget this computer" if is_on else "Remember this computer…"
        self.button.setText(words)
        self.button.setAccessibleName(words.replace("…", ""))
        self.button.setEnabled(True)

    @Slot()
    def _on_clicked(self) -> None:
        if self._is_on:
            self._start(forget_computer, "This computer is forgotten.")
        else:
            messages.ask(
                self,
                "Remember this computer?",
                "Anyone who can sign in to this computer as you could open the log.",
                "Remember it",
                self._remember,
            )

    def _remember(self) -> None:
        self._start(remember_computer, "The log opens here with one click from now on.")

    def _start(self, change: Callable[[Workspace], Changes], said: str) -> None:
        def work(workspace: Workspace, _progress: Progress, _cancelled: Cancelled) -> Changes:
            return change(workspace)

        def done(_changes: Changes) -> None:
            messages.tell(self, said)
            self.reload()

        self.button.setEnabled(False)
        self._session.run_long(self, work, done, self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self.button.setEnabled(True)
        messages.show(self, error)
