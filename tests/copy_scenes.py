"""The windows in which copies of evidence are made, seen and confirmed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.domain.evidence.derivatives import Mark, PicturePlan, Shape
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.operations.evidence.make_derivative import Purpose, make_picture_copy
from desktop.operations.evidence.open_sheet import list_people
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.workspace import Workspace
from desktop.ui.evidence.confirm_dialog import ConfirmDialog
from desktop.ui.evidence.redaction_editor import RedactionEditor
from desktop.ui.evidence.text_redaction import TextRedaction
from desktop.ui.evidence.transcript_form import TranscriptForm
from desktop.ui.evidence.who_form import WhoForm
from tests.evidence_pieces import ignore, never
from tests.stage import Stage

PLAN = PicturePlan(
    1000,
    1000,
    (
        Mark(Shape.FRAME, 60, 560, 520, 800),
        Mark(Shape.ARROW, 820, 420, 560, 620),
        Mark(Shape.NUMBER, 860, 380, 860, 380, 1),
        Mark(Shape.COVER, 80, 120, 460, 260),
    ),
)


def _page(stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.open_incident(stage.incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert page is not None
    return page


def _item(media: str, workspace: Workspace) -> EvidenceItem:
    kept = [one for one in workspace.log.evidence.items() if one.state is ItemState.KEPT]
    return find_item(workspace, next(one.id for one in kept if one.media_type.startswith(media)))


def _scaled(editor: RedactionEditor) -> PicturePlan:
    wide, high = editor.canvas.image.width() / 1000, editor.canvas.image.height() / 1000
    marks = tuple(
        Mark(one.shape, round(one.left * wide), round(one.top * high), round(one.right * wide),
             round(one.bottom * high), one.number)
        for one in PLAN.marks
    )  # fmt: skip
    return PicturePlan(editor.canvas.image.width(), editor.canvas.image.height(), marks)


def _editor(stage: Stage) -> RedactionEditor:
    page = _page(stage)
    item = stage.perform(partial(_item, "image/"))
    editor = RedactionEditor(stage.session, item, page)
    editor.come_up()
    stage.settle()
    editor.canvas.show_image(editor.canvas.image, _scaled(editor))
    editor.canvas.changed.emit()
    editor._fit()
    stage.settle()
    return editor


def _result(stage: Stage) -> QWidget:
    editor = _editor(stage)
    stage.find(QPushButton, "redactionResultButton", editor).click()
    stage.settle()
    stage.find(QLineEdit, "redactionReasonEdit", editor).setText("for the parents of Riley")
    stage.settle()
    return editor


def _text(stage: Stage) -> TextRedaction:
    page = _page(stage)
    window = TextRedaction(stage.session, stage.perform(partial(_item, "message/")), page)
    window.come_up()
    stage.settle()
    window.list.pieces.tick([0, 1, 4, window.list.pieces.rowCount() - 1], stays=True)
    stage.settle()
    return window


def _text_result(stage: Stage) -> QWidget:
    window = _text(stage)
    stage.find(QPushButton, "textResultButton", window).click()
    stage.settle()
    return window


def _form(kind: type[TranscriptForm | WhoForm], stage: Stage) -> QWidget:
    page = _page(stage)
    item = stage.perform(partial(_item, "image/"))
    people = stage.perform(partial(list_people, incident_id=stage.incident_id))
    form = kind(stage.session, item, people, page)
    form.show_form()
    stage.settle()
    return form


def _copy(workspace: Workspace) -> EvidenceItem:
    item = _item("image/", workspace)
    made = workspace.log.evidence.derivatives(item.derived_from or item.id)
    if made:
        return find_item(workspace, made[0].id)
    why = Purpose(reason="for the parents")
    copy = make_picture_copy(workspace, item.id, PLAN, why, ignore, never)
    return find_item(workspace, copy.item_id)


def _confirm(stage: Stage) -> QWidget:
    page = _page(stage)
    dialog = ConfirmDialog(stage.session, stage.perform(_copy), page)
    dialog.show_form()
    stage.settle()
    return dialog


Show = Callable[[Stage], QWidget]
COPY_SCENES: tuple[tuple[str, Show], ...] = (
    ("redaction", _editor),
    ("redaction-result", _result),
    ("text-redaction", _text),
    ("text-redaction-result", _text_result),
    ("transcript", partial(_form, TranscriptForm)),
    ("who-can-be-seen", partial(_form, WhoForm)),
    ("confirm-copy", _confirm),
)
