"""What cannot be copied is described: it gets a mark like everything else."""

from functools import partial

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import ItemKind, ItemState
from desktop.operations.evidence.view_evidence import find_item, list_items
from desktop.operations.incident.record_incident import start_incident
from desktop.ui.capture.description_form import DescriptionForm
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.ui.handles import click


def test_words_are_needed_and_become_an_item(
    qtbot: QtBot, session: Session, perform: Perform
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    incident = perform(partial(start_incident, title="Comments on a site")).incident_id
    form = DescriptionForm(session, incident, window)
    form.show_form()
    click(form, "keepButton")
    assert "Write what it is" in form.banner.text
    form.form.set_text("description", "A story that had gone by the time it was told")
    form.form.set_text("passed_on_by", "A tutor")
    click(form, "keepButton")
    qtbot.waitUntil(lambda: session._background.pending == 0)
    (listed,) = perform(partial(list_items, incident_id=incident))
    item = perform(partial(find_item, item_id=listed.id))
    assert (item.kind, item.state) == (ItemKind.DESCRIPTION, ItemState.DESCRIBED)
    assert item.origin.description == "A story that had gone by the time it was told"
    assert item.origin.passed_on_by == "A tutor"
