"""The tabs of the page about the organisation, and the forms that open from it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from tests.stage import Stage


def _tab(name: str, stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.open_log_section(name)
    stage.settle()
    return stage.window


def _form(name: str, button: str, stage: Stage) -> QWidget:
    _tab(name, stage)
    stage.press(button)
    return stage.dialog()


ORGANISATION_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("organisation-policy", partial(_tab, "policy")),
    ("organisation-roles", partial(_tab, "roles")),
    ("organisation-role", partial(_form, "roles", "roleDSLButton")),
    ("organisation-contacts", partial(_tab, "contacts")),
    ("organisation-contact", partial(_form, "contacts", "addContactButton")),
)
