"""With every data file beside the procedures damaged, the window opens and each page works."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel

from desktop.ui.help_page import HelpPage
from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.organisation.organisation_page import SECTION_NAMES, OrganisationPage
from desktop.ui.places import Place
from tests.damaged_data import data_files, spoil_all
from tests.stage import Stage

__all__ = ["data_files"]


def words_of(stage: Stage) -> str:
    return "\n".join(one.text() for one in stage.window.findChildren(QLabel) if one.isVisible())


def test_every_page_goes_on_and_today_says_what_is_damaged(
    data_files: Path, tmp_path: Path, qapp: QApplication
) -> None:
    spoil_all(data_files)
    stage = Stage(qapp, tmp_path)
    try:
        stage.open_log()
        assert "A file of the program is damaged" in words_of(stage)
        for place in Place:
            stage.desk.go(place)
            stage.settle()
        _look_at_incident(stage)
        _look_at_organisation(stage)
        _look_at_policy_lines(stage)
    finally:
        stage.close()


def _look_at_incident(stage: Stage) -> None:
    stage.desk.open_incident(stage.incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    for panel in (
        page.record_panel,
        page.evidence_panel,
        page.contacts_panel,
        page.people_panel,
        page.chronology_panel,
    ):
        page.tabs.show_panel(panel)
        stage.settle()


def _look_at_organisation(stage: Stage) -> None:
    stage.desk.go(Place.ORGANISATION)
    page = stage.desk.currentWidget()
    assert isinstance(page, OrganisationPage)
    for name in sorted(SECTION_NAMES):
        page.show_section(name)
        stage.settle()
        assert page.sections[name].isVisible()


def _look_at_policy_lines(stage: Stage) -> None:
    stage.desk.go(Place.HELP)
    page = stage.desk.currentWidget()
    assert isinstance(page, HelpPage)
    page._show_topic("policy-lines")
    stage.wait_for(lambda: "Kept here as" in page.browser.toPlainText())
    assert page.policy_box.count() == 5
