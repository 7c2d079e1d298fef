"""The gate before every intake: the question, its definitions, and the recorded answer."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId, StatementId


class GateAnswer(StrEnum):
    """Whether there is reason to think that what is coming must not be copied."""

    NO = "no"
    YES = "yes"
    NOT_SURE = "not sure"


class Concern(StrEnum):
    """What the gate asks about; it decides which procedure starts."""

    CHILD_IMAGE = "child image"
    ADULT_IMAGE = "adult image"
    TERRORIST = "terrorist material"


QUESTION = (
    "Has anyone told you, or have you any reason to think, that any of this shows one of these?"
)
DEFINITIONS: dict[Concern, str] = {
    Concern.CHILD_IMAGE: (
        "A nude, semi-nude or sexual image of someone who is or may be under 18: real, edited, "
        "drawn or made by AI. If you do not know the age, treat it as under 18."
    ),
    Concern.ADULT_IMAGE: "An intimate image of an adult, shared without their consent.",
    Concern.TERRORIST: "Terrorist material: a manual, a publication or a video of an attack.",
}
STOP_NOTICE_TITLE = "Stop. This was not copied"
STOP_NOTICE = (
    "Do not open, view, copy, screenshot, forward, print, share, store or save it. Do not delete "
    "it, and do not ask the child to send, show or delete it.\n\n"
    "If you have already seen it, do not look again. Write down what happened, in words.\n\n"
    "Tell the police now if an adult is involved, if the child is under 13, or if there is any "
    "pressure, threat or payment."
)
_STOP_NOTICES: dict[Concern, str] = {
    Concern.CHILD_IMAGE: STOP_NOTICE,
    Concern.ADULT_IMAGE: (
        "Do not open, view, copy, screenshot, forward, print, share or save it, nor a picture "
        "that disappears after one view. Do not delete it.\n\n"
        "Describe it in words. You can still capture the messages around it, a threat or the "
        "profile, with the picture itself covered first.\n\n"
        "If you are not sure that the person is 18 or over, treat it as under 18 and tell the "
        "police now. An adult decides about the police, unless somebody else is at risk."
    ),
    Concern.TERRORIST: (
        "Do not open, view, copy, download, screenshot, forward, print, share or save it. Do not "
        "delete it.\n\n"
        "Write down, in words: where it is, its title, the platform, when it was seen and by "
        "whom. Type the address; do not open it.\n\n"
        "If anybody may be in danger, call 999 now. Otherwise tell the police or the Prevent team "
        "today."
    ),
}


def stop_notice(concern: Concern | None) -> str:
    """Return what nobody may do now, in paragraphs; what is unknown counts as a child's image."""
    return _STOP_NOTICES[concern or Concern.CHILD_IMAGE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The recorded answer for one session or batch; `listed` names what was about to come in.

    One that corrects another says why, and on what information.
    """

    id: StatementId
    incident_id: IncidentId
    answer: GateAnswer
    concern: Concern | None
    listed: tuple[str, ...]
    at: Moment
    by: str
    corrects: StatementId | None = None
    reason: str = ""
    information: str = ""


def lets_in(statement: Statement | None, *, careful: bool, used: int) -> bool:
    """Say whether content may be read under this statement.

    In a careful incident a statement holds for one item only (`used` counts those it let in).
    """
    if statement is None or statement.answer is not GateAnswer.NO:
        return False
    return used == 0 or not careful
