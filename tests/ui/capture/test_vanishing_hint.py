"""What may vanish first is named in one row; the row opens the rest."""

from functools import partial

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.operations.incident.record_incident import enter_fields
from desktop.ui.capture.vanishing_hint import VanishingHint
from desktop.ui.session import Session
from tests.ui.incident_steps import new_incident, perform, settle, words


def shown(session: Session, qtbot: QtBot, incident_id: IncidentId | None) -> VanishingHint:
    window = QWidget()
    window.resize(500, 400)
    qtbot.addWidget(window)
    hint = VanishingHint(session, incident_id, window)
    with qtbot.waitExposed(window):
        window.show()
    settle(session, qtbot)
    hint.window_kept = window  # type: ignore[attr-defined]
    return hint


def test_the_first_of_it_is_named_and_the_rest_opens(session: Session, qtbot: QtBot) -> None:
    hint = shown(session, qtbot, None)
    name = hint.button.accessibleName()
    first = "What may vanish first: view-once messages at once; Snapchat chats within a day; "
    assert name.startswith(first)
    assert not hint.list.isVisible()
    hint.button.click()
    assert hint.list.isVisible()
    said = words(hint.list)
    assert "Stories and statuses: 24 hours" in said
    assert "Source: our own experience, not documented" in said
    assert "Source: E4. A source from the United States." in said
    hint.button.click()
    assert not hint.list.isVisible()


def test_it_follows_the_platform_of_the_incident(session: Session, qtbot: QtBot) -> None:
    incident_id = new_incident(session, qtbot)
    values = {"platforms": ("E-mail",)}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    hint = shown(session, qtbot, incident_id)
    assert "Snapchat" not in hint.button.accessibleName()
    assert "CCTV" in words(hint.list) or "CCTV" in hint.button.accessibleName()
