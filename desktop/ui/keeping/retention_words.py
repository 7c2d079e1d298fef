"""The words for classes, reviews and holds, the same wherever they are shown."""

from datetime import date

from desktop.domain.calendar.times import say_date
from desktop.domain.log.certificates import BackupLeft
from desktop.domain.log.retention import RetentionClass, Review, ReviewState
from desktop.domain.steps.procedures import Basis
from desktop.operations.incident.keep_retention import HoldLine, RetentionView, ReviewLine
from desktop.ui.widgets.chip import Tone

STATE_WORDS: dict[ReviewState, str] = {
    ReviewState.DUE: "Review due",
    ReviewState.ASKS: "Something missing",
    ReviewState.UNCLASSED: "No class yet",
    ReviewState.COMING: "Coming",
    ReviewState.HELD: "Held",
    ReviewState.LATER: "Later",
}
STATE_TONES: dict[ReviewState, Tone] = {
    ReviewState.DUE: "due",
    ReviewState.ASKS: "due",
    ReviewState.UNCLASSED: "due",
    ReviewState.COMING: "info",
    ReviewState.HELD: "info",
    ReviewState.LATER: "plain",
}
BASIS_WORDS: dict[Basis, str] = {
    Basis.DOCUMENTED: "Documented",
    Basis.LOCAL: "Our own choice",
    Basis.BY_ANALOGY: "By analogy",
}


def say_review(review: Review) -> str:
    """Say when the review is, or what must be known for that."""
    if review.on is not None:
        return f"Review on {say_date(review.on)}"
    if review.asked_for:
        return f"The review date needs {review.asked_for}"
    return "No review date yet"


def say_line(line: ReviewLine) -> str:
    """Say class and review of a record in one line."""
    if not line.class_title:
        return "It has no class yet, so it has no review date."
    return f"{line.class_title} · {say_review(line.review)}"


def say_class(found: RetentionClass) -> str:
    """Say what a class means and on what it rests."""
    return f"{found.text} {BASIS_WORDS[found.basis]}: {found.source}."


def say_hold(hold: HoldLine) -> str:
    """Say one hold, and by whom it was set."""
    set_by = f", by {hold.set_by}" if hold.set_by else ""
    return f"{hold.words} (since {say_date(hold.set_at.local.date())}{set_by})"


def say_past_hold(hold: HoldLine) -> str:
    """Say a hold that was released, and why."""
    on = f" on {say_date(hold.released_at.local.date())}" if hold.released_at else ""
    return f"{hold.words}. Released{on}: {hold.release_reason}"


def say_backup(left: BackupLeft) -> str:
    """Say where backups still hold an erased record, and until when."""
    count = "1 backup" if left.count == 1 else f"{left.count} backups"
    if left.expires == date.max:
        return f"{left.place}: {count}, until somebody deletes them. It is no longer in use."
    return f"{left.place}: {count}, the last of them until {say_date(left.expires)}"


def say_retention(view: RetentionView) -> str:
    """Say in a line how long a record is kept: for its header."""
    words = say_line(view.line) if view.retention_class else ""
    held = "; ".join(hold.words for hold in view.line.holds)
    return " · ".join(part for part in (words, f"Held: {held}" if held else "") if part)
