"""What tests of the incident pages do again and again: wait, press, type, read back."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklists import StepView
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.follow_checklist import ChecklistsView, show_checklists
from desktop.operations.workspace import Workspace
from desktop.ui.incident.checklist_panel import ChecklistPanel
from desktop.ui.incident.step_card import StepCard
from desktop.ui.panel import Panel
from desktop.ui.session import Session

T = TypeVar("T")
P = TypeVar("P", bound=Panel | ChecklistPanel)
ACCOUNT = "A learner gets abusive e-mails."


def settle(session: Session, qtbot: QtBot) -> None:
    """Wait until every answer has come, and what it led to."""
    quiet = 0

    def is_quiet() -> bool:
        nonlocal quiet
        quiet = quiet + 1 if session._background.pending == 0 else 0
        return quiet > 4

    qtbot.waitUntil(is_quiet)


def perform(session: Session, qtbot: QtBot, operation: Callable[[Workspace], T]) -> T:
    """Run an operation and return its answer."""
    answers: list[T] = []
    session.run(session, operation, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def new_incident(
    session: Session,
    qtbot: QtBot,
    text: str = ACCOUNT,
    *,
    answers: Mapping[str, str] | None = None,
) -> IncidentId:
    """Start an incident, and answer some of its first questions."""
    found = perform(session, qtbot, partial(start_incident, text=text)).incident_id
    if answers:
        perform(session, qtbot, partial(answer_triage, incident_id=found, answers=answers))
    return found


def shown_panel(panel: P, session: Session, qtbot: QtBot, incident_id: IncidentId) -> P:
    """Show what a panel says of an incident, in a window of its own."""
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_incident(incident_id)
    settle(session, qtbot)
    return panel


def checklist_panel(
    session: Session, qtbot: QtBot, incident_id: IncidentId, size: tuple[int, int] = (460, 640)
) -> ChecklistPanel:
    """Show what is to be done in an incident, in a window of its own."""
    panel = ChecklistPanel(session)
    panel.resize(*size)
    return shown_panel(panel, session, qtbot, incident_id)


def press(parent: QWidget, name: str) -> None:
    """Press the button of this name that can be seen."""
    found = [one for one in parent.findChildren(QPushButton, name) if not _put_away(one)]
    assert found, f"no button {name}"
    assert found[0].isEnabled(), f"{name} is switched off"
    found[0].click()


def _put_away(widget: QWidget) -> bool:
    return widget.isHidden() and widget.testAttribute(
        Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    )


def offered(parent: QWidget) -> set[str]:
    """Return the names of the buttons inside that can be seen."""
    return {
        one.objectName() for one in parent.findChildren(QPushButton) if one.isVisibleTo(parent)
    }


def words(parent: QWidget) -> str:
    """Return everything that the labels inside say."""
    labels = [one for one in parent.findChildren(QLabel) if one.isVisibleTo(parent)]
    return "\n".join(one.text() for one in labels)


def dialog(parent: QWidget, kind: type[T]) -> T:
    """Return the open dialog of this kind."""
    found = [one for one in parent.window().findChildren(QWidget) if isinstance(one, kind)]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def read(session: Session, qtbot: QtBot, incident_id: IncidentId) -> ChecklistsView:
    """Return the checklists as they stand."""
    return perform(session, qtbot, partial(show_checklists, incident_id=incident_id))


def step_of(view: ChecklistsView, step_id: str) -> StepView:
    """Return one step of any checklist."""
    return next(step for each in view.checklists for step in each.steps if step.step.id == step_id)


def opened(panel: ChecklistPanel, step_id: str) -> StepCard:
    """Open a step and return its card."""
    panel.open_step(step_id)
    card = panel.card(step_id)
    assert card
    assert card.recording
    return card
