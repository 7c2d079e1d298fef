"""Who was told or asked in an incident, what came of it, and whether the parents know."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import Moment, say
from desktop.domain.changes import Changes, Topic
from desktop.domain.contacts import RECIPIENT_NAMES, ContactEntry, Recipient
from desktop.domain.identifiers import ContactId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.worksheets import SubmittedSheet
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.operations.incident.keep_worksheets import list_submitted
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.follow_checklist import ChecklistsView, show_checklists
from desktop.ui import messages
from desktop.ui.incident.contact_form import ContactForm
from desktop.ui.incident.not_told_form import NotToldForm
from desktop.ui.incident.sent_sheet import SentSheetDialog
from desktop.ui.incident.step_words import first_words
from desktop.ui.incident.worksheet_choice import WorksheetChoice
from desktop.ui.incident.worksheet_dialog import WorksheetDialog
from desktop.ui.panel import Panel
from desktop.ui.session import Session
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, row_line, secondary, strong

REQUEST, NOTE_REQUEST = "S6", "S6-1"
ASKED = "Somebody asks for copies, or for what is held."
REQUEST_TEXT = (
    "The steps for a request join this incident: what to give, to whom, and by when. The first "
    "one asks who wants what. Nothing is given out by this."
)


class ContactsPanel(Panel):
    """The parents first, then every contact, the latest on top."""

    step_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent, Topic.CONTACT, Topic.CHECKLIST)
        self._contacts: tuple[ContactEntry, ...] = ()
        self._sheets: dict[ContactId, SubmittedSheet] = {}
        self._running: set[str] = set()
        self.add_button = self.add_panel_button("addContactButton", "Record a contact…")
        self.add_button.clicked.connect(self._on_add_clicked)
        self.worksheet_button = self.add_panel_button("worksheetsButton", "Worksheets…")
        self.worksheet_button.clicked.connect(self._on_worksheets_clicked)
        self.request_button = self.add_panel_button("requestButton", "Somebody asks for copies…")
        self.request_button.clicked.connect(self._on_request_clicked)

    def reload(self) -> None:
        """Read the contacts again."""
        if self.incident_id:
            operation = partial(list_submitted, incident_id=self.incident_id)
            self.session.run(self, operation, self._on_sheets)

    def _on_sheets(self, sheets: tuple[SubmittedSheet, ...]) -> None:
        self._sheets = {one.contact_id: one for one in sheets if one.contact_id}
        if self.incident_id:
            operation = partial(list_contacts, incident_id=self.incident_id)
            self.session.run(self, operation, self._on_read)

    def forget(self) -> None:
        """Drop the texts that were sent."""
        self._sheets = {}

    def _on_read(self, contacts: tuple[ContactEntry, ...]) -> None:
        self._contacts = contacts
        if self.incident_id:
            operation = partial(show_checklists, incident_id=self.incident_id)
            self.session.run(self, operation, self._on_checklists)

    def _on_checklists(self, view: ChecklistsView) -> None:
        self._running = {
            one.procedure.id for one in view.checklists if not one.checklist.ended_reason
        }
        self.renew_rows()
        self.add_row(self._parents(view))
        for contact in reversed(self._contacts):
            self.add_row(self._row(contact))
        if not self._contacts:
            self.add_row(secondary("No contacts yet. A call that nobody answered counts.", self))

    def _row(self, contact: ContactEntry) -> "ContactRow":
        row = ContactRow(contact, self)
        sheet = self._sheets.get(contact.id)
        if sheet is not None:
            title = self.session.data.worksheet_title(sheet.worksheet_id)
            row.add_sheet(sheet, title, partial(self._show_sheet, sheet, title))
        return row

    def _show_sheet(self, sheet: SubmittedSheet, title: str) -> None:
        SentSheetDialog(self.session, sheet, title, self).show_form()

    def _parents(self, view: ChecklistsView) -> QWidget:
        told = [
            contact.details.at
            for contact in self._contacts
            if contact.details.recipient is Recipient.PARENT and contact.details.told
        ]
        box = QFrame(self)
        set_role(box, "well")
        column = QVBoxLayout(box)
        column.addWidget(strong("Parents or carers", box))
        column.addWidget(body(_parents_text(told, why_not(view), view), box))
        row = QWidget(box)
        flow = FlowLayout(row, spacing=8)
        for name, text, slot in (
            ("tellParentsButton", "Record telling them…", self._on_parents_clicked),
            ("notToldButton", "Not told, because…", self._on_not_told_clicked),
        ):
            button = QPushButton(text, row)
            button.setObjectName(name)
            button.setAccessibleName(f"Parents or carers: {text.rstrip('…')}")
            button.clicked.connect(slot)
            flow.addWidget(button)
        column.addWidget(row)
        return box

    @Slot()
    def _on_add_clicked(self) -> None:
        if self.incident_id:
            ContactForm(self.session, self.incident_id, self).show_form()

    def open_worksheet(self, worksheet_id: str) -> None:
        """Go on with a worksheet that was begun."""
        if self.incident_id:
            WorksheetDialog(self.session, self.incident_id, worksheet_id, None, self).show_form()

    @Slot()
    def _on_worksheets_clicked(self) -> None:
        if self.incident_id:
            WorksheetChoice(self.session, self.incident_id, self).show_form()

    @Slot()
    def _on_request_clicked(self) -> None:
        """Lead to the steps for a request; ask before they join."""
        if REQUEST in self._running:
            self.step_requested.emit(NOTE_REQUEST)
            return
        words = (self.request_button.text().rstrip("…"), REQUEST_TEXT, "Add the steps")
        messages.ask(self, *words, self._add_request)

    def _add_request(self) -> None:
        if self.incident_id:
            operation = partial(
                attach_procedure,
                incident_id=self.incident_id,
                procedure_id=REQUEST,
                reason=ASKED,
            )
            self.session.run(self, operation, self._on_request_added)

    def _on_request_added(self, _changes: Changes) -> None:
        self.step_requested.emit(NOTE_REQUEST)

    @Slot()
    def _on_parents_clicked(self) -> None:
        if self.incident_id:
            who = (Recipient.PARENT,)
            ContactForm(self.session, self.incident_id, self, who).show_form()

    @Slot()
    def _on_not_told_clicked(self) -> None:
        if self.incident_id:
            NotToldForm(self.session, self.incident_id, self).show_form()


class ContactRow(QFrame):
    """One contact: who, when, how, and what came of it."""

    def __init__(self, contact: ContactEntry, parent: QWidget) -> None:
        super().__init__(parent)
        details = contact.details
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(2)
        head = QWidget(self)
        flow = FlowLayout(head, spacing=8)
        flow.addWidget(strong(RECIPIENT_NAMES[details.recipient], head))
        if not details.answered:
            flow.addWidget(Chip(f"no answer, attempt {contact.attempt}", "due", head))
        if details.reference:
            flow.addWidget(Chip(f"reference {details.reference}", "info", head))
        column.addWidget(head)
        spoke = ", ".join(filter(None, (details.person, details.person_role)))
        where = ", ".join(filter(None, (details.organisation, details.address_used)))
        lines = (
            f"{say(details.at)}, {details.channel.value}, {details.direction.value}",
            f"Spoke to {spoke}" if spoke else "",
            where,
            f"Said: {details.said}" if details.said else "",
            f"Sent: {details.sent}" if details.sent else "",
            f"Advice: {details.advice}" if details.advice else "",
            _next(contact),
            f"Entered {say(contact.entered_at)} by {contact.made_by}",
        )
        for number, line in enumerate(lines):
            if line:
                quiet = number in (0, 2, len(lines) - 1)
                column.addWidget(secondary(line, self) if quiet else body(line, self))
        self._sent = QVBoxLayout()
        column.addLayout(self._sent)
        column.addSpacing(8)
        column.addWidget(row_line(self))

    def add_sheet(self, sheet: SubmittedSheet, title: str, show: Callable[[], None]) -> None:
        """Offer to read the worksheet that was sent with it."""
        row = QWidget(self)
        said = f"Show what was sent: {title}, {say(sheet.at)}"
        button = plain_button(f"sentSheet{sheet.id}Button", "Show what was sent", row, said)
        button.clicked.connect(show)
        FlowLayout(row, spacing=8).addWidget(button)
        self._sent.addWidget(row)


def why_not(view: ChecklistsView) -> str:
    """Return the latest reason recorded why parents were not told, '' if there is none."""
    reasons = [
        step.entry.reason
        for checklist in view.checklists
        for step in checklist.steps
        if Recipient.PARENT.value in step.step.recipients
        and step.entry
        and step.state in (StepState.NOT_APPLICABLE, StepState.NOT_POSSIBLE)
    ]
    return reasons[-1] if reasons else ""


def _parents_text(told: list[Moment], reason: str, view: ChecklistsView) -> str:
    if told:
        return f"Told {say(told[-1])}."
    if reason:
        return f"Not told. Reason: {reason}"
    return f"Nothing recorded yet. {_when_to_tell(view)}"


def _when_to_tell(view: ChecklistsView) -> str:
    """Say what comes before telling the parents, as their steps have it; else to tell them."""
    steps = [
        step
        for one in view.checklists
        if not one.checklist.ended_reason
        for step in one.steps
        if step.state is StepState.OPEN and Recipient.PARENT.value in step.step.recipients
    ]
    for step in steps:
        if step.put_off_in:
            return f"Not now: {step.prefilled_reason}"
    for step in steps:
        if step.waiting_for and not step.prefilled_reason:
            return f"First: {first_words(step)}."
    return "Tell them, unless it would put somebody at risk."


def _next(contact: ContactEntry) -> str:
    details = contact.details
    if not details.next_action and not details.next_due:
        return ""
    due = f", by {say(details.next_due)}" if details.next_due else ""
    return f"Next: {details.next_action or 'chase'}{due}"
