"""What is typed into a form is there again after Escape; one just opened holds nothing new."""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

import desktop.ui
from desktop.domain.chronology import ChronologyLine
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.organisation.show_own_copy import show_own_copy
from desktop.ui.form_dialog import FormDialog
from desktop.ui.kept_words import Field
from desktop.ui.organisation.own_form import OwnForm
from tests.scenes import SCENES
from tests.stage import Stage

TYPED = "Zebra"
WAYS = {scene.name: scene.show for scene in SCENES}
# One scene for each form, by the name of its class: the last test asks for what is missing.
FORMS = {
    "AccountForm": "account",
    "ApprovedAccountForm": "organisation-account",
    "CentreForm": "organisation-centre",
    "ClassForm": "retention-class",
    "CloseDialog": "close",
    "ContactForm": "contact",
    "CorrectionForm": "correction",
    "DescriptionForm": "description",
    "EndDialog": "end-procedure",
    "FreeDayForm": "organisation-free-day",
    "HandlingForm": "passes-on",
    "HoldDialog": "hold",
    "InstructionForm": "police-instruction",
    "JoinDialog": "add-procedure",
    "KeepLongerForm": "keep-longer",
    "LeaveOutForm": "organisation-leave-out",
    "LinkDialog": "link",
    "LookForm": "organisation-look",
    "NotToldForm": "not-told",
    "NoteForm": "note",
    "OriginForm": "origin",
    "OwnContactForm": "organisation-contact",
    "OwnDeadlineForm": "organisation-deadline",
    "OwnStepForm": "organisation-step",
    "PersonForm": "person",
    "ReleaseDialog": "release-hold",
    "ReopenDialog": "reopen",
    "RoleForm": "organisation-role",
    "SealDialog": "seal",
    "StandingForm": "organisation-standing-step",
    "StatementDialog": "correct-answer",
    "SwitchForm": "organisation-rule",
    "TakeOutForm": "organisation-take-out",
    "ThingForm": "thing",
    "TranscriptForm": "transcript",
    "TriageDialog": "triage",
    "VersionDialog": "newer-version",
    "WhoForm": "who-can-be-seen",
    "WorksheetSentForm": "worksheet-record-sent",
}


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(qapp, tmp_path_factory.mktemp("stage"))
    yield made
    made.close()


def opened(stage: Stage, name: str) -> FormDialog:
    shown: QWidget = WAYS[FORMS[name]](stage)
    stage.settle()
    assert isinstance(shown, FormDialog)
    assert type(shown).__name__ == name
    return shown


def chronology(stage: Stage) -> Sequence[ChronologyLine]:
    return stage.perform(partial(show_chronology, incident_id=stage.incident_id))


def fields_of(dialog: FormDialog) -> dict[str, Field]:
    """Return by name every field that can be typed into; what is secret is kept nowhere."""
    found: list[Field] = [
        one
        for one in dialog.form.findChildren(QLineEdit)
        if one.echoMode() is QLineEdit.EchoMode.Normal
    ]
    found += dialog.form.findChildren(QPlainTextEdit)
    return {
        one.objectName(): one
        for one in found
        if one.isVisible() and one.isEnabled() and not one.isReadOnly()
    }


def text_of(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize("name", FORMS)
def test_escape_keeps_what_was_typed_into_a_form(stage: Stage, name: str) -> None:
    dialog = opened(stage, name)
    assert not dialog._dirty
    fields = fields_of(dialog)
    for field in fields.values():
        field.setFocus()
        QTest.keyClicks(field, TYPED)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    stage.settle()
    stage.clear()
    again = opened(stage, name)
    texts = {own: text_of(field) for own, field in fields_of(again).items()}
    again.cancel_button.click()
    stage.settle()
    stage.clear()
    assert [own for own in fields if TYPED not in texts.get(own, "")] == []


def test_every_form_is_in_the_list() -> None:
    folder = Path(str(desktop.ui.__file__)).parent
    for found in pkgutil.walk_packages([str(folder)], "desktop.ui."):
        importlib.import_module(found.name)
    kinds = {*FormDialog.__subclasses__(), *OwnForm.__subclasses__()} - {OwnForm}
    assert {one.__name__ for one in kinds if one.__module__.startswith("desktop.")} == set(FORMS)


def test_ctrl_and_enter_keep_a_form_from_a_field_of_several_lines(stage: Stage) -> None:
    dialog = opened(stage, "NoteForm")
    (text,) = [one for one in fields_of(dialog).values() if isinstance(one, QPlainTextEdit)]
    text.setFocus()
    QTest.keyClicks(text, TYPED)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert TYPED in [one.text for one in chronology(stage)]


def test_enter_on_cancel_forgets_what_was_typed(stage: Stage) -> None:
    dialog = opened(stage, "CentreForm")
    for field in fields_of(dialog).values():
        QTest.keyClicks(field, TYPED)
    dialog.cancel_button.setFocus()
    QTest.keyClick(dialog.cancel_button, Qt.Key.Key_Return)
    stage.settle()
    stage.clear()
    again = opened(stage, "CentreForm")
    assert [one for one in map(text_of, fields_of(again).values()) if TYPED in one] == []
    centres = stage.perform(show_own_copy).own.centres
    assert TYPED not in [one.name for one in centres]
