"""The window that moves an incident to the restricted log: before, filled in, afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QWidget

from desktop.domain.changes import Changes
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.certificates import BackupLeft
from desktop.operations.entering.open_log import WayIn
from desktop.operations.moving.move_incident import Moved
from desktop.ui.incident.move_dialog import MoveDialog
from tests.stage import Stage

WAYS = (
    WayIn(KeyholderId("lee"), "Chair of governors", remembered=False),
    WayIn(KeyholderId("ada"), "Deputy", remembered=False),
)
MOVED = Moved(
    number="2026-0002", number_there="2026-0001", is_cleared=True, changes=Changes(frozenset())
)


def _dialog(stage: Stage) -> MoveDialog:
    stage.open_log()
    stage.desk.open_incident(stage.incident_id)
    stage.settle()
    dialog = MoveDialog(stage.session, stage.incident_id, stage.desk)
    dialog.open()
    stage.settle()
    return dialog


def _filled(second: str, stage: Stage) -> QWidget:
    dialog = _dialog(stage)
    dialog.form.show_ways(WAYS)
    stage.find(QLineEdit, "moveFolderEdit", dialog).setText("/media/stick/Log")
    stage.find(QPushButton, f"moveSecond{second}Button", dialog).click()
    stage.settle()
    for area in dialog.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        bar.setValue(bar.maximum())
    stage.settle()
    return dialog


def _sealed(stage: Stage) -> QWidget:
    """Show it as it is where something is sealed, and the backups that stay."""
    dialog = _dialog(stage)
    assert dialog._plan is not None
    backups = (BackupLeft("/media/backups", 12, date(2027, 2, 20)),)
    dialog._show_plan(replace(dialog._plan, sealed=1, linked=("2026-0001",), backups=backups))
    stage.settle()
    return dialog


def _moved(stage: Stage) -> QWidget:
    dialog = _dialog(stage)
    dialog._on_moved(MOVED)
    stage.settle()
    return dialog


MOVE_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("move", _dialog),
    ("move-second-keyholder", partial(_filled, "Keyholder")),
    ("move-witness", partial(_filled, "Witness")),
    ("move-alone", partial(_filled, "Alone")),
    ("move-sealed", _sealed),
    ("moved", _moved),
)
