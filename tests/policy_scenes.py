"""The ways to where each policy line is kept, and to the laws that an incident may touch."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.ui.help_page import POLICY_LINES, HelpPage
from desktop.ui.incident.incident_page import IncidentPage
from tests.stage import Stage


def _policy_lines(policy: str, stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.go("Help")
    page = stage.desk.currentWidget()
    assert isinstance(page, HelpPage)
    page.topic_row.set_value(())
    page.topic_row.button(POLICY_LINES).click()
    stage.settle()
    page.policy_box.setCurrentIndex(page.policy_box.findData(policy))
    page.policy_box.activated.emit(page.policy_box.currentIndex())
    stage.settle()
    return stage.window


def _laws(stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.open_incident(stage.incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    panel = page.record_panel
    page.tabs.show_panel(panel)
    stage.press("recordLawsMoreButton")
    panel.show_field("laws")
    stage.settle()
    return stage.window


POLICY_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("policy-lines", partial(_policy_lines, "S003")),
    ("policy-lines-provision", partial(_policy_lines, "S002")),
    ("incident-laws", _laws),
)
