"""The evidence page of an incident of 1,000 items: when it stands, and how it scrolls."""

import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import quantiles

from PySide6.QtCore import QEventLoop, QSize, Qt
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem

from desktop.app import SWITCH_SECONDS
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.show_evidence import list_evidence
from desktop.ui.evidence.evidence_panel import EvidencePanel
from tests.benchmarks.rows import Row, compare, limit
from tests.evidence_pieces import a_png
from tests.many_items import many_items
from tests.stage import Stage

ITEMS = 1000
# The plain list writes one line for each item; ours also makes tiles with five controls each.
# Tried: 1.4 on a quiet machine, 2.2 on a busy one.
OPEN_GOAL = 2.5
GAP_GOAL = 0.050
STEP = 120


def rows() -> list[Row]:
    """Open the page against a plain list of the same rows, then scroll through all of it."""
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    sys.setswitchinterval(SWITCH_SECONDS)
    with tempfile.TemporaryDirectory() as place:
        stage = Stage(application, Path(place))
        stage.open_log()
        incident = stage.perform(partial(many_items, count=ITEMS, png=a_png(size=(1280, 800))))
        bench = _Page(application, stage, incident)
        found = [
            compare("evidence of 1,000 items", bench.opened, bench.plain_list, goal=OPEN_GOAL),
            limit("scrolling it, p99 of a step", bench.scrolled, goal=GAP_GOAL, rounds=1),
        ]
        bench.close()
        stage.close()
    return found


class _Page:
    """The panel alone, as large as in the window; the list beside it does the least there is."""

    def __init__(self, application: QApplication, stage: Stage, incident: IncidentId) -> None:
        self._application, self._stage, self._incident = application, stage, incident
        self._panel = EvidencePanel(stage.session)
        self._panel.resize(620, 760)
        self._panel.show()

    def opened(self) -> float:
        """From the wish to see another incident until its first tiles stand there."""
        self._panel.show_incident(None)
        self._stage.settle()
        started = time.perf_counter()
        self._panel.show_incident(self._incident)
        while not self._panel.tiles:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._panel.grab()
        took = time.perf_counter() - started
        self._stage.settle()
        return took

    def plain_list(self) -> float:
        """Read the same rows and put their words into Qt's own list of icons."""
        answers: list[bool] = []
        started = time.perf_counter()
        operation = partial(list_evidence, incident_id=self._incident)
        plain = QListWidget()
        plain.setViewMode(QListWidget.ViewMode.IconMode)
        plain.setUniformItemSizes(True)
        plain.resize(620, 760)

        def fill(shown: object) -> None:
            for line in shown.lines:  # type: ignore[attr-defined]
                entry = QListWidgetItem(f"{line.item.mark}  {line.item.label}", plain)
                entry.setTextAlignment(Qt.AlignmentFlag.AlignLeft)
                entry.setSizeHint(QSize(260, 250))
            answers.append(True)

        self._stage.session.run(self._stage.session, operation, fill)
        while not answers:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        plain.show()
        plain.grab()
        took = time.perf_counter() - started
        plain.deleteLater()
        return took

    def scrolled(self) -> float:
        """Turn the wheel from the first item to the last; the slowest steps count."""
        bar = self._panel.rows_scroll.verticalScrollBar()
        steps = []
        for value in range(0, bar.maximum(), STEP):
            started = time.perf_counter()
            bar.setValue(value)
            self._application.processEvents()
            steps.append(time.perf_counter() - started)
        return quantiles(steps, n=100)[-1]

    def close(self) -> None:
        """Let go of the panel."""
        self._stage.settle()
        self._panel.deleteLater()
