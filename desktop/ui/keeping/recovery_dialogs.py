"""The recovery key: a new one, new keys for the log, and the yearly drill with the old paper."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.domain.identifiers import KeyholderId
from desktop.operations.keys.keep_keyholders import rekey, remove_keyholder
from desktop.operations.keys.keep_recovery_key import (
    RecoveryTried,
    renew_recovery_key,
    try_recovery_key,
)
from desktop.operations.leaving.make_papers import RECOVERY_SHEET, make_recovery_sheet
from desktop.operations.organisation.keep_organisation import show_organisation
from desktop.operations.workspace import Workspace
from desktop.ui.entry import Entry
from desktop.ui.keeping.key_dialog import KeyDialog
from desktop.ui.keeping.recovery_fields import GroupsTypedBack, RecoveryKeyShown
from desktop.ui.session import Session
from desktop.ui.widgets.draft_edit import DraftTextEdit
from desktop.ui.widgets.words import body, field_label

_SHOW_HINT = (
    "This is the new recovery key. Put it on paper now. It is not relied on before you have typed "
    "two of its groups back from there; until then the present one stays as it is."
)
# The last backup of a month is kept for twelve months more.
KEEP_OLD_PAPER = (
    "Write “old” and the date on the present paper and keep it locked away until those backups "
    "are replaced, which takes up to 13 months, or are deleted. Then destroy it."
)
NOW_BACK_UP = "Back up now. Keep the old paper, marked as old, for the backups made before."
_TYPE_HINT = "From the paper, so that we both know it can be read."
_PAGES = 3
_WHY, _SHOW, _TYPE = range(_PAGES)


class NewRecoveryKeyDialog(KeyDialog):
    """Three pages: what happens and why, the new key, two groups typed back; then it is done."""

    least_lines = 15
    needs_reason = False
    makes_new_keys = False

    def __init__(
        self,
        session: Session,
        entry: Entry,
        parent: QWidget,
        *,
        name: str = "renewRecoveryKey",
        title: str = "Make a new recovery key",
        explained: str = (
            "The present recovery key stops opening this log. Backups that were made before open "
            f"with it, and not with the new one.\n\n{KEEP_OLD_PAPER}"
        ),
        do: str = "Use the new recovery key",
    ) -> None:
        super().__init__(session, name, title, parent, keep="Next")
        self._entry = entry
        self._do_words = do
        self._recovery_key = ""
        self._page = _WHY
        self._pages = [QWidget(self) for _ in range(_PAGES)]
        for page in self._pages:
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            self.column.addWidget(page)
        self.reason_edit = DraftTextEdit("Why", self, lines=2)
        self.reason_edit.setObjectName("keyReasonEdit")
        self._add(_WHY, body(explained, self))
        if self.needs_reason:
            self._add(_WHY, field_label("&Why", self.reason_edit, self), self.reason_edit)
            self.keep_words(name, {"why": self.reason_edit})
        else:
            self.reason_edit.hide()
        self.back_button = self.add_button("backButton", "Back", self._on_back_clicked)
        self._buttons.removeWidget(self.cancel_button)
        self._buttons.addWidget(self.cancel_button)
        self._typed: GroupsTypedBack | None = None
        self._show_page(_WHY)
        session.run_outside(self, entry.new_recovery_key, self._on_key_made)

    def _add(self, page: int, *widgets: QWidget) -> None:
        layout = self._pages[page].layout()
        for widget in widgets:
            if layout is not None:
                layout.addWidget(widget)

    @property
    def recovery_key(self) -> str:
        """The new recovery key; empty for a moment at the start."""
        return self._recovery_key

    def _on_key_made(self, recovery_key: str) -> None:
        self._recovery_key = recovery_key
        shown = RecoveryKeyShown(recovery_key, self)
        shown.sheet_requested.connect(self._on_sheet_requested)
        self._add(_SHOW, shown)
        self._typed = GroupsTypedBack(recovery_key, self)
        self._add(_TYPE, self._typed)

    def _show_page(self, page: int) -> None:
        self._page = page
        for number, widget in enumerate(self._pages):
            widget.setVisible(number == page)
        hint = {_WHY: "", _SHOW: _SHOW_HINT, _TYPE: _TYPE_HINT}[page]
        self.hint_label.setText(hint)
        self.hint_label.setVisible(bool(hint))
        self.back_button.setVisible(page != _WHY)
        self.set_keep_words(self._do_words if page == _TYPE else "Next")
        self.banner.clear()
        self.focus_first()

    def focus_first(self) -> None:
        """Start where something is to be typed, else on the button that goes on."""
        if self._page == _TYPE and self._typed is not None:
            self._typed.focus_first()
        elif self._page == _WHY and self.needs_reason:
            self.reason_edit.setFocus()
        else:
            self.keep_button.setFocus()

    @Slot()
    def _on_back_clicked(self) -> None:
        self._show_page(self._page - 1)

    @Slot()
    def _on_sheet_requested(self) -> None:
        self.keep_button.setFocus()
        draw = partial(
            _draw_sheet, recovery_key=self._recovery_key, same_keys=not self.makes_new_keys
        )
        self._session.run(self, draw, self._offer)

    def _offer(self, pdf: bytes) -> None:
        self._entry.offer_paper(self, self._session, RECOVERY_SHEET, pdf)

    def _keep(self) -> None:
        if self._page == _WHY:
            if self.needs_reason and not self.reason_edit.toPlainText().strip():
                self._say("Write why, in a sentence.")
                self.reason_edit.setFocus()
            elif self._recovery_key:
                self._show_page(_SHOW)
        elif self._page == _SHOW:
            self._show_page(_TYPE)
        elif self._typed is not None and (problem := self._typed.problem()):
            self._say(problem)
            self._typed.focus_first()
        else:
            self._run(self._operation())

    def _operation(self) -> Callable[[Workspace], object]:
        return partial(renew_recovery_key, key=self._recovery_key)

    def _show_busy(self, *, busy: bool) -> None:
        super()._show_busy(busy=busy)
        self.back_button.setDisabled(busy)

    def _said(self) -> str:
        return f"The new recovery key is in use. {NOW_BACK_UP}"

    def _on_done(self, _answer: object) -> None:
        self._tell(self._said())
        self.accept()

    @property
    def _reason(self) -> str:
        return self.reason_edit.toPlainText().strip()


class RekeyDialog(NewRecoveryKeyDialog):
    """New keys for the log, for example when somebody may have copied a passphrase."""

    needs_reason = True
    makes_new_keys = True

    def __init__(self, session: Session, entry: Entry, parent: QWidget) -> None:
        super().__init__(
            session,
            entry,
            parent,
            name="rekey",
            title="Make new keys for the log",
            explained=(
                "Everything entered from now on is locked with keys that no older copy of the log "
                "holds. Every keyholder keeps their passphrase. The recovery key is replaced too. "
                "Whoever has an old copy of the log and an old key can still open that copy.\n\n"
                f"{KEEP_OLD_PAPER}"
            ),
            do="Make new keys",
        )

    def _operation(self) -> Callable[[Workspace], object]:
        return partial(rekey, reason=self._reason, recovery_key=self._recovery_key)

    def _said(self) -> str:
        return f"The log has new keys. The recovery key is new too. {NOW_BACK_UP}"


class RemoveKeyholderDialog(NewRecoveryKeyDialog):
    """Somebody leaves: their way in is taken away, and the log gets new keys."""

    needs_reason = True
    makes_new_keys = True

    def __init__(
        self,
        session: Session,
        entry: Entry,
        keyholder_id: KeyholderId,
        name: str,
        parent: QWidget,
    ) -> None:
        self._keyholder_id = keyholder_id
        self._name = name
        super().__init__(
            session,
            entry,
            parent,
            name=f"removeKeyholder.{keyholder_id}",
            title=f"Remove {name}",
            explained=(
                f"{name} can no longer open this log. It gets new keys and a new recovery key, so "
                "that an old copy of the keys opens nothing new. What they entered stays, under "
                "their name.\n\nCopies and backups made before still open with their passphrase: "
                f"collect or destroy those that are not needed. {KEEP_OLD_PAPER}"
            ),
            do=f"Remove {name}",
        )

    def _operation(self) -> Callable[[Workspace], object]:
        return partial(
            remove_keyholder,
            keyholder_id=self._keyholder_id,
            reason=self._reason,
            recovery_key=self._recovery_key,
        )

    def _said(self) -> str:
        return (
            f"{self._name} can no longer open the log. The new recovery key is in use. "
            f"{NOW_BACK_UP}"
        )


class TryRecoveryKeyDialog(KeyDialog):
    """The yearly drill: the key typed from the paper fits, or it does not; either is recorded."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            session,
            "tryRecoveryKey",
            "Try the recovery key from your paper",
            parent,
            keep="Try it",
            hint="Fetch the paper from where it is locked away and type the key from there. Once "
            "a year is enough. Nothing is opened or changed; that you tried is recorded.",
        )
        self.key_edit = QLineEdit(self)
        self.key_edit.setObjectName("typedRecoveryKeyEdit")
        self.column.addWidget(
            field_label("&Recovery key, as it stands on the paper", self.key_edit, self)
        )
        self.column.addWidget(self.key_edit)

    def focus_first(self) -> None:
        """Start in the one field."""
        self.key_edit.setFocus()

    def _keep(self) -> None:
        if not self.key_edit.text().strip():
            self._say("Type the key from the paper.")
            self.focus_first()
            return
        self._run(partial(try_recovery_key, typed=self.key_edit.text()), self._on_tried)

    def _on_tried(self, tried: RecoveryTried) -> None:
        self._show_busy(busy=False)
        if tried.fits:
            words = "It fits: this paper opens the log. Lock it away again."
            self.key_edit.clear()
            self.keep_button.hide()
            self.cancel_button.setText("Close")
            self.cancel_button.setAccessibleName("Close")
            self.cancel_button.setFocus()
        else:
            words = (
                "It does not fit. Compare it group by group with the paper. If it still does not, "
                "make a new recovery key today: this paper would not open the log."
            )
            self.key_edit.selectAll()
            self.focus_first()
        self.banner.show_message(words, "done" if tried.fits else "error")


def _draw_sheet(workspace: Workspace, recovery_key: str, *, same_keys: bool) -> bytes:
    """Draw the sheet; the fingerprint is left out where the keys are about to change."""
    return make_recovery_sheet(
        show_organisation(workspace).name,
        workspace.keys.folder.path,
        recovery_key,
        workspace.keys.fingerprint if same_keys else "",
        workspace.now(),
    )
