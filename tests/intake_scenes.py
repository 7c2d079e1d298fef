"""The windows of the gate, of what comes in, and of what should not have come in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState
from desktop.domain.evidence.things import HandlingDetails, Thing
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.operations.evidence.answer_gate import keep_out
from desktop.operations.evidence.describe_thing import describe_thing
from desktop.operations.evidence.keep_handling import add_handling
from desktop.operations.evidence.look_inside import InsideFile
from desktop.operations.evidence.view_evidence import find_item, list_items
from desktop.ui.capture.description_form import DescriptionForm
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.capture.gate_inside import InsideDialog
from desktop.ui.capture.handling_form import HandlingForm
from desktop.ui.capture.stop_notice import SealedNotice, StopNotice
from desktop.ui.capture.take_progress import FileState, TakeProgress
from desktop.ui.capture.thing_form import ThingForm
from desktop.ui.evidence.seal_dialog import SealDialog
from desktop.ui.evidence.statement_dialog import StatementDialog
from desktop.ui.evidence.thing_card import ThingCard
from tests.stage import Stage

LISTED = ("Captures of the screen, pasted pictures and files, until you finish",)
INSIDE = (
    InsideFile(
        Path("message.eml"), "message.eml", ("IMG_2041.jpg", "timetable.pdf"), is_mail=True
    ),
    InsideFile(Path("chat.zip"), "chat.zip", ("_chat.txt", "00000012-PHOTO-2026-11-19.jpg")),
)
OUTCOMES = (
    ("message.eml", FileState.KEPT, "PXS/4, kept, unchanged; what came inside: PXS/5"),
    ("screenshot 1.png", FileState.KEPT, "PXS/6, kept, unchanged; the same content as PXS/2"),
    ("photo.jpg", FileState.HELD_BACK, ""),
    ("voice note.m4a", FileState.NOT_KEPT, "voice note.m4a cannot be opened."),
    ("clip.mp4", FileState.READING, ""),
    ("a name that is so long that it does not fit on one line of the list.pdf",
     FileState.WAITING, ""),
)  # fmt: skip


def _page(stage: Stage, incident_id: IncidentId | None = None) -> QWidget:
    stage.open_log()
    stage.desk.open_incident(incident_id or stage.incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert page is not None
    return page


def _gate(stage: Stage) -> QWidget:
    gate = GateDialog(stage.session, stage.incident_id, LISTED, _page(stage))
    gate.ask()
    stage.settle()
    return gate


def _gate_describing(stage: Stage) -> QWidget:
    names = ("message.eml", "note.pdf")
    gate = GateDialog(stage.session, stage.incident_id, names, _page(stage))
    gate.ask()
    stage.settle()
    stage.press("gateNotSureButton", gate)
    return gate


def _inside(describing: bool, stage: Stage) -> QWidget:
    statement = StatementId("statement")
    gate = InsideDialog(stage.session, stage.incident_id, statement, INSIDE, _page(stage))
    gate.ask()
    stage.settle()
    if describing:
        stage.press("gateNotSureButton", gate)
    return gate


def _notice(kind: type[StopNotice], stage: Stage) -> QWidget:
    notice = kind(("A picture that was named in the message",), _page(stage))
    notice.open()
    stage.settle()
    return notice


def _progress(over: bool, stage: Stage) -> QWidget:
    names = [name for name, _state, _words in OUTCOMES]
    progress = TakeProgress("2026/002", names, _page(stage))
    progress.come_up()
    for number, (_name, state, words) in enumerate(OUTCOMES):
        done = state not in (FileState.READING, FileState.WAITING)
        progress.put(number, state if done or not over else FileState.STOPPED, words)
    progress.show_share(0.4)
    if over:
        progress.show_over()
    stage.settle()
    return progress


def _form(kind: type[ThingForm | DescriptionForm], stage: Stage) -> QWidget:
    form = kind(stage.session, stage.incident_id, _page(stage))
    form.show_form()
    stage.settle()
    return form


def _thing_item(stage: Stage) -> EvidenceItem:
    """Return the phone of the incident; it is put there once, with one entry."""
    listed = stage.perform(partial(list_items, incident_id=stage.incident_id))
    known = [item.id for item in listed if item.kind is ItemKind.THING]
    if not known:
        thing = Thing(make="Example", model="Phone 7", colour="black", seal="A 100200")
        make = partial(describe_thing, incident_id=stage.incident_id, thing=thing)
        known = [stage.perform(make).item_id]
        details = HandlingDetails(
            at=stage.clock.now(), given_by="Sam Jones, tutor", given_to="Pat Smith, DSL",
            purpose="locked away", place="Safe in the office", seal="A 100200",
        )  # fmt: skip
        stage.perform(partial(add_handling, item_id=known[0], details=details))
    return stage.perform(partial(find_item, item_id=known[0]))


def _handling(stage: Stage) -> QWidget:
    page = _page(stage)
    form = HandlingForm(stage.session, _thing_item(stage), page)
    form.show_form()
    stage.settle()
    return form


def _thing(stage: Stage) -> QWidget:
    page = _page(stage)
    card = ThingCard(stage.session, _thing_item(stage), page)
    card.come_up()
    stage.settle()
    return card


def _item_in(state: ItemState, stage: Stage) -> EvidenceItem:
    listed = stage.perform(partial(list_items, incident_id=stage.incident_id))
    return next(item for item in listed if item.state is state)


def _seal(stage: Stage) -> QWidget:
    page = _page(stage)
    dialog = SealDialog(stage.session, _item_in(ItemState.KEPT, stage), page)
    dialog.show_form()
    stage.settle()
    return dialog


def _statement(stage: Stage) -> QWidget:
    page = _page(stage, stage.closed_id)
    listed = stage.perform(partial(list_items, incident_id=stage.closed_id))
    if not any(item.state is ItemState.HELD_BACK for item in listed):
        stage.perform(
            partial(
                keep_out,
                incident_id=stage.closed_id,
                answer=GateAnswer.NOT_SURE,
                held=["photo.jpg"],
                concern=Concern.CHILD_IMAGE,
                description="A photo that was named in the message",
            )
        )
        listed = stage.perform(partial(list_items, incident_id=stage.closed_id))
    held = next(item for item in listed if item.state is ItemState.HELD_BACK)
    dialog = StatementDialog(stage.session, held, page)
    dialog.show_form()
    stage.settle()
    return dialog


INTAKE_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("gate", _gate),
    ("gate-describing", _gate_describing),
    ("gate-inside", partial(_inside, False)),
    ("gate-inside-describing", partial(_inside, True)),
    ("stop-notice", partial(_notice, StopNotice)),
    ("sealed-notice", partial(_notice, SealedNotice)),
    ("taking-in", partial(_progress, False)),
    ("taken-in", partial(_progress, True)),
    ("thing", partial(_form, ThingForm)),
    ("description", partial(_form, DescriptionForm)),
    ("passes-on", _handling),
    ("thing-card", _thing),
    ("seal", _seal),
    ("correct-answer", _statement),
)
