"""What the tests of the views share."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.session import Session
from tests.conftest import Perform
from tests.ui.looks import Look


@pytest.fixture
def look(
    qtbot: QtBot,
    session: Session,
    perform: Perform,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Look:
    name, content = request.param
    return Look(qtbot, session, perform, tmp_path / name, content)
