"""Where an item comes from: offered from the clipboard, entered, or left for later."""

from functools import partial

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence import EvidenceItem, ItemKind, Method
from desktop.operations.take_evidence import add_picture
from desktop.operations.view_evidence import find_item
from desktop.operations.workspace import Workspace
from desktop.ui.capture.origin_form import OriginForm, address_on_clipboard, breakable
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import a_no, a_png, an_incident, ignore, never
from tests.ui.handles import click, find

ADDRESS = "https://chatter.example/board/12?thread=88"


def _one_item(workspace: Workspace) -> EvidenceItem:
    incident = an_incident(workspace)
    added = add_picture(
        workspace,
        incident,
        a_no(workspace, incident),
        a_png(),
        ItemKind.SCREEN,
        Method.SCREEN_CAPTURE,
        workspace.now(),
        ignore,
        never,
    )
    return find_item(workspace, added.item_id)


@pytest.fixture
def item(perform: Perform) -> EvidenceItem:
    return perform(_one_item)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    return window


def show(qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget) -> OriginForm:
    form = OriginForm(session, item, window)
    form.show_form()
    qtbot.waitUntil(lambda: session._background.pending == 0)
    return form


def test_a_copied_address_is_offered_and_entered(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget, perform: Perform
) -> None:
    QGuiApplication.clipboard().setText(f" {ADDRESS}\n")
    form = show(qtbot, session, item, window)
    assert find(form, QLineEdit, "originSourceUrlEdit").text() == ""
    click(form, "originUseClipboardButton")
    assert find(form, QLineEdit, "originSourceUrlEdit").text() == ADDRESS
    find(form, QLineEdit, "originTimeAsShownEdit").setText("2h ago")
    with qtbot.waitSignal(form.accepted):
        click(form, "keepButton")
    origin = perform(partial(find_item, item_id=item.id)).origin
    assert (origin.source_url, origin.time_as_shown) == (ADDRESS, "2h ago")


def test_later_keeps_what_was_typed_as_a_draft(
    qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget, perform: Perform
) -> None:
    QGuiApplication.clipboard().clear()
    form = show(qtbot, session, item, window)
    assert not find(form, QPushButton, "originUseClipboardButton").isVisible()
    edit = find(form, QLineEdit, "originHandleEdit")
    edit.setText("@nightowl_77")
    edit.textEdited.emit("@nightowl_77")
    with qtbot.waitSignal(form.rejected):
        click(form, "cancelButton")
    assert perform(partial(find_item, item_id=item.id)).origin.handle == ""
    again = show(qtbot, session, item, window)
    assert find(again, QLineEdit, "originHandleEdit").text() == "@nightowl_77"
    again.reject()
    qtbot.waitUntil(lambda: session._background.pending == 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ADDRESS, ADDRESS),
        ("HTTP://X.EXAMPLE", "HTTP://X.EXAMPLE"),
        ("see https://x.example", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("https://x.example/" + "a" * 3000, ""),
        ("", ""),
    ],
)
def test_only_a_web_address_counts(qtbot: QtBot, text: str, found: str) -> None:
    QGuiApplication.clipboard().setText(text)
    assert address_on_clipboard() == found


def test_a_clipboard_without_words_offers_nothing(qtbot: QtBot) -> None:
    offered = QMimeData()
    offered.setData("image/png", a_png())
    QGuiApplication.clipboard().setMimeData(offered)
    assert address_on_clipboard() == ""


def test_long_addresses_can_break() -> None:
    assert breakable("a/b") == "a/\u200bb"
