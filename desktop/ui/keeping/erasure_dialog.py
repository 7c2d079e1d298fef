"""Erases a record with two people: says plainly what goes and what stays, then does it."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from desktop.domain.errors import AppError, InstructionNeeded
from desktop.domain.identifiers import IncidentId, KeyholderId
from desktop.domain.log.certificates import CertificateFacts
from desktop.operations.erasing.erase_record import Erased, erase_with_passphrase
from desktop.operations.erasing.plan_erasure import ErasurePlan, plan_erasure
from desktop.operations.keys.second_person import list_seconds
from desktop.operations.leaving.make_papers import CERTIFICATE, make_certificate
from desktop.ui import messages
from desktop.ui.keeping.erasure_form import ErasureForm
from desktop.ui.keeping.retention_forms import InstructionForm
from desktop.ui.kept_words import AGAIN, KeptWords
from desktop.ui.paper import offer_paper
from desktop.ui.session import Job, Session
from desktop.ui.tab_order import go_on
from desktop.ui.tall_dialog import arrange_tall, hidden_progress, size_tall
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import heading, secondary

_NOT_CLEARED = (
    "The record is erased. Clearing what it left in the files of the log could not be finished "
    "now; it is done when the log is next opened."
)


def offer_certificate(owner: QWidget, session: Session, facts: CertificateFacts) -> None:
    """Draw the certificate of an erasure and ask whether to print or to save it."""
    session.run_outside(
        owner,
        partial(make_certificate, facts),
        partial(_offer, owner, session, f"{CERTIFICATE} {facts.number}"),
    )


def _offer(owner: QWidget, session: Session, name: str, pdf: bytes) -> None:
    offer_paper(owner, session, name, pdf)


class ErasureDialog(QDialog):
    """Asked, done, certified; once it is begun it goes through to its end."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._job: Job | None = None
        self._erased: Erased | None = None
        self._problem: AppError | None = None
        self.setObjectName("erasureDialog")
        self.setWindowTitle("Erase the record")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        self._kept_words = KeptWords(session, incident_id, "erasure", self.form.edits, self)
        self._kept_words.restored.connect(self._on_words_restored)
        self._kept_words.restore()
        session.about_to_lock.connect(self._on_about_to_lock)

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        self._title_label = heading("Erase the record", self)
        self._hint_label = secondary("It cannot be undone, and it takes two people.", self)
        self.form = ErasureForm(self)
        self._progress_bar = hidden_progress("How far the erasure is", self)
        self._scroll = arrange_tall(
            self,
            (self._title_label, self._hint_label, self.banner),
            self.form,
            (self._progress_bar, self._build_buttons()),
        )

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        for name, words, attribute in (
            ("eraseNowButton", "Erase the record", "erase_button"),
            ("instructionButton", "Record what the police said…", "instruction_button"),
            ("certificateButton", "Certificate…", "certificate_button"),
            ("eraseCancelButton", "Cancel", "cancel_button"),
        ):
            button = QPushButton(words, row)
            button.setObjectName(name)
            button.setAccessibleName(words.rstrip("…"))
            button.setAutoDefault(False)
            setattr(self, attribute, button)
            flow.addWidget(button)
        set_role(self.erase_button, "danger")
        self.erase_button.setEnabled(False)
        self.erase_button.clicked.connect(self._on_erase_clicked)
        self.instruction_button.hide()
        self.instruction_button.clicked.connect(self._on_instruction_clicked)
        self.certificate_button.hide()
        set_role(self.certificate_button, "primary")
        self.certificate_button.clicked.connect(self._on_certificate_clicked)
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        return row

    erase_button: QPushButton
    instruction_button: QPushButton
    certificate_button: QPushButton
    cancel_button: QPushButton

    def come_up(self) -> None:
        """Open in front of the window, and read what would go."""
        size_tall(self)
        self.open()
        self.cancel_button.setFocus()
        self._session.run(self, list_seconds, self._show_seconds)
        self._read_plan()

    def _read_plan(self) -> None:
        operation = partial(plan_erasure, incident_id=self._incident_id)
        self._session.run(self, operation, self._show_plan)

    def _show_seconds(self, seconds: tuple[tuple[KeyholderId, str], ...]) -> None:
        keyholder = self._session.keyholder
        self.form.show_people(keyholder.name if keyholder else "", seconds)

    def _show_plan(self, plan: ErasurePlan) -> None:
        self._title_label.setText(f"Erase the record of {plan.retention.line.number}")
        self.form.show_plan(plan)
        problem = self._problem = plan.in_the_way
        self.erase_button.setEnabled(problem is None)
        self.erase_button.setVisible(problem is None)
        self.instruction_button.setVisible(isinstance(problem, InstructionNeeded))
        if problem is not None:
            messages.show(self, problem)
        elif self.banner.text != AGAIN:
            self.banner.clear()

    @Slot()
    def _on_erase_clicked(self) -> None:
        missing = self.form.missing()
        if missing:
            self.banner.show_message(missing, "warn")
            return
        self.banner.clear()
        self._kept_words.keep()
        self._show_running(running=True)
        self._job = self._session.run_long(
            self,
            partial(
                erase_with_passphrase,
                incident_id=self._incident_id,
                passphrase=self.form.passphrase,
                reason=self.form.reason,
                second=self.form.second(),
            ),
            self._on_erased,
            self._on_error,
            self._on_progress,
        )
        self.form.forget_passphrases()

    def _on_progress(self, share: float) -> None:
        self._progress_bar.setValue(round(share * 100))

    def _on_erased(self, erased: Erased) -> None:
        self._job, self._erased = None, erased
        self._kept_words.forget()
        self._progress_bar.hide()
        self.erase_button.hide()
        self.instruction_button.hide()
        self.certificate_button.show()
        self.cancel_button.setText("Close")
        self.cancel_button.setAccessibleName("Close")
        self.cancel_button.setEnabled(True)
        self._hint_label.setText("")
        self.form.show_erased(erased)
        self._scroll.verticalScrollBar().setValue(0)
        if erased.is_cleared:
            self.banner.show_message("The record is erased. Its number stays.", "done")
        else:
            self.banner.show_message(_NOT_CLEARED, "warn")
        self.certificate_button.setFocus()

    def _on_error(self, error: AppError) -> None:
        self._job = None
        self._show_running(running=False)
        messages.show(self, error)

    def _show_running(self, *, running: bool) -> None:
        self._progress_bar.setValue(0)
        self._progress_bar.setVisible(running)
        self.form.setDisabled(running)
        self.erase_button.setDisabled(running)
        self.cancel_button.setDisabled(running)
        if running:
            self._hint_label.setText("It is being erased. Once begun it goes through to its end.")

    @Slot()
    def _on_instruction_clicked(self) -> None:
        dialog = InstructionForm(self._session, self._incident_id, self)
        dialog.accepted.connect(self._read_plan)
        dialog.show_form()

    @Slot()
    def _on_certificate_clicked(self) -> None:
        if self._erased is not None:
            offer_certificate(self, self._session, self._erased.certificate)

    @Slot()
    def _on_about_to_lock(self) -> None:
        self._job = None
        self.form.forget_passphrases()
        self.close()

    @Slot()
    def _on_words_restored(self) -> None:
        if self._problem is None:
            self.banner.show_message(AGAIN)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._job is None:
            self._kept_words.forget()
            self.reject()

    def reject(self) -> None:
        """Close, unless it is under way; Escape keeps the words that were typed."""
        if self._job is None:
            self._kept_words.keep()
            self.form.forget_passphrases()
            super().reject()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802
        """Go on as it is read."""
        return go_on(self, following=following)
