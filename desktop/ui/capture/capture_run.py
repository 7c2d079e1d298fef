"""What one capture session knows of itself, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.evidence.items import clean_text
from desktop.domain.identifiers import IncidentId, StatementId

SESSION = "Captures of the screen, pasted pictures and files, until you finish"
SINGLE = "The next capture, pasted picture or file"
PASTED = "A picture from the clipboard"
DROPPED = "A picture that was dropped"
NO_SCREEN = (
    "This computer does not let programs see the screen. Take the picture with the computer's own "
    "key for it, then paste it here; or choose a file."
)
NO_PICTURE = "There is no picture on the clipboard."
DROP_AGAIN = "Now drop the picture here once more: nothing of it was read before your answer."


@dataclass(slots=True)
class CaptureRun:
    """One capture session: whom it is for, and the answer it runs under.

    `shown`: the page was led to the incident already, while files were taken in beside it.
    """

    going: bool = False
    incident_id: IncidentId | None = None
    asked: bool = False
    statement_id: StatementId | None = None
    careful: bool = False
    number: str = ""
    shown: bool = False

    @property
    def where(self) -> dict[str, object]:
        """What every operation that takes something in is told first."""
        return {"incident_id": self.incident_id, "statement_id": self.statement_id}


def held_words(held: Sequence[str], description: str) -> tuple[str, ...]:
    """Say what was held back; a whole session has no name: the keyholder's words stand alone."""
    named = tuple(name for name in held if name not in (SESSION, SINGLE))
    words = " ".join(description.split())
    if len(named) == 1 and words:
        return (f"{named[0]}: {words}",)
    return named or (words,)


def shown_name(path: Path) -> str:
    """Return the name of a file as it can be shown."""
    return clean_text(path.name, 200) or "a file"
