"""This computer: who may see the windows, and what is said where that cannot be chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.keeping.computer_section import CANNOT, HIDDEN, REFUSED, ComputerSection
from desktop.ui.session import Session
from desktop.ui.theme import Look, Theme
from desktop.ui.window_guard import GuardWindow, WindowGuard
from tests.clocks import FrozenClock
from tests.ui.entries import Remembered, an_entry


def _no_desk(*_: object) -> None:
    raise AssertionError


class Parts:
    """The section over a guard that answers as it is told."""

    def __init__(
        self, session: Session, clock: FrozenClock, folder: Path, guard: GuardWindow | None
    ) -> None:
        self.guard = WindowGuard(session, guard)
        entry = an_entry(
            session, clock, Remembered(), folder=folder, suggested=folder,
            build_desk=_no_desk,  # type: ignore[arg-type]
        )  # fmt: skip
        entry.window_guard = self.guard
        self.section = ComputerSection(session, entry)
        self.section.show()


@pytest.fixture
def parts(
    request: pytest.FixtureRequest,
    session: Session,
    clock: FrozenClock,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Parts]:
    made = Parts(session, clock, tmp_path / "log", request.param)
    qtbot.addWidget(made.section)
    yield made
    made.guard._on_ended()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Theme(application).apply(Look.LIGHT, 100)


def _agree(_window: int, _hidden: bool) -> bool:
    return True


def _refuse(_window: int, _hidden: bool) -> bool:
    return False


@pytest.mark.parametrize("parts", [None], indirect=True)
def test_where_it_cannot_be_done_that_is_said_plainly(parts: Parts) -> None:
    assert parts.section.seen_label.text() == CANNOT
    assert not parts.section.seen_button.isVisible()


@pytest.mark.parametrize("parts", [_agree], indirect=True)
def test_others_may_see_it_for_a_while(parts: Parts, qtbot: QtBot) -> None:
    section = parts.section
    assert section.seen_label.text() == HIDDEN
    assert section.seen_button.text() == "Let others see this window for 15 minutes"
    with qtbot.waitSignal(parts.guard.changed):
        section.seen_button.click()
    assert section.seen_label.text().endswith("until 20 Nov 2026, 09:45.")
    assert section.seen_button.accessibleName() == "Hide them again"
    section.seen_button.click()
    assert section.seen_label.text() == HIDDEN


@pytest.mark.parametrize("parts", [_refuse], indirect=True)
def test_a_refusal_of_the_system_is_said(parts: Parts) -> None:
    assert parts.section.seen_label.text() == REFUSED
