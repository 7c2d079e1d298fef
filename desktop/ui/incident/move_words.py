"""Says what goes along when an incident moves to the restricted log, and what stays behind."""

from desktop.operations.moving.move_incident import Moved
from desktop.operations.moving.plan_move import MovePlan
from desktop.ui.keeping.retention_words import say_backup

HOW = (
    "All of it is copied into the restricted log and compared there, byte by byte. Only then is "
    "it taken out of this log. If anything stops it, it stays here whole."
)
NO_LOG_YET = (
    "No restricted log yet? Close this, press “Quick log”, answer “Yes” to its first question and "
    "start one there. Then come back here."
)
SEALED = (
    "Sealed files are neither opened nor shown on the way. Moving them makes a copy there and "
    "takes it away here: ask the police first, and write down who said what, and when."
)
ANYBODY = "Whoever the passphrase fits"
NO_SECOND = (
    "No other keyholder is known in that folder. Check the folder, or choose a witness or nobody."
)
AFTER = (
    "Lock this log and open the restricted log to go on. Name it to nobody who does not need to "
    "know."
)


def say_moved(moved: Moved) -> str:
    """Say where it is now, and what is to be known of the log that took it."""
    words = f"In the restricted log, as {moved.number_there}. {AFTER}"
    if not moved.wrong_attempts:
        return words
    tried = _count(moved.wrong_attempts, "wrong passphrase")
    return (
        f"{words}\nBefore you opened it there: {tried}. If that was not you, find out who it was."
    )


def say_going(plan: MovePlan) -> str:
    """Say line by line what goes along."""
    people = ", ".join(plan.people + plan.people_staying)
    return _lines(
        f"Everything written, the first questions, {_count(plan.checklists, 'checklist')}",
        f"{_count(plan.exhibits, 'exhibit')}, unchanged and with the same marks"
        if plan.exhibits
        else "",
        f"{_count(plan.sealed, 'sealed file')}, unopened: ask the police first"
        if plan.sealed
        else "",
        f"{_count(plan.contacts, 'contact')}, with every worksheet" if plan.contacts else "",
        f"{_count(plan.entries, 'line')} of chronology",
        f"The people in it: {people}" if people else "",
        "Its part of the custody record, word for word. It gets a new number there.",
    )


def say_staying(plan: MovePlan) -> str:
    """Say line by line what stays in this log and elsewhere."""
    return _lines(
        f"The number {plan.number} and its dates, with the word “Moved”. No title, no names.",
        "The custody record: that something was done and when, but no longer what",
        f"People who occur in other records: {', '.join(plan.people_staying)}"
        if plan.people_staying
        else "",
        f"{_count(plan.shared, 'file')} that another record holds too" if plan.shared else "",
        f"The fingerprint of {_count(plan.sealed, 'sealed file')}, so that it is known again"
        if plan.sealed
        else "",
        "What other records say of it in their own words",
        f"In {', '.join(plan.linked)}: the line that says they were linked, with its reason"
        if plan.linked
        else "",
        "Quarterly reports as they were issued. Later ones count it, without saying what it was.",
        *(f"A bundle that left: {words}" for words in plan.bundles),
        "Whatever was printed, sent or told",
        *(
            f"The whole record in older backups; restoring one brings it back. {say_backup(one)}"
            for one in plan.backups
        ),
        "What somebody who can open this log has read already",
    )


def _lines(*lines: str) -> str:
    return "\n".join(f"•  {words}" for words in lines if words)


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number:,} {thing}s"
