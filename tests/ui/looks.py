"""A viewer on an item of some content, for the tests of the views."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import EvidenceItem, Method
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.workspace import Workspace
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import a_no_for, an_incident, ignore, never


def _take(path: Path, workspace: Workspace) -> EvidenceItem:
    incident = an_incident(workspace)
    statement = a_no_for(workspace, incident, path)
    added = add_file(workspace, incident, statement, path, Method.DROP, ignore, never)
    return find_item(workspace, added.item_id)


class Look:
    """A window on an item of this content, which `open` looks at."""

    def __init__(
        self, qtbot: QtBot, session: Session, perform: Perform, path: Path, content: bytes
    ) -> None:
        """Take the content in."""
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        path.write_bytes(content)
        self.item = perform(partial(_take, path))
        self.session, self.qtbot = session, qtbot

    def open(self, *among: EvidenceItem, cover_all: bool = False) -> ItemViewer:
        """Look at the item, which may stand among others."""
        viewer = ItemViewer(self.session, self.item, self.window, among, cover_all=cover_all)
        viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        viewer.look()
        self.settle()
        self.qtbot.waitUntil(lambda: viewer.view is None or viewer.view.isVisible())
        return viewer

    def settle(self) -> None:
        """Wait until nothing is being done."""
        self.qtbot.waitUntil(lambda: self.session._background.pending == 0)


def kind_of_view(viewer: ItemViewer) -> type | None:
    """Return what kind of view is shown now."""
    return type(viewer.view) if viewer.view else None


def words(widget: QWidget) -> str:
    """Return what the labels say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def of(name: str, content: bytes) -> pytest.MarkDecorator:
    """Say what the fixture `look` takes in."""
    return pytest.mark.parametrize("look", [(name, content)], indirect=True, ids=[name])
