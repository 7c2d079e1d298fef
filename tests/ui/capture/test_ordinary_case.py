"""An ordinary bullying case: one question at the gate for the whole session, and no stop."""

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.procedures import Procedure
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.capture.gate_frame import GateFrame
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.capture.stop_notice import StopNotice
from desktop.ui.incident.checklist_section import has_open_stop
from tests.conftest import Perform
from tests.ui.capture_desk import CaptureDesk, copy_picture, desk, incident
from tests.ui.handles import click
from tests.workspaces import own_procedures

__all__ = ["desk", "incident"]

ORDINARY = {
    "T1": "no", "T2": "no", "T3": "no", "T4": "no", "T5": "no", "T6": "no", "T7": "no",
    "T8": "private+site", "T9": "no", "T10": "no", "T11": "under-18+with-parent", "T12": "no",
    "T13": "no",
}  # fmt: skip


class Seen(QObject):
    """Notes every question at the gate and every stop notice that comes onto the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: set[QObject] = set()
        self.stops: set[QObject] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            if isinstance(watched, GateFrame):
                self.questions.add(watched)
            if isinstance(watched, StopNotice):
                self.stops.add(watched)
        return False


@pytest.fixture(scope="session")
def procedures() -> dict[str, Procedure]:
    return dict(own_procedures())


def test_one_question_for_several_captures_and_no_stop(
    desk: CaptureDesk, incident: IncidentId, perform: Perform, qtbot: QtBot
) -> None:
    perform(partial(answer_triage, incident_id=incident, answers=ORDINARY))
    view = perform(partial(show_checklists, incident_id=incident))
    assert {"P01", "P02"} <= {each.procedure.id for each in view.checklists}
    assert not any(has_open_stop(each) for each in view.checklists)
    seen = Seen()
    application = QApplication.instance()
    assert application
    application.installEventFilter(seen)
    try:
        desk.flow.start(incident)
        desk.answer_no()
        dialog = desk.ways()
        for colour in ("red", "blue"):
            copy_picture(colour)
            click(dialog, "capturePasteButton")
            desk.later()
        click(dialog, "captureScreen1Button")
        desk.see(OriginForm)
        desk.later()
        desk.finish_bar()
    finally:
        application.removeEventFilter(seen)
    assert len(desk.items(incident)) == 3
    assert [type(one) for one in seen.questions] == [GateDialog]
    assert not seen.stops
