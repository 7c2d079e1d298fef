"""The page about the organisation with one tab in front, over three small procedures."""

from collections.abc import Callable, Mapping

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.steps.procedures import Procedure
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.ui.own_page import OwnPage
from tests.ui.small_procedures import small_procedures

OpenTab = Callable[[str], OwnPage]


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    """Return small procedures: the tabs must not hang on the wording of real ones."""
    return small_procedures()


@pytest.fixture
def open_tab(session: Session, qtbot: QtBot, perform: Perform) -> OpenTab:
    """Return a way to open the page with a tab in front."""
    return lambda tab: OwnPage(session, qtbot, perform, tab)
