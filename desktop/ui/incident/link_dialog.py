"""The window that links incidents: what belongs together already, and a search for the rest."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say, say_date
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.procedures import Authority
from desktop.operations.browse_incidents import IncidentView
from desktop.operations.incident.keep_links import (
    LinksView,
    OtherIncident,
    end_link,
    link_incident,
    show_links,
)
from desktop.ui.form_dialog import FormDialog
from desktop.ui.row_button import RowButton, RowMark
from desktop.ui.session import Session
from desktop.ui.widgets.column import empty
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, quote, secondary, strong

HINT = (
    "Link what belongs together: the same people, the same account, or the same thing again. It "
    "counts for both incidents, and nothing in either is changed."
)
REPEATED = Authority(
    reference="S003:171", quote="It will usually be repeated and be difficult to defend against."
)
COURSE = (
    "Two or more related occurrences can be a course of conduct, which harassment needs. Tell the "
    "police all the dates."
)
GETTING_OLD = (
    "The latest is more than 5 months old. Some offences must be charged within 6 months; this "
    "limit is not confirmed here. Ask the police soon."
)
OLD_DAYS = 150
SHOWN = 6


class LinkDialog(FormDialog):
    """Pick one incident, say why; a link that was wrong is ended with a reason."""

    is_tall = True

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session, incident_id, "link", "Linked incidents", parent, keep="Link it", hint=HINT
        )
        self._links: LinksView | None = None
        self._wanted: IncidentId | None = None
        self._marks: dict[IncidentId, RowMark] = {}
        self._linked = QWidget(self.form)
        self._linked_column = QVBoxLayout(self._linked)
        self._linked_column.setContentsMargins(0, 0, 0, 0)
        self.form.add_widget(self._linked)
        self.form.add_space()
        hint = "number, title or a name"
        self.search_edit = self.form.add_line("search", "Find an incident", hint)
        self._found = QWidget(self.form)
        self._found_column = QVBoxLayout(self._found)
        self._found_column.setContentsMargins(0, 0, 0, 0)
        self._found_column.setSpacing(0)
        self._group = QButtonGroup(self)
        self.form.add_widget(self._found)
        self.form.add_text("reason", "Why they belong together, or do not")
        self.search_edit.textChanged.connect(self._show_found)
        self.settle()

    def _on_view(self, view: IncidentView) -> None:
        super()._on_view(view)
        self._read_links()

    def _read_links(self) -> None:
        operation = partial(show_links, incident_id=self._incident_id)
        self._session.run(self, operation, self._on_links, self._on_error)

    def _on_links(self, links: LinksView) -> None:
        self._links = links
        self._show_linked(links)
        self._show_found()

    def _show_linked(self, links: LinksView) -> None:
        empty(self._linked_column)
        if not links.linked:
            self._linked_column.addWidget(secondary("Nothing is linked yet.", self._linked))
            return
        all_of_them = sorted((links.own, *links.linked), key=lambda one: one.happened.utc)
        self._linked_column.addWidget(strong(span_words(all_of_them), self._linked))
        for one in all_of_them:
            self._linked_column.addWidget(self._build_linked(one, links.own.id))
        where = self._session.data.sources.say_authority(REPEATED)
        source = f"“{REPEATED.quote}”\n{where}"
        self._linked_column.addWidget(quote(source, self._linked))
        self._linked_column.addWidget(body(COURSE, self._linked))
        age = self._session.clock.now().utc - all_of_them[-1].happened.utc
        if age.days > OLD_DAYS:
            self._linked_column.addWidget(body(GETTING_OLD, self._linked))

    def _build_linked(self, one: OtherIncident, own: IncidentId) -> QWidget:
        row = QWidget(self._linked)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        which = "this incident" if one.id == own else one.title or "no title yet"
        column.addWidget(body(f"{when_words(one)}: {one.number}, {which}", row))
        if one.id != own:
            column.addWidget(secondary(f"Linked because: {one.reason}", row))
            button = QPushButton("Not linked after all", row)
            button.setObjectName(f"endLink{one.number}Button")
            button.setAccessibleName(f"End the link with {one.number}, for the reason below")
            button.setAutoDefault(False)
            set_role(button, "quiet")
            button.clicked.connect(partial(self._end, one))
            holder = QWidget(row)
            FlowLayout(holder, spacing=8).addWidget(button)
            column.addWidget(holder)
        return row

    @Slot()
    def _show_found(self) -> None:
        empty(self._found_column)
        self._marks = {}
        typed = self.search_edit.text().casefold().split()
        others = self._links.others if self._links else ()
        found = [one for one in others if _matches(one, typed)]
        if self._links and not found:
            nothing = "No other incident holds these words." if typed else "There is no other one."
            self._found_column.addWidget(secondary(nothing, self._found))
        for one in found[:SHOWN]:
            self._found_column.addWidget(self._build_found(one))
        if len(found) > SHOWN:
            words = f"{len(found) - SHOWN} more. Type more to find the one you mean."
            self._found_column.addWidget(secondary(words, self._found))

    def _build_found(self, one: OtherIncident) -> RowButton:
        row = RowButton(self._found)
        row.setObjectName(f"link{one.number}Button")
        same = f"Also there: {', '.join(one.shared)}" if one.shared else ""
        text = f"{one.number}, {one.title or 'no title yet'}"
        row.setAccessibleName(", ".join(part for part in (text, when_words(one), same) if part))
        mark = self._marks[one.id] = RowMark(row, only_one=True)
        row.row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(body(text, row))
        column.addWidget(secondary(". ".join(filter(None, (when_words(one), same))), row))
        row.row.addLayout(column, 1)
        row.let_clicks_through()
        row.setChecked(one.id == self._wanted)
        mark.show_chosen(row.isChecked())
        row.clicked.connect(partial(self._choose, one.id))
        self._group.addButton(row)
        return row

    def _choose(self, incident_id: IncidentId, _checked: bool = True) -> None:
        self._wanted = incident_id
        for own, mark in self._marks.items():
            mark.show_chosen(own == incident_id)

    def _keep(self) -> None:
        if self._wanted is None:
            self._ask_for("search", "Choose the incident that belongs to this one.")
            return
        if self._lacks(("reason", "Write why they belong together. One sentence is enough.")):
            return
        self._run(
            partial(
                link_incident,
                incident_id=self._incident_id,
                other_id=self._wanted,
                reason=self.form.text("reason"),
            )
        )

    def _end(self, one: OtherIncident, _checked: bool = False) -> None:
        if self._lacks(("reason", f"Write below why {one.number} does not belong here.")):
            return
        operation = partial(
            end_link,
            incident_id=self._incident_id,
            other_id=one.id,
            reason=self.form.text("reason"),
        )
        self._session.run(self, operation, self._on_ended, self._on_error)

    def _on_ended(self, _changes: object) -> None:
        self.form.set_text("reason", "")
        self._forget()
        self.banner.show_message("The link is ended.", "done")
        self.form.focus("search")
        self._read_links()


def when_words(one: OtherIncident) -> str:
    """Say when it was: what somebody entered, else when it was logged."""
    if one.is_logged_time:
        return f"Logged {say_date(one.happened.local.date())}"
    return say(one.happened)


def span_words(incidents: Sequence[OtherIncident]) -> str:
    """Say how many there are and over how long, as far as the times are known."""
    first, last = incidents[0].happened.local.date(), incidents[-1].happened.local.date()
    if first == last:
        return f"{len(incidents)} occurrences on one day, {say_date(first)}"
    return f"{len(incidents)} occurrences from {say_date(first)} to {say_date(last)}"


def _matches(one: OtherIncident, typed: list[str]) -> bool:
    words = f"{one.number} {one.title} {' '.join(one.people)}".casefold()
    return all(part in words for part in typed)
