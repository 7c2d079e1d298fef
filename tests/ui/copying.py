"""A window with an item, and the hands of a keyholder at what makes a copy of it."""

import io
from functools import partial
from pathlib import Path
from typing import TypeVar

from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import EvidenceItem, Method
from desktop.domain.identifiers import ItemId
from desktop.domain.people import Role
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.incident.keep_people import add_person
from desktop.operations.workspace import Workspace
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from tests.conftest import Perform
from tests.evidence_pieces import a_no_for, an_incident, ignore, never
from tests.operations.evidence.copies import content_of

W = TypeVar("W", bound=QWidget)


class Page(QWidget):
    """A window with a banner."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner(self)
        self.resize(1100, 760)


def _take(path: Path, workspace: Workspace) -> EvidenceItem:
    incident = an_incident(workspace)
    add_person(workspace, incident, Role.TARGET, {"name": "Riley Example"})
    statement = a_no_for(workspace, incident, path)
    added = add_file(workspace, incident, statement, path, Method.DROP, ignore, never)
    return find_item(workspace, added.item_id)


def _copies(item_id: ItemId, workspace: Workspace) -> list[EvidenceItem]:
    return [find_item(workspace, one.id) for one in workspace.log.evidence.derivatives(item_id)]


class Bench:
    """A window with an item, and the hands of a keyholder at its editor."""

    def __init__(
        self, qtbot: QtBot, session: Session, perform: Perform, path: Path, content: bytes
    ) -> None:
        self.window = Page()
        qtbot.addWidget(self.window)
        self.window.show()
        path.write_bytes(content)
        self.item = perform(partial(_take, path))
        self.session, self.qtbot, self.perform = session, qtbot, perform

    def see(self, kind: type[W]) -> W:
        self.settle()
        return self.window.findChildren(kind)[-1]

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.session._background.pending == 0)

    def closed(self, kind: type[QWidget]) -> bool:
        return not any(one.isVisible() for one in self.window.findChildren(kind))

    def copies(self) -> list[EvidenceItem]:
        return self.perform(partial(_copies, self.item.id))

    def content(self, item: EvidenceItem) -> bytes:
        return self.perform(partial(content_of, item=item))

    def picture(self, item: EvidenceItem) -> Image.Image:
        return Image.open(io.BytesIO(self.content(item)))
