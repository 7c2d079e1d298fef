"""Many procedures at once: Today, an incident, a step that is recorded, and the long pages."""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from desktop.app import SWITCH_SECONDS
from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Scope
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.show_today import show_today
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.steps.load_procedures import read_procedures
from desktop.operations.workspace import Workspace
from desktop.ui.help_page import POLICY_LINES, HelpPage
from desktop.ui.organisation.organisation_page import OrganisationPage
from desktop.ui.places import Place
from tests.benchmarks.rows import Row, limit
from tests.stage import Stage

INCIDENTS, FEW, MANY = 200, 6, 12
# Today is read beside whatever is typed; the rest answers a press of a button.
TODAY_GOAL, PAGE_GOAL, STEP_GOAL, READ_GOAL = 1.0, 0.5, 0.1, 0.2
A_LONG_TABLE = 1000
WHY = "The bench asks for it"


def rows() -> list[Row]:
    """Fill a log with open incidents, all with several procedures, and go through its pages."""
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    sys.setswitchinterval(SWITCH_SECONDS)
    with tempfile.TemporaryDirectory() as place:
        stage = Stage(application, Path(place))
        stage.open_log()
        for _ in range(INCIDENTS):
            stage.perform(partial(_start, count=FEW))
        busy = [stage.perform(partial(_start, count=MANY)) for _ in range(2)]
        stage.settle()
        bench = _Pages(stage, busy)
        found = [
            limit(f"Today, {INCIDENTS} open, {FEW} procedures each", bench.today, goal=TODAY_GOAL),
            limit(f"an incident with {MANY} procedures", bench.incident, goal=PAGE_GOAL),
            limit("recording one of its steps", bench.step, goal=STEP_GOAL),
            limit("Organisation", bench.organisation, goal=PAGE_GOAL),
            limit("help: every line of a policy", bench.policy_lines, goal=PAGE_GOAL),
            limit("reading the procedures at unlock", _read, goal=READ_GOAL),
        ]
        stage.close()
    return found


class _Pages:
    """The real window; each measure ends when its page stands there, drawn."""

    def __init__(self, stage: Stage, busy: list[IncidentId]) -> None:
        self._stage, self._turns, self._busy = stage, cycle(busy), busy[0]

    def today(self) -> float:
        """Work out what is to be done, on the thread of the log."""
        return self._measured(show_today)

    def incident(self) -> float:
        """From the wish to see it until its cards stand in the window; each time another one."""
        self._leave()
        return self._until_drawn(partial(self._stage.desk.open_incident, next(self._turns)))

    def step(self) -> float:
        """Record a step that is next, with all that may follow from it."""
        incident_id = self._busy
        checklist_id, step_id = self._stage.perform(partial(_next, incident_id=incident_id))
        record = partial(
            record_step,
            checklist_id=checklist_id,
            step_id=step_id,
            state=StepState.NOT_POSSIBLE,
            reason=WHY,
            late_reason=WHY,
        )
        return self._measured(record)

    def organisation(self) -> float:
        """Make the page anew, all of its tabs, until the first is filled in."""
        made: list[OrganisationPage] = []
        window = self._stage.window

        def make() -> None:
            page = OrganisationPage(self._stage.session, window)
            page.resize(window.size())
            page.show()
            made.append(page)

        took = self._until_drawn(make)
        made[0].hide()
        made[0].deleteLater()
        return took

    def policy_lines(self) -> float:
        """Put the table of a policy together and set it."""
        page = HelpPage(self._stage.session, self._stage.window)
        took = self._until_drawn(partial(page.topic_row.chosen.emit, (POLICY_LINES,)))
        assert page.browser.document().characterCount() > A_LONG_TABLE
        page.deleteLater()
        return took

    def _measured(self, operation: Callable[[Workspace], object]) -> float:
        """Time it on the thread of the log, while the window rests in its own loop as it does."""
        took: list[float] = []
        rest = QEventLoop()

        def timed(workspace: Workspace) -> float:
            started = time.perf_counter()
            operation(workspace)
            return time.perf_counter() - started

        def heard(seconds: float) -> None:
            took.append(seconds)
            rest.quit()

        self._stage.session.run(self._stage.window, timed, heard)
        rest.exec()
        return took[0]

    def _leave(self) -> None:
        self._stage.desk.go(Place.HELP)
        self._stage.settle()

    def _until_drawn(self, begin: Callable[[], object]) -> float:
        """Measure until no work is under way; the stage waits a little longer than it must."""
        started = time.perf_counter()
        begin()
        self._stage.settle()
        self._stage.window.grab()
        return time.perf_counter() - started


def _start(workspace: Workspace, count: int) -> IncidentId:
    """Log an incident under so many procedures of those that run in one."""
    incident_id = start_incident(workspace, title="Messages on a public board").incident_id
    view = show_checklists(workspace, incident_id)
    running = {one.procedure.id for one in view.checklists}
    more = [
        one.id
        for one in workspace.procedures.values()
        if one.scope is Scope.INCIDENT and one.id not in running
    ]
    for procedure_id in more[: count - len(running)]:
        attach_procedure(workspace, incident_id, procedure_id, WHY)
    return incident_id


def _next(workspace: Workspace, incident_id: IncidentId) -> tuple[ChecklistId, str]:
    step = show_checklists(workspace, incident_id).next_step
    assert step is not None
    return step.checklist_id, step.step.id


def _read() -> float:
    started = time.perf_counter()
    read_procedures()
    return time.perf_counter() - started
