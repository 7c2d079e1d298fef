"""A real open log for tests, without the passphrase work, and things to take in."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.gate import GateAnswer
from desktop.domain.identifiers import IncidentId, KeyholderId, StatementId
from desktop.domain.procedures import Procedure
from desktop.domain.times import Clock
from desktop.operations.make_statement import make_statement
from desktop.operations.record_incident import start_incident
from desktop.operations.workspace import Keyholder, Workspace
from desktop.store.connection import open_connection
from desktop.store.contents import Contents
from desktop.store.evidence_file_table import EvidenceFileTable
from desktop.store.folder import LogFolder
from desktop.store.keyholder_table import KeyholderRow
from desktop.store.log import Log
from desktop.store.migrate import migrate

LOG_KEY = bytes(range(32))
EVIDENCE_KEY = bytes(range(32, 64))
PAT = Keyholder(KeyholderId("pat"), "Pat Smith", "Safeguarding lead", "PXS")
STOP = Procedure(
    id="P03",
    title="Image of somebody under 18",
    version="1",
    applies_when="at the gate",
    order=1,
    attached_by=(),
    checked="2026-11-20",
    note="",
    steps=(),
    source="id = 'P03'",
)
STUBS = {name: replace(STOP, id=name) for name in ("P00", "P03")}


def open_workspace(
    folder: Path, clock: Clock, procedures: Mapping[str, Procedure] | None = None
) -> Workspace:
    """Open a fresh log in this folder, on the calling thread; close it with close_workspace."""
    connection = open_connection(folder / "log.db", LOG_KEY)
    migrate(connection, "log.db")
    log = Log(connection)
    (folder / "evidence").mkdir()
    EvidenceFileTable(connection).insert(1, EVIDENCE_KEY)
    contents = Contents(LogFolder(folder), {1: EVIDENCE_KEY}, _no_further_file)
    log.keyholders.insert(
        KeyholderRow(
            id=PAT.id, name=PAT.name, title=PAT.title, initials=PAT.initials, added_at=clock.now()
        )
    )
    return Workspace(
        log=log,
        contents=contents,
        clock=clock,
        keyholder=PAT,
        procedures=STUBS if procedures is None else procedures,
        machine="Test machine",
    )


def close_workspace(workspace: Workspace) -> None:
    """Close both stores."""
    workspace.contents.close()
    workspace.log.close()


@contextmanager
def an_open_workspace(folder: Path, clock: Clock) -> Iterator[Workspace]:
    """Open a fresh log for the length of a test."""
    workspace = open_workspace(folder, clock)
    try:
        yield workspace
    finally:
        close_workspace(workspace)


def an_incident(workspace: Workspace, title: str = "Comments on a site") -> IncidentId:
    """Start an incident."""
    return start_incident(workspace, title=title).incident_id


def a_no(workspace: Workspace, incident_id: IncidentId, *listed: str) -> StatementId:
    """Answer the gate with no."""
    return make_statement(workspace, incident_id, GateAnswer.NO, listed or ["test"]).statement.id


def a_png(colour: str = "teal", size: tuple[int, int] = (64, 40)) -> bytes:
    """Return the bytes of a picture."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def a_pdf(text: str = "notice", pages: int = 2) -> bytes:
    """Return the bytes of a PDF."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 400))
    for number in range(pages):
        canvas.drawString(40, 340, f"{text}, page {number + 1}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def a_mail(body: str = "You will see.") -> bytes:
    """Return the bytes of a mail with an attachment."""
    message = EmailMessage()
    message["Received"] = (
        "from relay.example.net by mx.example.org; Thu, 19 Nov 2026 21:14:03 +0000"
    )
    message["From"] = "Night Owl <nightowl@example.net>"
    message["Reply-To"] = "other@example.com"
    message["To"] = "learner@example.org"
    message["Date"] = "Thu, 19 Nov 2026 21:14:00 +0000"
    message["Subject"] = "you will see"
    message["Message-ID"] = "<1@example.net>"
    message.set_content(body)
    message.add_attachment(b"x" * 900, maintype="image", subtype="png", filename="photo.png")
    return message.as_bytes()


def a_file(folder: Path, name: str, content: bytes) -> Path:
    """Write a file to be taken in."""
    path = folder / name
    path.write_bytes(content)
    return path


def ignore(_share: float) -> None:
    """Stand in for a progress bar."""


def never() -> bool:
    """Stand in for a cancel button that nobody presses."""
    return False


def _no_further_file(number: int) -> bytes:
    raise AssertionError(f"a test log needs no evidence file {number}")
