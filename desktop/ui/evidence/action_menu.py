"""A button that unfolds what can be done with an item."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.ui.evidence.item_actions import ItemAction


class ActionButton(QPushButton):
    """`chosen` gives the action; the button hides where nothing is offered."""

    chosen = Signal(object)

    def __init__(self, name: str, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAutoDefault(False)
        self._menu = QMenu(self)
        self.setMenu(self._menu)

    def offer(self, actions: tuple[ItemAction, ...]) -> None:
        """Offer these and nothing else."""
        self._menu.clear()
        for action in actions:
            entry = self._menu.addAction(action.text)
            entry.setObjectName(action.name)
            entry.triggered.connect(partial(self._choose, action))
        self.setVisible(bool(actions))

    def choose(self, name: str) -> None:
        """Choose an action by its name, as by the mouse."""
        for entry in self._menu.actions():
            if entry.objectName() == name:
                entry.trigger()

    def _choose(self, action: ItemAction, _checked: bool = False) -> None:
        self.chosen.emit(action)
