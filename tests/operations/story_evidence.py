"""Deeds of the story about evidence: sets, mails, chats, things, copies, what is sealed."""

import hashlib
import io
import os
from collections.abc import Callable, Mapping
from datetime import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.errors import SealedRecognised
from desktop.domain.evidence.derivatives import Mark, PicturePlan, Shape
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.evidence.things import HandlingDetails, Thing
from desktop.domain.identifiers import IncidentId, ItemId, StatementId
from desktop.operations.checking.compare_clock import compare_clock
from desktop.operations.evidence.answer_gate import keep_out, let_in, let_in_inside, rest_of
from desktop.operations.evidence.confirm_derivative import confirm_derivative
from desktop.operations.evidence.describe_thing import describe_only, describe_thing
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.keep_handling import add_handling
from desktop.operations.evidence.keep_set import new_set
from desktop.operations.evidence.look_inside import look_inside
from desktop.operations.evidence.make_derivative import Purpose, make_picture_copy, make_transcript
from desktop.operations.evidence.make_statement import correct_statement
from desktop.operations.evidence.redact_text import make_text_copy
from desktop.operations.evidence.seal_item import seal_item
from desktop.operations.evidence.take_evidence import add_file, add_picture
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import ignore, never

Told = Callable[..., None]

WIDTH, HEIGHT = 28, 20
WITNESS = SecondPerson(witness="Sam Witness", witness_reason="There is no second one")
CHAT = """18/11/2026, 20:02 - Messages and calls are end-to-end encrypted.
18/11/2026, 20:41 - Night Owl: who let her in
18/11/2026, 20:42 - Robin: what do you mean, {word}
18/11/2026, 20:43 - Night Owl: nobody wants you here
"""


def made_up(name: str, size: int) -> bytes:
    """Return bytes that nothing compresses, the same each time."""
    return hashlib.shake_128(name.encode()).digest(size)


def lay_down(path: Path, content: bytes) -> None:
    """Write a file without a call to `write`: it may be writing that fails."""
    with path.open("wb") as file:
        os.writev(file.fileno(), [content])


def a_noise(name: str) -> bytes:
    """Return a small picture as PNG that is the same for the same name, and like no other."""
    file = io.BytesIO()
    pixels = made_up(name, WIDTH * HEIGHT * 3)
    Image.frombytes("RGB", (WIDTH, HEIGHT), pixels).save(file, "PNG")
    return file.getvalue()


def a_mail(text: str, attached: Mapping[str, bytes]) -> bytes:
    """Return a mail that says this, with these attached."""
    message = EmailMessage()
    message["From"], message["To"] = "Night Owl <nightowl@example.net>", "robin@example.org"
    message["Subject"], message["Message-ID"] = "you will see", "<1@example.net>"
    message["Date"] = "Thu, 19 Nov 2026 21:14:00 +0000"
    message.set_content(text)
    for name, content in attached.items():
        kind = "png" if name.endswith(".png") else "octet-stream"
        message.add_attachment(content, maintype="image", subtype=kind, filename=name)
    message.set_boundary("of the story")
    return message.as_bytes()


def sha256(content: bytes) -> str:
    """Return the hash as hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class EvidenceDeeds:
    """What is done with evidence; `told` hears of each thing once it is there.

    What is taken in lies in `sources` before, and says `word`.
    """

    def __init__(self, sources: Path, word: str, told: Told) -> None:
        self._sources = sources
        self._word = word
        self._told = told

    def compare_clock(self, workspace: Workspace) -> None:
        source = f"The speaking clock, {self._word}"
        check = compare_clock(workspace, workspace.now(), time(9, 29, 55), source)
        self._told("clock", source, check.said)

    def capture_a_set(self, workspace: Workspace, incident_id: IncidentId) -> None:
        set_id, marks = new_set(), []
        for number in range(3):
            # There may be a reason why each capture has an answer of its own.
            statement_id = self._say_no(workspace, incident_id, "A part of a conversation")
            png = a_noise(f"{self._word}, set, {number}")
            added = add_picture(
                workspace, incident_id, statement_id, png, ItemKind.SCREEN_REGION,
                Method.SCREEN_CAPTURE, workspace.now(), ignore, never, set_id,
                (("Screen", f"DISPLAY-1, {self._word}"),),
            )  # fmt: skip
            marks.append(added.mark)
            self._told("item", incident_id, added.item_id, added.mark, sha256(png))
            self._told("set", incident_id, set_id, list(marks))
        values = {"description": f"Conversation about {self._word}", "handle": "@owl"}
        item_id = workspace.log.evidence.exhibits(incident_id)[-1].id
        enter_origin(workspace, item_id, values)
        self._told("fields", set_id, values)

    def take_a_mail(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Take in a mail with what is attached, once that was named at the second question."""
        attached = {"photo.png": a_noise(f"{self._word}, photo"), "list.bin": self._bytes("list")}
        path = self._source("mail.eml", a_mail(f"You, {self._word}, will see.", attached))
        first = self._say_no(workspace, incident_id, path.name)
        inside = look_inside(workspace, incident_id, first, [path], ignore, never)
        answered = let_in_inside(workspace, incident_id, first, {}, inside=inside)
        self._told("statement", incident_id, answered.statement_id, "no")
        added = self._take(workspace, incident_id, answered.statement_id, path)
        self._tell_inside(incident_id, added, list(attached.values()))

    def take_the_rest_of_a_mail(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Hold back one thing in a mail; it comes in as headers and text, with the other."""
        rest = self._bytes("rest")
        path = self._source(
            "rest.eml", a_mail(f"More of {self._word}.", {"her.jpg": b"held", "rest.bin": rest})
        )
        first = self._say_no(workspace, incident_id, path.name)
        inside = look_inside(workspace, incident_id, first, [path], ignore, never)
        words = f"Said to be of {self._word}"
        kept_out = let_in_inside(
            workspace, incident_id, first, {path.name: ("her.jpg",)}, Concern.CHILD_IMAGE, words,
            inside=inside,
        )  # fmt: skip
        self._told("statement", incident_id, kept_out.statement_id, "not sure")
        self._told("held", incident_id, f"{path.name}: her.jpg: {words}")
        statement_id = self._say_no(workspace, incident_id, *rest_of(inside[0], ["her.jpg"]))
        added = add_file(
            workspace, incident_id, statement_id, path, Method.DROP, ignore, never,
            leave_out=("her.jpg",),
        )  # fmt: skip
        self._tell_inside(incident_id, added, [rest])

    def take_a_chat(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Take in a chat, and share two messages of it."""
        path = self._source("chat.txt", CHAT.format(word=self._word).encode())
        statement_id = self._say_no(workspace, incident_id, path.name)
        chat = self._take(workspace, incident_id, statement_id, path)
        made = make_text_copy(
            workspace, ignore, never, item_id=chat.item_id, kept=frozenset({1, 2}),
            covered=("Night Owl",), purpose=Purpose(reason=f"For the mother of {self._word}"),
        )  # fmt: skip
        self._told("copy", incident_id, made.item_id, made.mark, made.sha256, chat.item_id)

    def describe(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Describe a telephone and a drawing, and say in whose hands the telephone was."""
        word = self._word
        thing = Thing(make="Examplephone", model="7", owner=f"Robin {word}", seal="EX 4471")
        phone = describe_thing(workspace, incident_id, thing)
        self._told("described", incident_id, phone.item_id, "thing_owner", f"Robin {word}")
        details = HandlingDetails(
            at=workspace.now(), given_by=f"Robin {word}", given_to="Lee Tutor",
            purpose="Kept for the police", seal="EX 4471",
        )  # fmt: skip
        add_handling(workspace, phone.item_id, details)
        self._told("handling", incident_id, phone.item_id, f"Robin {word}")
        text = f"A drawing on a wall that says {word}"
        drawing = describe_only(workspace, incident_id, {"description": text})
        self._told("described", incident_id, drawing.item_id, "description", text)

    def copy(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Cover a part of a capture, write it down, and have the covered copy confirmed."""
        statement_id = self._say_no(workspace, incident_id, "A capture")
        png = a_noise(f"{self._word}, covered")
        added = add_picture(
            workspace, incident_id, statement_id, png, ItemKind.WINDOW, Method.SCREEN_CAPTURE,
            workspace.now(), ignore, never,
        )  # fmt: skip
        self._told("item", incident_id, added.item_id, added.mark, sha256(png))
        covered = self._cover(workspace, incident_id, added.item_id)
        written = make_transcript(
            workspace, ignore, never, item_id=added.item_id, text=f"It says {self._word}",
            purpose=Purpose(reason="It is hard to read"),
        )  # fmt: skip
        self._told("copy", incident_id, written.item_id, written.mark, written.sha256,
                   added.item_id)  # fmt: skip
        confirm_derivative(workspace, covered, second=WITNESS)
        self._told("confirmed", incident_id, covered, "Sam Witness")

    def _cover(self, workspace: Workspace, incident_id: IncidentId, item_id: ItemId) -> ItemId:
        plan = PicturePlan(WIDTH, HEIGHT, (Mark(Shape.COVER, 4, 4, 15, 10),))
        purpose = Purpose(reason=f"For {self._word}", others_seen=f"A friend of {self._word}")
        made = make_picture_copy(workspace, item_id, plan, purpose, ignore, never)
        self._told("copy", incident_id, made.item_id, made.mark, made.sha256, item_id)
        return made.item_id

    def correct(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Hold a picture back, hear what it is, correct the answer and take it in."""
        words = f"dog.png, sent to {self._word}"
        made = keep_out(
            workspace, incident_id, GateAnswer.NOT_SURE, ["dog.png"], Concern.CHILD_IMAGE, words
        )
        self._told("statement", incident_id, made.statement_id, "not sure")
        self._told("held", incident_id, words)
        information = f"Her mother saw it with {self._word}: a dog"
        fresh = correct_statement(
            workspace, incident_id, made.statement_id, GateAnswer.NO, "It is a dog", information
        )
        statement_id = fresh.statement.id
        self._told("corrected", incident_id, made.statement_id, statement_id, information)
        path = self._source("dog.png", a_noise(f"{self._word}, dog"))
        self._take(workspace, incident_id, statement_id, path)

    def seal(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Seal what came with a mail: mail and copy go with it; and it does not come in again."""
        unwanted = a_noise(f"{self._word}, {incident_id}")
        path = self._source("unwanted.eml", a_mail("Look.", {"unwanted.png": unwanted}))
        lines = (path.name, f"{path.name}: unwanted.png")
        added = self._take(
            workspace, incident_id, self._say_no(workspace, incident_id, *lines), path
        )
        self._tell_inside(incident_id, added, [unwanted])
        child = next(
            one.id for one in list_items(workspace, incident_id) if one.inside_id == added.item_id
        )
        copy_id = self._cover(workspace, incident_id, child)
        seal_item(workspace, child, f"It may show {self._word}", "By e-mail", "Pat, once")
        for item_id in (child, added.item_id, copy_id):
            self._told("sealed", incident_id, item_id)
        again = self._source("unwanted.png", unwanted)
        statement_id = self._say_no(workspace, incident_id, again.name)
        with pytest.raises(SealedRecognised) as caught:
            add_file(workspace, incident_id, statement_id, again, Method.DROP, ignore, never)
        self._told("recognised", incident_id, caught.value.mark)

    def _say_no(self, workspace: Workspace, incident_id: IncidentId, *listed: str) -> StatementId:
        statement_id = let_in(workspace, incident_id, listed).statement_id
        self._told("statement", incident_id, statement_id, "no")
        return statement_id

    def _take(
        self, workspace: Workspace, incident: IncidentId, statement: StatementId, path: Path
    ) -> ItemAdded:
        added = add_file(workspace, incident, statement, path, Method.DROP, ignore, never)
        self._told("item", incident, added.item_id, added.mark, sha256(path.read_bytes()))
        return added

    def _tell_inside(
        self, incident_id: IncidentId, added: ItemAdded, contents: list[bytes]
    ) -> None:
        hashes = [sha256(content) for content in contents]
        self._told("inside", incident_id, added.item_id, list(added.inside), hashes)

    def _source(self, name: str, content: bytes) -> Path:
        path = self._sources / name
        lay_down(path, content)
        return path

    def _bytes(self, name: str) -> bytes:
        return made_up(f"{self._word}, {name}", 1500)
