"""The pages before a log is open, and the ways to a restricted log."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.entering.assistant import Assistant
from desktop.ui.entering.restricted_front import RestrictedAssistant, RestrictedPlacePage
from desktop.ui.entering.unlock_page import UnlockPage
from tests.stage import Stage


def _unlock(stage: Stage) -> QWidget:
    stage.lock_log()
    if not isinstance(stage.window.front, UnlockPage):
        stage.window._on_existing_log_requested(stage.folder / "log")
    stage.settle()
    return stage.window


def _rescue(button: str, stage: Stage) -> QWidget:
    _unlock(stage)
    stage.press(button)
    return stage.window


def _assistant(step: int, stage: Stage) -> QWidget:
    stage.lock_log()
    stage.window._on_new_log_requested()
    stage.settle()
    front = stage.window.front
    assert isinstance(front, Assistant)
    typed = {
        "nameEdit": "Pat Smith",
        "titleEdit": "Designated safeguarding lead",
        "organisationEdit": "Example Training",
        "newPassphraseEdit": "quiet harbour seven lanterns",
        "passphraseAgainEdit": "quiet harbour seven lanterns",
        "recoveryKeyEdit": front.recovery_key,
    }
    for edit in front.findChildren(QLineEdit):
        if edit.objectName() in typed and not edit.text():
            edit.setText(typed[edit.objectName()])
    front._show_step(step)
    stage.settle()
    return stage.window


def _restricted_guide(stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.show_restricted()
    stage.press("restrictedHeadButton")
    return stage.window


def _restricted_front(button: str, stage: Stage) -> QWidget:
    _restricted_guide(stage)
    stage.press(button)
    assert isinstance(stage.window.front, RestrictedAssistant | RestrictedPlacePage)
    return stage.window


def _restricted_today(stage: Stage) -> QWidget:
    stage.lock_log()
    stage.session.open(stage.window, stage.open_restricted)
    stage.settle()
    return stage.window


ENTERING_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("unlock", _unlock),
    ("restore", partial(_rescue, "restoreButton")),
    ("salvage", partial(_rescue, "salvageButton")),
    *((f"assistant-{step + 1}", partial(_assistant, step)) for step in range(6)),
    ("restricted-guide", _restricted_guide),
    ("restricted-new", partial(_restricted_front, "startRestrictedButton")),
    ("restricted-place", partial(_restricted_front, "openRestrictedButton")),
    ("restricted-today", _restricted_today),
)
