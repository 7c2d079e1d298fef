"""(e) How the window feels while a file comes in, a bundle goes out and a report is made."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop.app import SWITCH_SECONDS
from desktop.domain.changes import Changes
from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.incident.record_incident import save_draft, start_incident
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.leaving.issue_report import current_quarter, issue_report
from desktop.operations.workspace import Workspace
from desktop.ui.incident.quick_log import QuickLogPage
from desktop.ui.incident_list import IncidentList
from desktop.ui.session import Cancelled, Progress
from tests.benchmarks.rows import ROUNDS, Row
from tests.patience import let_go
from tests.stage import Stage

GAP_GOAL = 0.050
DRAFT_GOAL = 0.250
SIZE = 1024**3
INCIDENTS = 1000
BEAT_MS, SCROLL_MS, TYPE_MS, DRAFT_MS = 5, 16, 90, 100
WORDS = "She was sent another message on the bus this morning, and did not answer it. "
_CHUNK = 1024**2


def rows() -> list[Row]:
    """Do the three long jobs five times in a window that is scrolled and typed into."""
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    sys.setswitchinterval(SWITCH_SECONDS)
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "source.bin")
        _fill(source)
        rounds = []
        for number in range(ROUNDS):
            folder = Path(place, f"round{number}")
            rounds.append(_one_round(application, folder, source))
            shutil.rmtree(folder)
    return [
        _row("(e) UI thread gap, p99", [_p99(one.gaps) for one in rounds], GAP_GOAL),
        _row("(e) draft saved, p99", [_p99(one.drafts) for one in rounds], DRAFT_GOAL),
    ]


def _row(name: str, values: list[float], goal: float) -> Row:
    return Row(name=name, ours=median(values), goal=goal)


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[-1]


class _Watch(QObject):
    """Notes how late a timer of the UI thread comes, and how long a draft takes to be saved."""

    def __init__(self, stage: Stage, incident_id: IncidentId) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.drafts: list[float] = []
        self._stage = stage
        self._incident_id = incident_id
        self._last_beat = time.perf_counter()
        self._timers = [self._every(BEAT_MS, self._beat), self._every(DRAFT_MS, self._save)]

    def stop(self) -> None:
        for timer in self._timers:
            timer.stop()

    def add(self, milliseconds: int, work: Callable[[], None]) -> None:
        self._timers.append(self._every(milliseconds, work))

    def _every(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(work)
        timer.start(milliseconds)
        return timer

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last_beat)
        self._last_beat = now

    def _save(self) -> None:
        name, value = "first_account", WORDS * (1 + len(self.drafts) % 5)
        asked = time.perf_counter()
        operation = partial(save_draft, subject=self._incident_id, name=name, value=value)
        self._stage.session.run(self, operation, partial(self._saved, asked))

    def _saved(self, asked: float, _changes: Changes) -> None:
        self.drafts.append(time.perf_counter() - asked)


def _one_round(application: QApplication, folder: Path, source: Path) -> _Watch:
    folder.mkdir()
    stage = Stage(application, folder)
    stage.open_log()
    stage.perform(_log_many)
    incident_id, statement_id = stage.perform(_ready)
    other = stage.perform(partial(start_incident, title="Another")).incident_id
    shown = _show_list(stage)
    typed = _show_quick_log(stage)
    stage.settle()
    watch = _Watch(stage, other)
    watch.add(SCROLL_MS, partial(_scroll, shown))
    watch.add(TYPE_MS, partial(_type, typed))
    _do_jobs(stage, incident_id, statement_id, source, folder)
    watch.stop()
    stage.settle()
    shown.close()
    shown.deleteLater()
    stage.close()
    print(
        f"  gap: p99 {_p99(watch.gaps) * 1000:.0f} ms, longest {max(watch.gaps) * 1000:.0f} ms; "
        f"draft: p99 {_p99(watch.drafts) * 1000:.0f} ms, longest {max(watch.drafts) * 1000:.0f} ms"
        f" ({len(watch.gaps)} beats, {len(watch.drafts)} drafts)",
        file=sys.stderr,
    )
    return watch


def _do_jobs(
    stage: Stage, incident_id: IncidentId, statement_id: StatementId, source: Path, folder: Path
) -> None:
    """Add the file, export it sealed, issue the report: one after another, as one would."""

    def add(workspace: Workspace, progress: Progress, cancelled: Cancelled) -> object:
        return add_file(
            workspace, incident_id, statement_id, source, Method.PICKER, progress, cancelled
        )

    def export(workspace: Workspace, progress: Progress, cancelled: Cancelled) -> object:
        request = BundleRequest(audience=Audience.POLICE, form=BundleForm.AES, folder=folder)
        return export_bundle(workspace, incident_id, request, progress, cancelled)

    def report(workspace: Workspace, progress: Progress, cancelled: Cancelled) -> object:
        quarter = workspace.on_log(partial(current_quarter, workspace))
        return issue_report(workspace, quarter, folder / "report.pdf", progress, cancelled)

    ended: list[object] = []
    for job in (add, export, report):
        stage.session.run_long(stage.window, job, ended.append)
    deadline = time.monotonic() + 600
    while len(ended) < 3:
        let_go(100)
        if time.monotonic() > deadline:
            raise TimeoutError("the long jobs did not end")


def _log_many(workspace: Workspace) -> None:
    for number in range(INCIDENTS):
        start_incident(workspace, title=f"Messages on a public board ({number})")


def _ready(workspace: Workspace) -> tuple[IncidentId, StatementId]:
    incident_id = start_incident(workspace, title="Bench").incident_id
    made = make_statement(workspace, incident_id, GateAnswer.NO, ["source.bin"])
    return incident_id, made.statement.id


def _show_list(stage: Stage) -> IncidentList:
    """Show the list in a window of its own, beside the main one that is typed into."""
    shown = IncidentList(stage.session)
    shown.resize(700, 600)
    shown.show()
    shown.reload()
    return shown


def _show_quick_log(stage: Stage) -> QPlainTextEdit:
    stage.desk.start_quick_log()
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, QuickLogPage)
    stage.press("colleagueNoButton")
    return stage.find(QPlainTextEdit, "quickLogTextEdit")


def _scroll(shown: IncidentList) -> None:
    bar = shown.table.verticalScrollBar()
    bar.setValue(0 if bar.value() >= bar.maximum() else bar.value() + 1)


def _type(edit: QPlainTextEdit) -> None:
    letter = WORDS[len(edit.toPlainText()) % len(WORDS)]
    QTest.keyClicks(edit, letter)


def _fill(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(SIZE // _CHUNK):
            file.write(os.urandom(_CHUNK))
