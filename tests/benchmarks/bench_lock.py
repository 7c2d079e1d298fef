"""How long a lock takes with a large incident open: until nothing is seen, until keys are gone."""

import tempfile
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId
from desktop.operations.entering.open_log import lock_log
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.incident.keep_chronology import add_note
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.ui.capture.screen_grab import encode_png
from desktop.ui.desk import Desk
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.incident.incident_page import IncidentPage
from tests.benchmarks.rows import ROUNDS, Row
from tests.stage import Stage
from tests.workspaces import close_workspace, open_workspace, own_procedures

GOAL = 0.200
ITEMS, LINES = 200, 500


def rows() -> list[Row]:
    """Lock five times over 200 items and 500 lines of chronology, with one item in a viewer."""
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as place:
        stage = Stage(application, Path(place))
        workspace = open_workspace(stage.folder / "log", stage.clock, own_procedures())
        incident_id = start_incident(workspace, title="A long one").incident_id
        _fill(workspace, incident_id)
        close_workspace(workspace)
        rounds = [_one_round(application, stage, incident_id) for _ in range(ROUNDS)]
        stage.close()
    seen, gone = zip(*rounds, strict=True)
    return [
        Row(name="(g) lock: nothing of the log on screen", ours=median(seen), goal=GOAL),
        Row(name="(g) lock: log closed, keys gone", ours=median(gone), goal=GOAL),
    ]


def _fill(workspace: Workspace, incident_id: IncidentId) -> None:
    statement = make_statement(workspace, incident_id, GateAnswer.NO, ("pictures",)).statement.id
    for number in range(ITEMS):
        image = QImage(640, 360, QImage.Format.Format_RGB32)
        image.fill(0xFF000000 + number * 70_000 % 0xFFFFFF)
        add_picture(
            workspace,
            incident_id,
            statement,
            png=encode_png(image),
            kind=ItemKind.PICTURE,
            method=Method.PASTE,
            captured_at=workspace.now(),
            progress=lambda _share: None,
            cancelled=lambda: False,
        )
    for number in range(LINES):
        words = f"Line {number}: she was sent another message on the bus, and did not answer."
        add_note(workspace, incident_id, at=workspace.now(), text=words)


class _Painted(QObject):
    """Notes when the page of a locked log was drawn first."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.at = 0.0
        self._application = application
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, UnlockPage):
            self.at = self.at or time.perf_counter()
        return False

    def stop(self) -> None:
        self._application.removeEventFilter(self)


def _one_round(
    application: QApplication, stage: Stage, incident_id: IncidentId
) -> tuple[float, float]:
    stage.open_log()
    _open_everything(stage, incident_id)
    closed: list[float] = []

    def close(workspace: Workspace) -> None:
        lock_log(workspace)
        closed.append(time.perf_counter())

    stage.session._close_log = close
    painted = _Painted(application)
    begun = time.perf_counter()
    stage.session.lock()
    stage.wait_for(lambda: bool(closed) and bool(painted.at))
    painted.stop()
    assert stage.window.desk is None
    stage.settle()
    return painted.at - begun, closed[0] - begun


def _open_everything(stage: Stage, incident_id: IncidentId) -> None:
    assert isinstance(stage.desk, Desk)
    stage.desk.open_incident(incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    for panel in (page.evidence_panel, page.chronology_panel):
        page.tabs.show_panel(panel)
        stage.settle()
    item = page.evidence_panel.findChild(QObject, "evidenceTile").item  # type: ignore[union-attr]
    ItemViewer(stage.session, item, stage.desk).look()
    stage.settle()
