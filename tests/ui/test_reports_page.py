"""Reports: a quarter is counted on screen, issued, and stays as it was issued."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Cancelled, LogLocked
from desktop.domain.incidents import Category, FieldValue, FourCs
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from desktop.ui import file_choice
from desktop.ui.reports_page import ReportsPage
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.handles import click, find

NOVEMBER = "October to December 2026"


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "out" / "report.pdf"
    path.parent.mkdir()

    def choose(
        _owner: QWidget, _title: str, _name: str, _kind: str, then: Callable[[Path], None]
    ) -> None:
        then(path)

    monkeypatch.setattr(file_choice, "ask_save_path", choose)
    return path


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(session)
    qtbot.addWidget(made)
    return made


def _show(page: ReportsPage, qtbot: QtBot) -> None:
    page.show()
    qtbot.waitUntil(page.issue_button.isEnabled)
    qtbot.waitUntil(lambda: "Who was turned to" in _words(page))


def _words(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def _issue(page: ReportsPage, qtbot: QtBot) -> None:
    click(page, "issueReportButton")
    qtbot.waitUntil(lambda: bool(page.banner.text))
    _idle(page, qtbot)


def _idle(page: ReportsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page._session._background.pending == 0)


def _many_by_centre(workspace: Workspace) -> None:
    for place in range(13):
        incident_id = start_incident(workspace, "One").incident_id
        both = (FourCs.CONDUCT, FourCs.CONTACT)
        values: dict[str, FieldValue] = {
            "centre": "Northgate" if place % 2 else "Riverside",
            "four_cs": both if place < 4 else both[:1],
            "categories": (Category.THREAT,),
        }
        enter_fields(workspace, incident_id, values)


def test_the_figures_of_the_quarter_stand_on_the_screen(
    page: ReportsPage, perform: Perform, qtbot: QtBot
) -> None:
    perform(fill_case)
    _show(page, qtbot)
    words = _words(page)
    assert find(page, QComboBox, "quarterBox").currentText() == NOVEMBER
    for wanted in ("Not over yet", "In numbers", "By category", "Police", "1 Oct 2026"):
        assert wanted in words
    assert "Robin" not in words
    names = [bar.accessibleName() for bar in page.findChildren(QProgressBar, "figureBar")]
    assert "November: 1" in names


def test_an_empty_quarter_is_calm(page: ReportsPage, qtbot: QtBot) -> None:
    _show(page, qtbot)
    assert "Nothing in this quarter." in _words(page)
    assert "Nobody outside was turned to in these incidents." in _words(page)


def test_centres_are_shown_without_small_numbers(
    page: ReportsPage, perform: Perform, qtbot: QtBot
) -> None:
    perform(_many_by_centre)
    _show(page, qtbot)
    assert "By centre" in _words(page)
    assert "fewer than 5" in _words(page)


def test_a_report_is_issued_and_stays_as_it_was(
    page: ReportsPage, perform: Perform, qtbot: QtBot, target: Path
) -> None:
    perform(fill_case)
    _show(page, qtbot)
    _issue(page, qtbot)
    assert page.banner.text == f"The report is issued: {target}"
    assert target.read_bytes().startswith(b"%PDF")
    assert f"{NOVEMBER}, interim: issued" in _words(page)
    perform(partial(start_incident, text="Another"))
    qtbot.waitUntil(lambda: "Incidents logged: 2 now, 1 when it was issued" in _words(page))
    assert "November: 1" in [
        bar.accessibleName() for bar in page.findChildren(QProgressBar, "figureBar")
    ]


def test_what_is_there_is_not_overwritten(
    page: ReportsPage, perform: Perform, qtbot: QtBot, target: Path
) -> None:
    perform(fill_case)
    target.write_bytes(b"mine")
    _show(page, qtbot)
    _issue(page, qtbot)
    assert "is there already" in page.banner.text
    assert target.read_bytes() == b"mine"
    assert page.issue_button.isEnabled()
    assert not find(page, QPushButton, "stopReportButton").isVisible()


def test_the_ending_is_added(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, target: Path
) -> None:
    _show(page, qtbot)
    quarter = page.quarter
    assert quarter is not None
    page._on_path_chosen(quarter, tmp_path / "report")
    qtbot.waitUntil((tmp_path / "report.pdf").exists)
    _idle(page, qtbot)
    assert not target.exists()


def test_another_quarter_can_be_chosen(
    page: ReportsPage, perform: Perform, qtbot: QtBot, clock: FrozenClock
) -> None:
    perform(fill_case)
    clock.advance(days=100)
    _show(page, qtbot)
    box = find(page, QComboBox, "quarterBox")
    assert [box.itemText(place) for place in range(box.count())] == [
        "January to March 2027",
        NOVEMBER,
    ]
    box.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "Not issued yet." in _words(page))
    page.reload()
    _idle(page, qtbot)
    assert box.currentText() == NOVEMBER


def test_making_a_report_can_be_stopped(
    page: ReportsPage, perform: Perform, qtbot: QtBot, target: Path
) -> None:
    perform(fill_case)
    _show(page, qtbot)
    click(page, "issueReportButton")
    click(page, "stopReportButton")
    page._preview()
    qtbot.waitUntil(lambda: "Stopped." in page.banner.text)
    assert not target.exists()
    _idle(page, qtbot)
    assert page.issue_button.isEnabled()


def test_before_anything_is_known_nothing_can_be_issued(page: ReportsPage) -> None:
    assert page.quarter is None
    page._on_issue_clicked()
    assert not page.issue_button.isEnabled()


def test_an_error_while_counting_is_said(page: ReportsPage, qtbot: QtBot) -> None:
    _show(page, qtbot)
    page._on_failed(Cancelled())
    assert not page.banner.text
    page._on_failed(LogLocked())
    assert "locked" in page.banner.text
