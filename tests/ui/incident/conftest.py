"""What tests of an incident's windows start from: an incident of which nothing is known yet."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.ui.session import Session
from tests.ui.incident_steps import new_incident


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot) -> IncidentId:
    return new_incident(session, qtbot)
