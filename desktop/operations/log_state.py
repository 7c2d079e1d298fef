"""Says how the log itself is: backups, keys, the check, the clock, what waits to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.calendar.times import Moment, say, say_date, say_span
from desktop.domain.log.custody import Action
from desktop.domain.program_data import DamagedFile
from desktop.operations.backups.back_up_quietly import backup_problem
from desktop.operations.checking.check_log import last_check
from desktop.operations.find_damage import data_problems
from desktop.operations.incident.keep_retention import reviews_due
from desktop.operations.keys.keep_keyholders import show_keys
from desktop.operations.organisation.keep_organisation import show_organisation
from desktop.operations.organisation.show_own_copy import list_contacts, list_overdue
from desktop.operations.steps.in_force import look_at_procedures, own_copy
from desktop.operations.steps.keep_versions import procedure_problems
from desktop.operations.workspace import CLOCK_BEHIND, Workspace
from desktop.store.backup_table import FAILED, MADE, NOT_THERE, BackupPlaceRow

PROVED_FOR = timedelta(days=30)
NOT_THERE_FOR = timedelta(days=14)
NOT_MADE_FOR = timedelta(days=7)
CHECKED_FOR = timedelta(days=30)
NAMED = 3
PROBLEMS = 8


@dataclass(frozen=True, slots=True)
class LogStateLine:
    """One thing about the log. `state` is late, due or good.

    `section` is the tab of Log and keys it leads to: keys, backup, check, retention or computer;
    or of Organisation: policy, contacts, steps or sources.
    """

    state: str
    title: str
    detail: str
    section: str


def show_log_state(workspace: Workspace) -> tuple[LogStateLine, ...]:
    """Look at everything about the log; what is late comes first."""
    lines = [
        *_clock(workspace),
        *_procedures(workspace),
        *_data(workspace),
        *_attempts(workspace),
        *_check(workspace),
        *_backups(workspace),
        *_places(workspace),
        *_drill(workspace),
        *_reviews(workspace),
        *_policy(workspace),
        *_contacts(workspace),
        *_sources(workspace),
    ]
    return tuple(sorted(lines, key=lambda line: ("late", "due", "good").index(line.state)))


def _clock(workspace: Workspace) -> list[LogStateLine]:
    latest = workspace.log.settings.get(CLOCK_BEHIND)
    if not latest:
        return []
    return [
        LogStateLine(
            "late",
            "This computer's clock was set back",
            f"The last entry is of {say(Moment.from_text(latest))}, later than "
            "the clock says now. Times and deadlines may be wrong until the clock is right. "
            "It is on record.",
            "check",
        )
    ]


def _procedures(workspace: Workspace) -> list[LogStateLine]:
    """Say that files of procedures could not be read, and which ones run instead."""
    problems, since = procedure_problems(workspace)
    if not problems:
        return []
    of = f", kept on {say_date(since.local.date())}" if since else ""
    return [
        LogStateLine(
            "late",
            "A procedure file is damaged",
            f"You work with the last good procedures{of}; nothing is lost. Install the program "
            f"again, or put the original file back.{_listed(problems)}",
            "check",
        )
    ]


def _listed(problems: Sequence[str]) -> str:
    """Write the problems of files below each other; a whole broken folder is not listed whole."""
    more = len(problems) - PROBLEMS
    rest = [f"… and {more} more."] if more > 0 else []
    return "".join(f"\n{line}" for line in (*problems[:PROBLEMS], *rest))


def _data(workspace: Workspace) -> list[LogStateLine]:
    """Say that other files of the program could not be read, and what stands in for them."""
    problems = data_problems(workspace)
    if not problems:
        return []
    return [
        LogStateLine(
            "late",
            "A file of the program is damaged",
            f"You can go on; nothing that you entered is lost. {_instead(workspace.data.damaged)}"
            f"Install the program again, or put the original file back.{_listed(problems)}",
            "check",
        )
    ]


def _instead(damaged: Sequence[DamagedFile]) -> str:
    """Say what each damaged file goes on with: its last good text, or what stands in for it."""
    days: dict[date | None, list[str]] = {}
    for file in damaged:
        day = file.kept_at.local.date() if file.kept_at else None
        days.setdefault(day, []).append(file.file_name)
    said = ""
    for day, names in days.items():
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        files = f"{', '.join(names[:NAMED])}{more}"
        said += (
            f"You work with the last good text of {files}, kept on {say_date(day)}. "
            if day
            else f"Of {files} no good text was kept: where a policy cannot be read, the strictest "
            "deadlines run; what else stands in that file is not shown. "
        )
    return said


def _attempts(workspace: Workspace) -> list[LogStateLine]:
    found = workspace.log.custody.since_last_opening(Action.WRONG_ATTEMPTS)
    if not found:
        return []
    return [
        LogStateLine(
            "due",
            "A wrong passphrase was typed",
            f"Before the log was opened, with a passphrase or a recovery key; noted "
            f"{say(Moment.from_text(found[-1]))}. If that was none of you, change your "
            "passphrases.",
            "keys",
        )
    ]


def _check(workspace: Workspace) -> list[LogStateLine]:
    last = last_check(workspace)
    if last is None:
        return [
            LogStateLine(
                "due", "Not checked yet", "The log has not been checked as a whole.", "check"
            )
        ]
    detail = f"{last.sentence} Checked {say(last.at)}."
    if not last.holds:
        return [LogStateLine("late", "Look at this", detail, "check")]
    if _age(workspace, last.at) > CHECKED_FOR:
        return [LogStateLine("due", "Check the log again", detail, "check")]
    return [LogStateLine("good", "Log unchanged", detail, "check")]


def _backups(workspace: Workspace) -> list[LogStateLine]:
    backups = workspace.log.backups
    if not backups.places_in_use():
        return [
            LogStateLine(
                "late" if workspace.log.incidents.count() else "due",
                "No backup",
                "There is no place for backups yet. If this computer breaks, the log is gone.",
                "backup",
            )
        ]
    made = backups.last_run(outcome=MADE)
    if made is None:
        return [
            LogStateLine("late", "No backup", "No backup has been made so far.", "backup"),
            *_problem(workspace),
        ]
    lines = [*_failed(workspace), *_problem(workspace), *_old(workspace, made.at)]
    proved = backups.last_proved()
    if proved is None:
        detail = f"The last one was made {say(made.at)}. Try a restore: only that proves it."
        return [*lines, LogStateLine("due", "Backup never tried", detail, "backup")]
    detail = f"The last proved backup is of {say(proved)}; the last one made, of {say(made.at)}."
    if _age(workspace, proved) > PROVED_FOR:
        return [*lines, LogStateLine("due", "Try a restore again", detail, "backup")]
    return [*lines, LogStateLine("good", "Backup proved", detail, "backup")]


def _failed(workspace: Workspace) -> list[LogStateLine]:
    """Say that the last attempt at a place failed; a place that is not there has its own line."""
    lines = []
    for place in workspace.log.backups.places_in_use():
        last = workspace.log.backups.last_run(place.id)
        if last and last.outcome == FAILED:
            detail = f"In {place.path}, {say(last.at)}. {last.detail}".strip()
            lines.append(LogStateLine("late", "A backup did not work", detail, "backup"))
    return lines


def _problem(workspace: Workspace) -> list[LogStateLine]:
    """Say that a backup which nobody asked for came to nothing at all."""
    problem = backup_problem(workspace)
    if problem is None:
        return []
    detail = f"By itself, {say(problem.at)}. {problem.why} Press “Back up now” to try again."
    return [LogStateLine("due", "A backup was not made", detail, "backup")]


def _old(workspace: Workspace, made: Moment) -> list[LogStateLine]:
    age = _age(workspace, made)
    if age <= NOT_MADE_FOR:
        return []
    detail = f"The last one is of {say(made)}, {say_span(age)} ago."
    return [LogStateLine("late", "No backup for long", detail, "backup")]


def _places(workspace: Workspace) -> list[LogStateLine]:
    return [
        LogStateLine(
            "due",
            "A place for backups is not there",
            f"{place.path} was last there {say_date(since.local.date())}. Plug it in, or take it "
            "off the list.",
            "backup",
        )
        for place in workspace.log.backups.places_in_use()
        if (since := _missing_since(workspace, place)) and _age(workspace, since) > NOT_THERE_FOR
    ]


def _missing_since(workspace: Workspace, place: BackupPlaceRow) -> Moment | None:
    """Return when a place was last there; None if it was there at the last attempt."""
    last = workspace.log.backups.last_run(place.id)
    if last is None or last.outcome != NOT_THERE:
        return None
    made = workspace.log.backups.last_run(place.id, MADE)
    return made.at if made else place.added_at


def _drill(workspace: Workspace) -> list[LogStateLine]:
    keys = show_keys(workspace)
    if not keys.drill_due:
        return []
    tried = keys.recovery_key_tried_at or keys.recovery_key_made_at
    last = f"It was last typed {say_date(tried.local.date())}. " if tried else ""
    return [
        LogStateLine(
            "due",
            "Try the recovery key",
            f"{last}Take the paper out once a year and type it in: nothing else shows that it "
            "still opens the log.",
            "keys",
        )
    ]


def _reviews(workspace: Workspace) -> list[LogStateLine]:
    count = reviews_due(workspace)
    if not count:
        return []
    records = "1 record is" if count == 1 else f"{count:,} records are"
    detail = f"{records} due to be looked at: keep it longer, or erase it."
    if count > 1:
        detail = f"{records} due to be looked at: keep them longer, or erase them."
    return [LogStateLine("due", "Records to review", detail, "retention")]


def _policy(workspace: Workspace) -> list[LogStateLine]:
    """Ask for the policy until one is chosen, and say what of our own no longer fits."""
    lines = []
    if not own_copy(workspace).policy_chosen:
        detail = "Until then the strictest deadlines and stops of all apply."
        lines.append(LogStateLine("due", "Choose the policy you follow", detail, "policy"))
    misfits = len(look_at_procedures(workspace).misfits)
    if misfits:
        fits = "fits, and does not run" if misfits == 1 else "fit, and do not run"
        detail = f"{misfits} of your own steps or deadlines no longer {fits}. See which."
        lines.append(LogStateLine("due", "Look at your own steps", detail, "steps"))
    return lines


def _contacts(workspace: Workspace) -> list[LogStateLine]:
    """Ask for the one number that danger needs, and to look again at what is a year old."""
    lines = []
    organisation = show_organisation(workspace)
    if not organisation.childrens_services:
        detail = "“Someone in danger now” shows it at once. No number stands there yet."
        title = "Enter the number of your children's services"
        lines.append(LogStateLine("due", title, detail, "contacts"))
    contacts = list_contacts(workspace)
    old = [one.contact.label for one in contacts if one.needs_look(organisation.today)]
    if old:
        names = f"{', '.join(old[:NAMED])}{' and others' if len(old) > NAMED else ''}."
        detail = f"Nobody noted within a year that these are right: {names}"
        lines.append(LogStateLine("due", "Check your contacts", detail, "contacts"))
    return lines


def _sources(workspace: Workspace) -> list[LogStateLine]:
    """Ask to look again at sources past their review date; at policies once one is chosen."""
    chosen = own_copy(workspace).policy_chosen
    names = [one.name for one in list_overdue(workspace) if chosen or not one.is_policy]
    if not names:
        return []
    more = " and others" if len(names) > NAMED else ""
    detail = f"Past the review date: {'; '.join(names[:NAMED])}{more}."
    return [LogStateLine("due", "Look again at your sources", detail, "sources")]


def _age(workspace: Workspace, since: Moment) -> timedelta:
    return workspace.now().utc - since.utc
