"""The window that seals an item: what should never have come in is shown and exported no more."""

from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.evidence.gate import Concern
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.log.certificates import BackupLeft
from desktop.operations.backups.back_up import HeldBackup
from desktop.operations.evidence.seal_item import Sealed, seal_item
from desktop.operations.workspace import Workspace
from desktop.ui.capture.hold_page import CONCERN_WORDS
from desktop.ui.capture.stop_notice import SealedNotice
from desktop.ui.form_dialog import FormDialog
from desktop.ui.keeping.retention_words import say_backup
from desktop.ui.session import Cancelled, Progress, Session
from desktop.ui.widgets.words import strong

HINT = (
    "For something that was kept here and may be what must not be copied. You do not have to look "
    "at it again, and you do not have to be sure."
)
WHAT_IT_DOES = (
    "From then on it is not shown, copied or exported, in this incident or any other, and new "
    "backups leave it out. Nothing is deleted: only a named instruction from the police allows "
    "that. Sealing cannot be undone here."
)
ALREADY = "Backups made before now hold it too. Tell the police where they are:"


class SealDialog(FormDialog):
    """Asks why, how it came in and who saw it; then says stop."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(
            session,
            item.incident_id,
            f"seal.{item.id}",
            f"Seal {item.mark}",
            parent,
            keep="Seal it now",
            hint=HINT,
        )
        self._item = item
        self._owner = parent
        self.form.add_widget(strong(WHAT_IT_DOES, self.form))
        self.form.add_space()
        choices = [(each.value, words) for each, words in CONCERN_WORDS.items()]
        self.form.add_list("concern", "What it may be", choices)
        self.form.add_text("reason", "Why: how do you know?")
        self.form.add_text("arrived", "How and when it came in")
        self.form.add_text("seen_by", "Who has seen it, and when")
        self.settle()

    def _keep(self) -> None:
        if self._lacks(("reason", "Write why. One sentence is enough; do not look again.")):
            return
        self.keep_button.setEnabled(False)
        seal = partial(_seal, self._item, self.form.texts())
        self._session.run_long(
            self, seal, self._on_sealed, self._on_error, name=f"Sealing {self._item.mark}"
        )

    def _on_sealed(self, sealed: Sealed) -> None:
        concern = Concern(self.form.text("concern"))
        self._on_done(sealed)
        notice = SealedNotice(sealed.marks, self._owner, say_backups(sealed.backups), concern)
        notice.open()


def can_be_sealed(item: EvidenceItem) -> bool:
    """Say whether the log holds content of it that is not sealed yet."""
    return item.state is ItemState.KEPT


def start_sealing(session: Session, item: EvidenceItem, window: QWidget) -> None:
    """Ask about it in front of the page; a window that shows the item closes first."""
    owner = window.parentWidget() if isinstance(window, QDialog) else None
    if isinstance(window, QDialog):
        window.reject()
    SealDialog(session, item, owner or window).show_form()


def say_backups(backups: tuple[HeldBackup, ...]) -> tuple[str, ...]:
    """Say where backups lie that hold it already."""
    if not backups:
        return ()
    left = (BackupLeft(one.path, one.count, one.expires) for one in backups)
    return (ALREADY, *(say_backup(one) for one in left))


def _seal(
    item: EvidenceItem,
    texts: dict[str, str],
    workspace: Workspace,
    _progress: Progress,
    _cancelled: Cancelled,
) -> Sealed:
    """Seal it on the bytes thread: it asks what backups hold."""
    return seal_item(
        workspace,
        item.id,
        reason=texts["reason"],
        arrived=texts["arrived"],
        seen_by=texts["seen_by"],
        concern=Concern(texts["concern"]),
    )
