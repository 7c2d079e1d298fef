"""What tests of evidence start from: an incident without any."""

import pytest

from desktop.domain.identifiers import IncidentId
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import an_incident


@pytest.fixture
def incident(workspace: Workspace) -> IncidentId:
    return an_incident(workspace)
