"""The windows of worksheets, for the walk by keyboard and for the pictures."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.operations.incident.keep_worksheets import (
    list_submitted,
    open_worksheet,
    submit_worksheet,
)
from desktop.operations.workspace import Workspace
from desktop.ui.incident.sent_sheet import SentSheetDialog
from desktop.ui.incident.worksheet_choice import WorksheetChoice
from desktop.ui.incident.worksheet_dialog import WorksheetDialog
from desktop.ui.incident.worksheet_sent import WorksheetSentForm
from tests.stage import Stage
from tests.workspaces import own_data

SENT = "childrens-services"


def _worksheet(worksheet_id: str, stage: Stage) -> WorksheetDialog:
    stage.open_log()
    dialog = WorksheetDialog(stage.session, stage.incident_id, worksheet_id, None, stage.window)
    dialog.show_form()
    stage.settle()
    return dialog


def _copied(stage: Stage) -> QWidget:
    dialog = _worksheet("ceop", stage)
    stage.press("copyReporterButton", dialog)
    return dialog


def _sent_before(stage: Stage) -> QWidget:
    stage.open_log()
    _send_once(stage)
    return _worksheet(SENT, stage)


def _record_sent(stage: Stage) -> QWidget:
    dialog = _worksheet("prevent", stage)
    stage.press("worksheetSentButton", dialog)
    return dialog.findChildren(WorksheetSentForm)[0]


def _sent_sheet(stage: Stage) -> QWidget:
    stage.open_log()
    _send_once(stage)
    (sheet,) = stage.perform(partial(list_submitted, incident_id=stage.incident_id))
    dialog = SentSheetDialog(stage.session, sheet, own_data().worksheet_title(SENT), stage.window)
    dialog.show_form()
    stage.settle()
    return dialog


def _send_once(stage: Stage) -> None:
    if not stage.perform(partial(list_submitted, incident_id=stage.incident_id)):
        stage.perform(partial(_send, stage=stage))


def _send(workspace: Workspace, stage: Stage) -> None:
    texts = open_worksheet(workspace, stage.incident_id, SENT).texts
    submit_worksheet(
        workspace, stage.incident_id, SENT, texts, at=workspace.now(), reference="none given"
    )


def _choice(stage: Stage) -> QWidget:
    stage.open_log()
    _send_once(stage)
    dialog = WorksheetChoice(stage.session, stage.incident_id, stage.window)
    dialog.show_form()
    stage.settle()
    return dialog


WORKSHEET_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("worksheets", _choice),
    ("worksheet-ceop", _copied),
    ("worksheet-lado", partial(_worksheet, "lado")),
    ("worksheet-iwf", partial(_worksheet, "iwf")),
    ("worksheet-sent-before", _sent_before),
    ("worksheet-record-sent", _record_sent),
    ("worksheet-sent", _sent_sheet),
)
