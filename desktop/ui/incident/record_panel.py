"""The record of an incident: every field kept while it is typed, entered when it is left."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.calendar.times import Moment, say
from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import AppError
from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import FieldValue, IncidentStatus, RiskLevel
from desktop.domain.steps.clocks import ClockView
from desktop.operations.browse_incidents import IncidentView, show_incident
from desktop.operations.incident.record_incident import enter_fields, save_draft
from desktop.ui import messages
from desktop.ui.choice_row import ChoiceRow, camel
from desktop.ui.incident.centre_row import CentreRow
from desktop.ui.incident.close_dialog import CloseDialog, ReopenDialog
from desktop.ui.incident.laws_field import LawsField
from desktop.ui.incident.record_fields import SECTIONS, Asked, Kind
from desktop.ui.panel import Panel
from desktop.ui.pick_list import PickList
from desktop.ui.session import Session
from desktop.ui.widgets.draft_edit import DraftLineEdit, DraftTextEdit
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.tag_row import TagRow
from desktop.ui.widgets.when_edit import WhenEdit
from desktop.ui.widgets.words import card_heading, label, secondary

Field = DraftLineEdit | DraftTextEdit | WhenEdit | TagRow | PickList | ChoiceRow
TYPED = "typed."
DRAFT_AFTER_MS = 500
NOTHING_YET = "Kept as you type. Nothing has to be filled in."
FIRST_RECORD = "D1"
CENTRE = "centre"
# A step asks for both in one breath; without the first nothing can be counted.
_COUNTED_FROM = {"first_recorded_at": "became_aware_at"}


class RecordPanel(Panel):
    """What is known of the incident itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._fields: dict[str, Field] = {}
        self._labels: dict[str, QLabel] = {}
        self._typed: dict[str, str] = {}
        self._loading = False
        super().__init__(session, parent, Topic.INCIDENT)
        self._is_closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self._save_typed)
        self._kept_label = label(NOTHING_YET, "secondary", self.bar, wrap=False)
        self._kept_label.setObjectName("recordKeptLabel")
        self.bar_layout.addWidget(self._kept_label)
        self.close_button = self.add_panel_button("closeIncidentButton", "Close the incident…")
        set_role(self.close_button, "quiet")
        self.close_button.clicked.connect(self._on_close_clicked)
        self._build_fields()
        session.about_to_lock.connect(self.flush)

    def _build_fields(self) -> None:
        for title, asked in SECTIONS:
            self.rows.addWidget(card_heading(title, self))
            self.rows.addSpacing(4)
            for each in asked:
                self._add_field(each)
            if title == "When":
                self._logged_label = secondary("", self)
                self._logged_label.setObjectName("loggedLabel")
                self.rows.addWidget(self._logged_label)
            self.rows.addSpacing(20)
        self._show_late(None)

    def _add_field(self, asked: Asked) -> None:
        field = self._build_field(asked)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(3)
        words = label(asked.words, "strong", holder)
        words.setBuddy(field)
        column.addWidget(words)
        if asked.hint:
            column.addWidget(secondary(asked.hint, holder))
        column.addWidget(field)
        if asked.name == CENTRE:
            centres = CentreRow(self.session, holder)
            centres.chosen.connect(self._on_centre_chosen)
            column.addWidget(centres)
        self.rows.addWidget(holder)
        self._fields[asked.name] = field
        self._labels[asked.name] = words

    def _build_field(self, asked: Asked) -> Field:
        name, words = asked.name, asked.words
        if asked.kind is Kind.WHEN:
            return self._build_when(name, words)
        if asked.kind is Kind.TAGS:
            tags = TagRow(asked.choices, self, name=words)
            tags.setObjectName(f"record{camel(name)}Row")
            tags.chosen.connect(partial(self._enter, name))
            return tags
        if asked.kind is Kind.LAWS:
            self.laws = LawsField(self.session.data.laws, self)
            self.laws.chosen.connect(partial(self._enter, name))
            return self.laws
        if asked.kind is Kind.LIST:
            listed = PickList(f"record{camel(name)}", words, asked.choices, self)
            listed.chosen.connect(partial(self._enter, name))
            return listed
        if asked.kind is Kind.CHOICE:
            row = ChoiceRow(f"record{camel(name)}", words, asked.choices, self)
            row.chosen.connect(partial(self._enter, name))
            return row
        return self._build_text(asked)

    def _build_when(self, name: str, words: str) -> WhenEdit:
        when = WhenEdit(self.session.clock, words, self)
        when.edit.setObjectName(f"record{camel(name)}Edit")
        when.edit.textEdited.connect(partial(self._on_typed, name))
        when.entered.connect(partial(self._enter_moment, name))
        return when

    def _build_text(self, asked: Asked) -> DraftLineEdit | DraftTextEdit:
        made: DraftLineEdit | DraftTextEdit
        if asked.kind is Kind.TEXT:
            made = DraftTextEdit(asked.words, self)
        else:
            made = DraftLineEdit(asked.words, self)
        made.setObjectName(f"record{camel(asked.name)}Edit")
        made.draft.connect(partial(self._on_draft, asked.name))
        made.entered.connect(partial(self._enter, asked.name))
        return made

    def field(self, name: str) -> Field:
        """Return the widget of a field of the record."""
        return self._fields[name]

    def show_field(self, name: str) -> None:
        """Bring a field into view with the caret in it; what it is counted from comes first."""
        start = self._fields.get(_COUNTED_FROM.get(name, ""))
        known = not isinstance(start, WhenEdit) or bool(start.edit.text().strip())
        field = self._fields[name] if known or start is None else start
        target = field.edit if isinstance(field, WhenEdit) else field
        target.setFocus()
        self.rows_scroll.ensureWidgetVisible(field, 0, 80)

    def show_clocks(self, clocks: tuple[ClockView, ...]) -> None:
        """Ask for the reason while the first record was late."""
        late = [each for each in clocks if each.deadline_id == FIRST_RECORD and each.late_by]
        self._show_late(late[0] if late else None)

    def _show_late(self, clock: ClockView | None) -> None:
        field, words = self._fields["late_reason"], self._labels["late_reason"]
        given = isinstance(field, DraftTextEdit) and bool(field.text().strip())
        holder = words.parentWidget()
        if holder is not None:
            holder.setVisible(clock is not None or given)
        if clock is not None:
            words.setText(f"{clock.sentence}: why? One sentence is enough")

    def start_rows(self) -> None:
        """Empty every field: another incident comes, or none."""
        self.flush()
        self._loading = True
        for field in self._fields.values():
            if isinstance(field, DraftLineEdit | DraftTextEdit):
                field.clear()
                field.flush()
            elif isinstance(field, WhenEdit):
                field.edit.setModified(False)
                field.set_value(None)
            elif isinstance(field, ChoiceRow):
                field.set_value("")
            else:
                field.set_value(())
        self._loading = False

    def reload(self) -> None:
        """Read the record again; what is being typed stays."""
        if self.incident_id:
            operation = partial(show_incident, incident_id=self.incident_id)
            self.session.run(self, operation, self._on_read)

    @Slot()
    def flush(self) -> None:
        """Keep at once what was typed."""
        for field in self._fields.values():
            if isinstance(field, DraftLineEdit | DraftTextEdit):
                field.flush()
        if self._fields:
            self._save_typed()

    def _on_read(self, view: IncidentView) -> None:
        if view.incident.id != self.incident_id:
            return
        record = view.incident.record
        for name, field in self._fields.items():
            value = getattr(record, name)
            if isinstance(field, DraftLineEdit | DraftTextEdit):
                text = view.title if name == "title" and not value else str(value)
                field.set_text(view.drafts.get(name, text))
            elif isinstance(field, WhenEdit):
                self._show_when(field, value, view.drafts.get(TYPED + name, ""))
            elif isinstance(field, ChoiceRow):
                field.set_value(str(value))
            else:
                field.set_value(str(each) for each in value)
        self.laws.suggest(record, self.session.clock.now())
        incident = view.incident
        self._is_closed = incident.status is IncidentStatus.CLOSED
        self.close_button.setText("Open it again…" if self._is_closed else "Close the incident…")
        self.close_button.setAccessibleName(self.close_button.text().rstrip("…"))
        by = f" by {incident.logged_by}" if incident.logged_by else ""
        self._logged_label.setText(f"Logged here {say(incident.logged_at)}{by}")

    def _show_when(self, field: WhenEdit, value: Moment | None, typed: str) -> None:
        if typed and value is None and not field.edit.hasFocus():
            field.edit.setText(typed)
        elif not (field.edit.hasFocus() and field.edit.isModified()):
            field.set_value(value)

    def _on_draft(self, name: str, text: str) -> None:
        if self.incident_id and not self._loading:
            operation = partial(save_draft, subject=self.incident_id, name=name, value=text)
            self.session.run(self, operation, self._on_kept, self._on_error)

    def _enter(self, name: str, value: str | tuple[str, ...]) -> None:
        if not self.incident_id or self._loading:
            return
        entered: FieldValue = RiskLevel(str(value)) if name == "risk" else value
        self._enter_all(self.incident_id, {name: entered})

    @Slot(str)
    def _on_centre_chosen(self, name: str) -> None:
        field = self._fields[CENTRE]
        if isinstance(field, DraftLineEdit):
            field.set_text(name)
        self._enter(CENTRE, name)

    def _enter_moment(self, name: str, moment: Moment | None) -> None:
        if self.incident_id and not self._loading:
            operation = partial(enter_fields, incident_id=self.incident_id, values={name: moment})
            done = partial(self._on_moment_kept, self.incident_id, name)
            self.session.run(self, operation, done, self._on_error)

    def _on_moment_kept(self, incident_id: IncidentId, name: str, changes: Changes) -> None:
        """Forget what was typed once it is kept: one that was refused is still to be put right."""
        self._typed.pop(name, None)
        self._keep_typed(incident_id, name, "")
        self._on_kept(changes)

    def _enter_all(self, incident_id: IncidentId, values: Mapping[str, FieldValue]) -> None:
        operation = partial(enter_fields, incident_id=incident_id, values=values)
        self.session.run(self, operation, self._on_kept, self._on_error)

    def _on_typed(self, name: str, text: str) -> None:
        self._typed[name] = text
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _save_typed(self) -> None:
        self._timer.stop()
        typed, self._typed = self._typed, {}
        for name, text in typed.items():
            if self.incident_id:
                self._keep_typed(self.incident_id, name, text)

    def _keep_typed(self, incident_id: IncidentId, name: str, text: str) -> None:
        operation = partial(save_draft, subject=incident_id, name=TYPED + name, value=text)
        self.session.run(self, operation, self._on_kept, self._on_error)

    def _on_kept(self, _changes: Changes) -> None:
        set_role(self._kept_label, "good")
        self._kept_label.setText(f"Kept {self.session.clock.now().local:%H:%M:%S}")

    def _on_error(self, error: AppError) -> None:
        set_role(self._kept_label, "problem")
        self._kept_label.setText("Not kept yet. What you typed is still here.")
        messages.show(self, error)

    @Slot()
    def _on_close_clicked(self) -> None:
        if self.incident_id and self._is_closed:
            ReopenDialog(self.session, self.incident_id, self).show_form()
        elif self.incident_id:
            CloseDialog(self.session, self.incident_id, self).show_form()
