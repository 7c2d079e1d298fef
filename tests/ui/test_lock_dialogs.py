"""The lock while a window of the checklists or of the organisation is open, with words typed."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop.operations.workspace import Workspace
from tests.checklist_scenes import CHECKLIST_SCENES
from tests.move_scenes import MOVE_SCENES
from tests.organisation_scenes import ORGANISATION_SCENES
from tests.stage import Stage
from tests.worksheet_scenes import WORKSHEET_SCENES

SECRET = "whispered"
WAYS = dict(CHECKLIST_SCENES + MOVE_SCENES + ORGANISATION_SCENES + WORKSHEET_SCENES)
CHOSEN = (
    "step-second", "link", "add-procedure", "worksheet-record-sent", "move-second-keyholder",
    "organisation-step",
)  # fmt: skip


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(qapp, tmp_path_factory.mktemp("stage"))
    yield made
    made.close()


def type_everywhere(stage: Stage, words: str) -> None:
    """Type into every field that can be seen, and a secret where one is asked for."""
    for edit in stage.window.findChildren(QLineEdit):
        if edit.isVisible() and edit.isEnabled() and not edit.isReadOnly():
            is_secret = edit.echoMode() is QLineEdit.EchoMode.Password
            edit.insert(SECRET if is_secret else words)
            edit.textEdited.emit(edit.text())
    for text in stage.window.findChildren(QPlainTextEdit):
        if text.isVisible() and text.isEnabled() and not text.isReadOnly():
            text.insertPlainText(words)


def drafts(workspace: Workspace) -> str:
    log = workspace.log
    return repr([log.drafts.of(subject) for subject in log.drafts.subjects()])


@pytest.mark.parametrize("name", CHOSEN)
def test_it_goes_at_once_and_what_was_typed_is_kept_but_secrets(
    stage: Stage, qapp: QApplication, name: str
) -> None:
    show: Callable[[Stage], QWidget] = WAYS[name]
    show(stage)
    words = f"typed into {name}"
    type_everywhere(stage, words)
    stage.session.lock()
    left = [one for one in qapp.topLevelWidgets() if one.isVisible() and one is not stage.window]
    assert left == []
    stage.settle()
    assert not [one for one in stage.window.findChildren(QDialog) if one.isVisible()]
    stage.open_log()
    kept = stage.perform(drafts)
    assert words in kept
    assert SECRET not in kept
    stage.clear()
