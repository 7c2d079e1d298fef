"""Tiles show the thing, its mark and its state; they are opened, filled in and checked."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.answer_gate import keep_out
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.take_evidence import add_file, add_picture
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.workspace import Workspace
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.evidence.evidence_panel import EvidencePanel
from desktop.ui.evidence.evidence_tile import EvidenceTile
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.evidence_pieces import (
    CHANGED,
    a_file,
    a_mail,
    a_no,
    a_no_for,
    a_png,
    an_incident,
    ignore,
    never,
    spoil,
)


def _fill(folder: Path, workspace: Workspace) -> IncidentId:
    incident = an_incident(workspace)
    added = [
        add_picture(
            workspace,
            incident,
            a_no(workspace, incident),
            a_png(colour),
            ItemKind.SCREEN_REGION,
            Method.SCREEN_CAPTURE,
            workspace.now(),
            ignore,
            never,
        )
        for colour in ("red", "blue")
    ]
    enter_origin(
        workspace,
        added[1].item_id,
        {
            "description": "Comment by @owl",
            "source_url": "https://x.example",
            "time_as_shown": "2h ago",
        },
    )
    path = a_file(folder, "message.eml", a_mail())
    statement = a_no_for(workspace, incident, path)
    add_file(workspace, incident, statement, path, Method.DROP, ignore, never)
    keep_out(
        workspace, incident, GateAnswer.YES, ["photo.jpg"], Concern.CHILD_IMAGE, "A third mail"
    )
    return incident


@pytest.fixture
def incident(perform: Perform, tmp_path: Path) -> IncidentId:
    return perform(partial(_fill, tmp_path))


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident: IncidentId, themed: None) -> EvidencePanel:
    panel = EvidencePanel(session)
    qtbot.addWidget(panel)
    panel.resize(570, 700)
    panel.show()
    panel.show_incident(incident)
    settle(qtbot, session)
    qtbot.waitUntil(lambda: len(panel.tiles) == 4)
    return panel


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session._background.pending == 0)


def words(tile: EvidenceTile) -> str:
    return "\n".join(label.text() for label in tile.findChildren(QLabel))


def test_tiles_say_mark_what_when_and_state(panel: EvidencePanel) -> None:
    first, second, third, fourth = panel.tiles
    assert "PXS/1  Part of a screen" in words(first)
    assert "address missing" in words(first)
    assert "unchanged, checked 09:30" in words(first)
    assert "PXS/2  Comment by @owl" in words(second)
    assert "shown “2h ago”" in words(second)
    assert "missing" not in words(second)
    assert "PXS/3  E-mail" in words(third)
    assert "details missing" in words(third)
    assert "PXS/5  A third mail" in words(fourth)
    assert "held back" in words(fourth)
    assert not fourth.look_button.isEnabled()
    assert not fourth.check_button.isVisible()


def test_pictures_show_themselves(panel: EvidencePanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.tiles[0].look_button.has_picture)
    shown = [tile.look_button.has_picture for tile in panel.tiles]
    assert shown == [True, True, False, False]
    image = panel.tiles[0].look_button.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2).red() > 200


def test_a_change_makes_anew_only_the_tiles_it_changed(
    panel: EvidencePanel, session: Session, qtbot: QtBot
) -> None:
    before = panel.tiles
    item = before[0].item
    session.run(panel, partial(enter_origin, item_id=item.id, values={"description": "A post"}))
    settle(qtbot, session)
    qtbot.waitUntil(lambda: "A post" in words(panel.tiles[0]))
    assert [new is old for new, old in zip(panel.tiles, before, strict=True)] == [
        False, True, True, True,
    ]  # fmt: skip


def test_tiles_of_another_day_are_made_anew(
    panel: EvidencePanel, session: Session, qtbot: QtBot, clock: FrozenClock
) -> None:
    before = panel.tiles
    clock.advance(days=1)
    panel.reload()
    settle(qtbot, session)
    assert not set(map(id, panel.tiles)) & set(map(id, before))


def test_tiles_stand_side_by_side_where_there_is_room(panel: EvidencePanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len({tile.y() for tile in panel.tiles}) == 2)
    panel.resize(260, 700)
    qtbot.waitUntil(lambda: len({tile.y() for tile in panel.tiles}) == 4)


def test_the_check_of_another_day_names_the_day(
    panel: EvidencePanel, clock: FrozenClock, session: Session, qtbot: QtBot
) -> None:
    clock.advance(days=2)
    panel.reload()
    settle(qtbot, session)
    assert "unchanged, checked 20 Nov 2026, 09:30" in words(panel.tiles[0])


def test_check_says_unchanged_and_when(
    panel: EvidencePanel, clock: FrozenClock, session: Session, qtbot: QtBot
) -> None:
    clock.advance(hours=1)
    panel.tiles[0].check_button.setFocus()
    QTest.mouseClick(panel.tiles[0].check_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    qtbot.waitUntil(lambda: "checked 10:30" in words(panel.tiles[0]))
    assert "PXS/1 is unchanged" in panel.banner.text
    assert panel.tiles[0].check_button.hasFocus()


def test_altered_content_is_an_alarm_in_words(
    panel: EvidencePanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    spoil(tmp_path / "log", CHANGED)
    QTest.mouseClick(panel.tiles[0].check_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    qtbot.waitUntil(lambda: "changed since it was entered" in words(panel.tiles[0]))
    assert "The content of PXS/1 is not what was entered" in panel.banner.text
    assert "unchanged" not in words(panel.tiles[0])


def test_altered_content_is_noticed_when_the_tiles_are_made(
    qtbot: QtBot, session: Session, incident: IncidentId, tmp_path: Path
) -> None:
    spoil(tmp_path / "log", CHANGED)
    panel = EvidencePanel(session)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_incident(incident)
    qtbot.waitUntil(
        lambda: bool(panel.tiles) and "changed since" in words(panel.tiles[0]), timeout=4000
    )
    settle(qtbot, session)


def test_the_focus_is_where_it_was_once_the_viewer_closes(
    panel: EvidencePanel, session: Session, qtbot: QtBot
) -> None:
    before = panel.tiles[0]
    before.look_button.setFocus()
    before.look_button.click()
    viewer = panel.findChild(ItemViewer)
    assert viewer
    settle(qtbot, session)
    qtbot.waitUntil(lambda: "opened this once" in words(panel.tiles[0]))
    assert panel.tiles[0] is not before
    viewer.reject()
    assert panel.focusWidget() is panel.tiles[0].look_button


def test_open_by_keyboard(panel: EvidencePanel, session: Session, qtbot: QtBot) -> None:
    panel.tiles[0].look_button.setFocus()
    QTest.keyClick(panel.tiles[0].look_button, Qt.Key.Key_Right)
    assert panel.tiles[1].look_button.hasFocus()
    QTest.keyClick(panel.tiles[1].look_button, Qt.Key.Key_Right)
    QTest.keyClick(panel.tiles[2].look_button, Qt.Key.Key_Right)
    assert panel.tiles[2].look_button.hasFocus()
    QTest.keyClick(panel.tiles[2].look_button, Qt.Key.Key_Left)
    QTest.keyClick(panel.tiles[1].look_button, Qt.Key.Key_A)
    QTest.keyClick(panel.tiles[1].look_button, Qt.Key.Key_Return)
    (viewer,) = panel.findChildren(ItemViewer)
    settle(qtbot, session)
    assert viewer.view is not None
    viewer.accept()
    settle(qtbot, session)


def test_details_are_filled_in(panel: EvidencePanel, session: Session, qtbot: QtBot) -> None:
    QTest.mouseClick(panel.tiles[0].details_button, Qt.MouseButton.LeftButton)
    (form,) = panel.findChildren(OriginForm)
    settle(qtbot, session)
    form.form.set_text("source_url", "https://chatter.example")
    keep = form.findChild(QPushButton, "keepButton")
    assert keep
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "address missing" not in words(panel.tiles[0]))
    settle(qtbot, session)


def test_an_item_can_be_gone_to(
    panel: EvidencePanel, perform: Perform, incident: IncidentId, session: Session
) -> None:
    third = perform(partial(list_items, incident_id=incident))[2]
    panel.show_item(third.id)
    assert panel.tiles[2].details_button.hasFocus()


def test_capture_is_asked_of_the_window(
    panel: EvidencePanel, qtbot: QtBot, incident: IncidentId
) -> None:
    with qtbot.waitSignal(panel.capture_requested) as asked:
        panel.capture_button.click()
    assert asked.args == [incident]


def test_an_empty_incident_says_so(
    panel: EvidencePanel, perform: Perform, session: Session, qtbot: QtBot
) -> None:
    panel.show_incident(perform(an_incident))
    settle(qtbot, session)
    assert panel.tiles == []
    assert any("Nothing yet" in label.text() for label in panel.findChildren(QLabel))


def test_nothing_stays_after_the_lock(
    panel: EvidencePanel, session: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: panel.tiles[0].look_button.has_picture)
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert panel.tiles == []
    assert len(panel.looks) == 0
