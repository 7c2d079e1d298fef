"""Things to take in as evidence, and short ways to what must be there before."""

import io
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import EvidenceItem, ItemKind, Method
from desktop.domain.identifiers import IncidentId, ItemId, SetId, StatementId
from desktop.operations.evidence.answer_gate import let_in, let_in_inside
from desktop.operations.evidence.look_inside import look_inside
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.store.connection import open_connection
from tests.workspaces import EVIDENCE_KEY

CHANGED = "UPDATE chunk SET bytes = zeroblob(length(bytes))"
LOST = "DELETE FROM chunk"


def an_incident(workspace: Workspace, title: str = "Comments on a site") -> IncidentId:
    """Start an incident."""
    return start_incident(workspace, title=title).incident_id


def a_no(workspace: Workspace, incident_id: IncidentId, *listed: str) -> StatementId:
    """Answer the gate with no."""
    return make_statement(workspace, incident_id, GateAnswer.NO, listed or ["test"]).statement.id


def a_no_for(workspace: Workspace, incident_id: IncidentId, *paths: Path) -> StatementId:
    """Answer both questions with no: about the files, then about what is inside them."""
    first = let_in(workspace, incident_id, [path.name for path in paths]).statement_id
    inside = look_inside(workspace, incident_id, first, paths, ignore, never)
    if not inside:
        return first
    return let_in_inside(workspace, incident_id, first, {}, inside=inside).statement_id


def a_capture(workspace: Workspace, incident_id: IncidentId | None = None) -> EvidenceItem:
    """Keep a capture of a screen, of a new incident if none is named."""
    incident = incident_id or an_incident(workspace)
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


def a_set(workspace: Workspace) -> tuple[EvidenceItem, EvidenceItem]:
    """Keep two captures of one set; returns the first and the last."""
    first = a_capture(workspace)
    set_id = SetId(workspace.new_id())
    evidence = workspace.log.evidence
    pair = []
    with workspace.log.transaction():
        evidence.insert_set(set_id, first.incident_id, workspace.now())
        for _ in range(2):
            mark = evidence.next_mark(first.incident_id, first.mark.initials)
            one = replace(first, id=ItemId(workspace.new_id()), mark=mark, set_id=set_id)
            evidence.insert_item(one)
            pair.append(one)
    return pair[0], pair[1]


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


def a_mail(body: str = "You will see.", *, attached: bool = True) -> bytes:
    """Return the bytes of a mail with an attachment, or with none."""
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
    if attached:
        message.add_attachment(b"x" * 900, maintype="image", subtype="png", filename="photo.png")
    return message.as_bytes()


def a_file(folder: Path, name: str, content: bytes) -> Path:
    """Write a file to be taken in."""
    path = folder / name
    path.write_bytes(content)
    return path


def ignore(*_told: object) -> None:
    """Stand in for a progress bar."""


def never() -> bool:
    """Stand in for a cancel button that nobody presses."""
    return False


def spoil(folder: Path, sql: str) -> None:
    """Change stored content in a log's folder, as only a holder of the key could."""
    path = folder / "evidence" / "0001.db"
    connection = open_connection(path, EVIDENCE_KEY, page_size=64 * 1024)
    connection.execute(sql)
    connection.close()
