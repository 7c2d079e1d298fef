"""(n) How the window feels while 200 screenshots come in that were dropped on it."""

import shutil
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.app import SWITCH_SECONDS
from desktop.domain.evidence.items import Method
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.reading.decoder import Decoder
from desktop.ui.capture.take_progress import TakeProgress
from desktop.ui.incident.incident_page import IncidentPage
from tests.benchmarks.bench_intake import COUNT, screenshots
from tests.benchmarks.rows import Row
from tests.stage import Stage

ROUNDS = 3
BEAT_MS = 5
P99_GOAL = 0.050
# The one long wait is for the question with its 200 boxes.
LONGEST_GOAL = 0.200
# Three commits and one question to the process apart for each, and the page that follows.
EACH_GOAL = 0.060


def rows() -> list[Row]:
    """Drop them, answer the question, and wait until the last is kept."""
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    sys.setswitchinterval(SWITCH_SECONDS)
    decoder = Decoder()
    try:
        decoder("text", b"it is warm now")
        with tempfile.TemporaryDirectory() as place:
            paths = screenshots(Path(place))
            rounds = []
            for number in range(ROUNDS):
                folder = Path(place, f"round{number}")
                folder.mkdir()
                rounds.append(_one_round(application, folder, paths, decoder))
                shutil.rmtree(folder)
    finally:
        decoder.stop()
    p99 = [quantiles(gaps, n=100)[-1] for gaps, _took in rounds]
    longest = [max(gaps) for gaps, _took in rounds]
    each = [took / COUNT for _gaps, took in rounds]
    return [
        Row(name="(n) 200 screenshots: UI gap, p99", ours=median(p99), goal=P99_GOAL),
        Row(name="(n) the longest, with the question", ours=median(longest), goal=LONGEST_GOAL),
        Row(name="(n) each, in the window", ours=median(each), goal=EACH_GOAL),
    ]


def _one_round(
    application: QApplication, folder: Path, paths: list[Path], decoder: Decoder
) -> tuple[list[float], float]:
    stage = Stage(application, folder)
    stage.open_log()
    workspace = stage.session._workspace
    assert workspace
    stage.session._workspace = replace(workspace, decode=decoder)
    stage.desk.open_incident(stage.perform(partial(start_incident, title="Many")).incident_id)
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    page.tabs.show_panel(page.evidence_panel)
    stage.settle()
    gaps: list[float] = []
    timer = _beat(gaps)
    stage.desk._capture.take_files(page.incident_id, paths, Method.DROP)
    stage.settle()
    started = time.perf_counter()
    stage.find(QPushButton, "gateNoButton", stage.dialog()).click()
    while not _is_over(stage):
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    took = time.perf_counter() - started
    timer.stop()
    stage.settle()
    stage.session._workspace = workspace
    stage.close()
    return gaps, took


def _is_over(stage: Stage) -> bool:
    progress = stage.window.findChild(TakeProgress)
    return progress is not None and progress.is_over


def _beat(gaps: list[float]) -> QTimer:
    """Note how late a timer of the UI thread comes."""
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start(BEAT_MS)
    return timer
