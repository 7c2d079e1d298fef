"""Erases a record with two people: says plainly what goes and what stays, then does it."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import InstructionNeeded
from desktop.domain.identifiers import IncidentId, KeyholderId
from desktop.domain.log.certificates import CertificateFacts
from desktop.operations.erasing.erase_record import Erased, erase_with_passphrase
from desktop.operations.erasing.plan_erasure import ErasurePlan, plan_erasure
from desktop.operations.keys.second_person import list_seconds
from desktop.operations.leaving.make_papers import CERTIFICATE, make_certificate
from desktop.ui import messages
from desktop.ui.keeping.erasure_form import ErasureForm
from desktop.ui.keeping.retention_forms import InstructionForm
from desktop.ui.kept_words import AGAIN
from desktop.ui.paper import offer_paper
from desktop.ui.session import Session
from desktop.ui.widgets.roles import set_role
from desktop.ui.working_dialog import WorkingDialog

_TITLE = "Erase the record"
_HINT = "It cannot be undone, and it takes two people."
_RUNNING = "It is being erased. Once begun it goes through to its end."
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


class ErasureDialog(WorkingDialog):
    """Asked, done, certified; once it is begun it goes through to its end."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(session, incident_id, "erasure", _TITLE, _HINT, parent)
        self._erased: Erased | None = None
        self.form = ErasureForm(self)
        self._build_buttons()
        self._arrange(self.form, "erasure", "How far the erasure is")

    def _build_buttons(self) -> None:
        add = self._add_button
        self.erase_button = add("eraseNowButton", _TITLE, self._on_erase_clicked)
        set_role(self.erase_button, "danger")
        self.erase_button.setEnabled(False)
        words = "Record what the police said…"
        self.instruction_button = add("instructionButton", words, self._on_instruction_clicked)
        self.instruction_button.hide()
        self.certificate_button = add(
            "certificateButton", "Certificate…", self._on_certificate_clicked
        )
        set_role(self.certificate_button, "primary")
        self.certificate_button.hide()
        self.cancel_button = add("eraseCancelButton", "Cancel", self._on_cancel_clicked)

    def come_up(self) -> None:
        """Open in front of the window, and read what would go."""
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
        if self._lacks():
            return
        operation = partial(
            erase_with_passphrase,
            incident_id=self._incident_id,
            passphrase=self.form.passphrase,
            reason=self.form.reason,
            second=self.form.second(),
        )
        self._work(operation, self._on_erased)

    def _on_erased(self, erased: Erased) -> None:
        self._erased = erased
        self._finish()
        self.erase_button.hide()
        self.instruction_button.hide()
        self.certificate_button.show()
        self.form.show_erased(erased)
        if erased.is_cleared:
            self.banner.show_message("The record is erased. Its number stays.", "done")
        else:
            self.banner.show_message(_NOT_CLEARED, "warn")
        self.certificate_button.setFocus()

    def _show_running(self, *, running: bool) -> None:
        super()._show_running(running=running)
        self.erase_button.setDisabled(running)
        self.cancel_button.setDisabled(running)
        self._hint_label.setText(_RUNNING if running else _HINT)

    @Slot()
    def _on_instruction_clicked(self) -> None:
        dialog = InstructionForm(self._session, self._incident_id, self)
        dialog.accepted.connect(self._read_plan)
        dialog.show_form()

    @Slot()
    def _on_certificate_clicked(self) -> None:
        if self._erased is not None:
            offer_certificate(self, self._session, self._erased.certificate)
