"""How long records are kept: classes, review dates, holds; nothing here ever deletes anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar.times import Moment, say_date
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import IncidentId, PersonId
from desktop.domain.incidents import Category, IncidentStatus
from desktop.domain.log.custody import Action
from desktop.domain.log.retention import (
    HOLD_NAMES,
    HoldKind,
    PoliceInstruction,
    RecordDates,
    RetentionClass,
    Review,
    ReviewState,
    Suggestion,
    read_birth,
    review_of,
    state_of,
    suggest_class,
)
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.operations.find_incident import find_incident
from desktop.operations.workspace import Workspace
from desktop.store.hold_table import HoldRow
from desktop.store.incident_table import IncidentRow
from desktop.store.tombstone_table import Departure

CLASS, CLASS_REASON = "retention_class", "retention_reason"
UNTIL, UNTIL_REASON = "kept_until", "kept_until_reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """One hold in words; in force unless it was released."""

    id: str
    kind: HoldKind
    reason: str
    set_at: Moment
    set_by: str
    released_at: Moment | None
    release_reason: str

    @property
    def words(self) -> str:
        """Say what holds the record."""
        return f"{HOLD_NAMES[self.kind]}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One record of the review list."""

    incident_id: IncidentId
    number: str
    title: str
    status: IncidentStatus
    closed_on: date | None
    state: ReviewState
    class_title: str
    review: Review
    holds: tuple[HoldLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionView:
    """What is known of how long one record is kept."""

    line: ReviewLine
    retention_class: RetentionClass | None
    class_reason: str
    until: date | None
    until_reason: str
    suggestion: Suggestion | None
    past_holds: tuple[HoldLine, ...]


@dataclass(frozen=True, slots=True)
class ErasedLine:
    """An erased record: what is left of it in a list."""

    incident_id: IncidentId
    number: str
    erased_at: Moment
    class_title: str


def show_retention(workspace: Workspace, incident_id: IncidentId) -> RetentionView:
    """Return class, review and holds of one record."""
    row = find_incident(workspace, incident_id)
    known = _Known(workspace, incident_id)
    values = workspace.log.fields.current(incident_id)
    holds = _holds(workspace, incident_id)
    return RetentionView(
        line=known.line(row, holds),
        retention_class=workspace.data.retention.get(values.get(CLASS, "")),
        class_reason=values.get(CLASS_REASON, ""),
        until=_day(values.get(UNTIL, "")),
        until_reason=values.get(UNTIL_REASON, ""),
        suggestion=suggest(workspace, incident_id),
        past_holds=tuple(hold for hold in holds if hold.released_at),
    )


def suggest(workspace: Workspace, incident_id: IncidentId) -> Suggestion | None:
    """Suggest a class by what is known of the incident; nobody has to follow it."""
    log = workspace.log
    values = log.fields.current(incident_id)
    found = [Category(code) for code in values.get("categories", "").split("\n") if code]
    people = [
        (one.role, log.fields.current(one.person_id))
        for one in log.people.involvements(incident_id)
    ]
    targets = [known for role, known in people if role is Role.TARGET]
    reported = [known for role, known in people if role is Role.PERSON_REPORTED]
    learners = [known for known in targets if known.get("kind") == PersonKind.LEARNER]
    return suggest_class(
        found,
        child_targeted=any(
            known.get("age_group") == AgeGroup.UNDER_18
            or (known in learners and known.get("age_group") != AgeGroup.ADULT)
            for known in targets
        ),
        learner_targeted=bool(learners),
        staff_reported=any(known.get("kind") == PersonKind.STAFF for known in reported),
    )


def enter_class(
    workspace: Workspace, incident_id: IncidentId, class_id: str, reason: str = ""
) -> Changes:
    """Put a record into a class; an earlier one stays in the history. Raises NotFound."""
    if workspace.data.retention.get(class_id) is None:
        raise NotFound("class")
    find_incident(workspace, incident_id)
    return _enter(workspace, incident_id, {CLASS: class_id, CLASS_REASON: reason.strip()})


def keep_longer(
    workspace: Workspace, incident_id: IncidentId, until: date, reason: str
) -> Changes:
    """Put off the review to a later day, with the reason. Raises ReasonNeeded or NotAllowed."""
    find_incident(workspace, incident_id)
    if not reason.strip():
        raise ReasonNeeded("keeping it longer")
    if until <= workspace.now().local.date():
        raise NotAllowed(f"{say_date(until)} is not in the future")
    values = {UNTIL: until.isoformat(), UNTIL_REASON: reason.strip()}
    return _enter(workspace, incident_id, values)


def set_hold(
    workspace: Workspace, incident_id: IncidentId, kind: HoldKind, reason: str
) -> Changes:
    """Hold a record: until it is released it cannot be erased, whatever its review date.

    Raises ReasonNeeded.
    """
    find_incident(workspace, incident_id)
    if not reason.strip():
        raise ReasonNeeded("the hold")
    at = workspace.now()
    row = HoldRow(
        id=workspace.new_id(),
        incident_id=incident_id,
        kind=kind,
        reason=reason.strip(),
        set_at=at,
        set_by=workspace.keyholder.id,
    )
    with workspace.log.transaction():
        workspace.log.holds.insert(row)
        workspace.note(Action.HOLD_SET, incident_id, at, kind=kind.value, reason=row.reason)
    return _changed(incident_id)


def release_hold(workspace: Workspace, hold_id: str, reason: str) -> Changes:
    """Release a hold, with the reason; it stays in the history.

    Raises NotFound or ReasonNeeded.
    """
    row = workspace.log.holds.get(hold_id)
    if row is None or row.released_at:
        raise NotFound("hold")
    if not reason.strip():
        raise ReasonNeeded("releasing the hold")
    at = workspace.now()
    with workspace.log.transaction():
        workspace.log.holds.release(hold_id, at, workspace.keyholder.id, reason.strip())
        workspace.note(
            Action.HOLD_RELEASED, row.incident_id, at, kind=row.kind.value, reason=reason.strip()
        )
    return _changed(row.incident_id)


def list_reviews(workspace: Workspace) -> tuple[ReviewLine, ...]:
    """Return every closed record, and every open one that is held or classed; the due first."""
    known = _Known(workspace)
    lines = []
    for row in workspace.log.incidents.all():
        if row.id in known.erased:
            continue
        is_closed = row.status is IncidentStatus.CLOSED
        if is_closed or row.id in known.held or row.id in known.classes:
            holds = _holds(workspace, row.id) if row.id in known.held else ()
            lines.append(known.line(row, holds))
    order = list(_ORDER)
    return tuple(
        sorted(lines, key=lambda one: (order.index(one.state), one.review.on or date.max))
    )


def list_erased(workspace: Workspace) -> tuple[ErasedLine, ...]:
    """Return the erased records, the latest first."""
    numbers = {row.id: row.number for row in workspace.log.incidents.all()}
    return tuple(
        ErasedLine(row.incident_id, numbers[row.incident_id], row.at, row.retention_class)
        for row in workspace.log.tombstones.all()
        if row.kind is Departure.ERASED
    )


def reviews_due(workspace: Workspace) -> int:
    """Count the records whose review is due."""
    if not workspace.log.fields.current_of(CLASS):
        return 0
    return sum(line.state is ReviewState.DUE for line in list_reviews(workspace))


def read_instruction(workspace: Workspace, incident_id: IncidentId) -> PoliceInstruction | None:
    """Return the instruction of the police to erase what was held back, if there is one."""
    values = workspace.log.fields.current(incident_id)
    given_on = _day(values.get("instruction_on", ""))
    if given_on is None:
        return None
    return PoliceInstruction(
        force=values["instruction_force"],
        officer=values["instruction_officer"],
        reference=values["instruction_reference"],
        given_on=given_on,
    )


def active_holds(workspace: Workspace, incident_id: IncidentId) -> tuple[HoldLine, ...]:
    """Return the holds that are in force."""
    return tuple(one for one in _holds(workspace, incident_id) if one.released_at is None)


_ORDER = (
    ReviewState.DUE,
    ReviewState.ASKS,
    ReviewState.UNCLASSED,
    ReviewState.COMING,
    ReviewState.HELD,
    ReviewState.LATER,
)


class _Known:
    """What the reviews of many records are counted from, read in a few queries."""

    def __init__(self, workspace: Workspace, incident_id: IncidentId | None = None) -> None:
        log = workspace.log
        self._today = workspace.now().local.date()
        self._retention = workspace.data.retention
        self.classes = log.fields.current_of(CLASS)
        self.held = log.holds.held()
        self.erased = frozenset(row.incident_id for row in log.tombstones.all())
        self._until = log.fields.current_of(UNTIL)
        self._births = log.fields.current_of("date_of_birth")
        self._people: dict[tuple[IncidentId, Role], list[PersonId]] = {}
        for one in log.people.involvements(incident_id):
            self._people.setdefault((one.incident_id, one.role), []).append(one.person_id)

    def line(self, row: IncidentRow, holds: Iterable[HoldLine]) -> ReviewLine:
        """Return the line of one record."""
        found = self._retention.get(self.classes.get(row.id, ""))
        review = self._review(row, found) if found else Review(None)
        state = state_of(found, review, held=row.id in self.held, today=self._today)
        return ReviewLine(
            incident_id=row.id,
            number=row.number,
            title=row.title,
            status=row.status,
            closed_on=row.closed_at.local.date() if row.closed_at else None,
            state=state,
            class_title=found.title if found else "",
            review=review,
            holds=tuple(hold for hold in holds if hold.released_at is None),
        )

    def _review(self, row: IncidentRow, found: RetentionClass) -> Review:
        dates = RecordDates(
            logged_on=row.logged_at.local.date(),
            closed_on=row.closed_at.local.date() if row.closed_at else None,
            target_births=self._births_of(row.id, Role.TARGET),
            reported_births=self._births_of(row.id, Role.PERSON_REPORTED),
        )
        return review_of(
            found,
            dates,
            pension_age=self._retention.pension_age,
            until=_day(self._until.get(row.id, "")),
        )

    def _births_of(self, incident_id: IncidentId, role: Role) -> tuple[date | None, ...]:
        people = self._people.get((incident_id, role), [])
        return tuple(read_birth(self._births.get(one, ""), self._today) for one in people)


def _holds(workspace: Workspace, incident_id: IncidentId) -> tuple[HoldLine, ...]:
    names = {str(one.id): one.name for one in workspace.log.keyholders.all()}
    return tuple(
        HoldLine(
            id=row.id,
            kind=row.kind,
            reason=row.reason,
            set_at=row.set_at,
            set_by=names.get(row.set_by, ""),
            released_at=row.released_at,
            release_reason=row.release_reason,
        )
        for row in workspace.log.holds.of(incident_id)
    )


def _enter(workspace: Workspace, incident_id: IncidentId, values: dict[str, str]) -> Changes:
    at = workspace.now()
    with workspace.log.transaction():
        workspace.log.fields.enter(incident_id, values, at, workspace.keyholder.id)
        workspace.note(Action.RETENTION_ENTERED, incident_id, at, **values)
    return _changed(incident_id)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _changed(incident_id: IncidentId) -> Changes:
    return changed(Topic.RETENTION, Topic.CUSTODY, incident_id=incident_id)
