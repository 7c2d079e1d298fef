"""Asks what the bundle for the police is to be, makes it, and shows how to hand it over."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.find_leaks import find_leaks_to_police
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.operations.leaving.export_bundle import BundleRequest, Exported, export_bundle
from desktop.operations.workspace import Workspace
from desktop.ui import messages
from desktop.ui.dialog import Dialog
from desktop.ui.incident.export_form import ExportForm
from desktop.ui.incident.export_result import ExportResult
from desktop.ui.kept_words import AGAIN, KeptWords
from desktop.ui.session import Cancelled, Job, Progress, Session
from desktop.ui.tall_dialog import arrange_tall, hidden_progress, size_tall
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import heading, secondary


class ExportDialog(Dialog):
    """One bundle for the police: asked, made, handed over; it can be stopped while it is made."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._job: Job | None = None
        self.result_view: ExportResult | None = None
        self.setObjectName("exportDialog")
        self.setWindowTitle("Export for the police")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        size_tall(self)
        # Else a name that is typed at once would press the button that makes the bundle.
        self.cancel_button.setFocus()
        self._kept_words = KeptWords(session, incident_id, "export", self.form.edits, self)
        self._kept_words.restored.connect(partial(self.banner.show_message, AGAIN))
        self._kept_words.restore()
        session.about_to_lock.connect(self._on_about_to_lock)
        session.run(self, partial(list_items, incident_id=incident_id), self.form.show_items)
        leaks = partial(find_leaks_to_police, incident_id=incident_id)
        session.run(self, leaks, self.form.show_leaks)
        contacts = partial(list_contacts, incident_id=incident_id)
        session.run(self, contacts, self.form.show_contacts)

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        self._title_label = heading("Export for the police", self)
        self._hint_label = secondary(
            "A bundle that anybody can check without this program. Every export is recorded for "
            "every item in it.",
            self,
        )
        self.form = ExportForm(self)
        self._progress_bar = hidden_progress("How far the bundle is", self, most=1000)
        self._scroll = arrange_tall(
            self,
            (self._title_label, self._hint_label, self.banner),
            self.form,
            (self._progress_bar, self._build_buttons()),
        )

    def _build_buttons(self) -> QWidget:
        self._buttons_row = QWidget(self)
        self.write_button = plain_button("exportWriteButton", "Make the bundle", self._buttons_row)
        set_role(self.write_button, "primary")
        self.write_button.setDefault(True)
        self.write_button.clicked.connect(self._on_write_clicked)
        self.stop_button = plain_button("exportStopButton", "Stop", self._buttons_row)
        self.stop_button.setAccessibleName("Stop making the bundle")
        self.stop_button.clicked.connect(self._on_stop_clicked)
        self.stop_button.hide()
        self.cancel_button = plain_button("exportCancelButton", "Cancel", self._buttons_row)
        self.cancel_button.setAccessibleName("Cancel the export")
        self.cancel_button.clicked.connect(self.reject)
        flow = FlowLayout(self._buttons_row, spacing=8)
        for button in (self.write_button, self.stop_button, self.cancel_button):
            flow.addWidget(button)
        return self._buttons_row

    @Slot()
    def _on_write_clicked(self) -> None:
        request = self.form.request()
        if request is None:
            self.banner.show_message("Choose the folder where the bundle goes.", "warn")
            self.form.ask_for_folder()
            return
        self.banner.clear()
        self._show_making(making=True)
        self._job = self._session.run_long(
            self,
            partial(_export, self._incident_id, request),
            self._on_exported,
            self._on_failed,
            self._on_progress,
            name="A bundle for the police",
        )
        self.stop_button.setFocus()

    def _on_progress(self, share: float) -> None:
        self._progress_bar.setValue(round(share * 1000))

    def _on_exported(self, exported: Exported) -> None:
        self._job = None
        self._kept_words.forget()
        self._show_making(making=False)
        self._buttons_row.hide()
        self._title_label.setText("The bundle is made")
        self._hint_label.hide()
        self.form.hide()
        self.result_view = ExportResult(exported, self)
        self.result_view.closed.connect(self.accept)
        self._scroll.inner.column.insertWidget(0, self.result_view)
        self._scroll.verticalScrollBar().setValue(0)
        self.result_view.show()
        self.result_view.focus_first()

    def _on_failed(self, error: AppError) -> None:
        self._job = None
        self._show_making(making=False)
        self.write_button.setFocus()
        messages.show(self, error)

    def _show_making(self, *, making: bool) -> None:
        self._progress_bar.setValue(0)
        self._progress_bar.setVisible(making)
        self.stop_button.setVisible(making)
        self.stop_button.setEnabled(making)
        self.write_button.setDisabled(making)
        self.cancel_button.setHidden(making)
        self.form.setDisabled(making)

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.stop_button.setEnabled(False)
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _on_about_to_lock(self) -> None:
        """Take the passphrase off the screen; what is under way is stopped."""
        if self._job is not None:
            self._job.cut()
        super().reject()

    def reject(self) -> None:
        """Answer Escape: stop what is under way, and never close over an unread passphrase."""
        if self._job is not None:
            self._on_stop_clicked()
        elif self.result_view is None:
            super().reject()


def _export(
    incident_id: IncidentId,
    request: BundleRequest,
    workspace: Workspace,
    progress: Progress,
    cancelled: Cancelled,
) -> Exported:
    return export_bundle(workspace, incident_id, request, progress, cancelled)
