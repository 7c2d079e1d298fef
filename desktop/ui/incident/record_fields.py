"""The fields of an incident's record, in the order in which they are asked for."""

from dataclasses import dataclass
from enum import Enum

from desktop.domain.incidents import CATEGORY_NAMES, FOUR_CS_NAMES, PLATFORMS, RiskLevel


class Kind(Enum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    WHEN = "when"
    TAGS = "tags"
    LIST = "list"
    CHOICE = "choice"
    LAWS = "laws"


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its name in the Record, what is asked, how, and a hint."""

    name: str
    words: str
    kind: Kind = Kind.LINE
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


SECTIONS: tuple[tuple[str, tuple[Asked, ...]], ...] = (
    (
        "What happened",
        (
            Asked("title", "Short title, without names"),
            Asked(
                "first_account",
                "What was said, in their own words",
                Kind.TEXT,
                "Quote where you can. What you think of it belongs in the summary.",
            ),
            Asked("account_given_by", "Who said so, and who else was there"),
            Asked("summary", "Summary in neutral words, without names", Kind.TEXT),
            Asked("channel", "How it reached us"),
        ),
    ),
    (
        "When",
        (
            Asked("occurred_from", "It happened, or began", Kind.WHEN),
            Asked("occurred_to", "It ended, if it did", Kind.WHEN),
            Asked("occurred_as_shown", "The time as the site or message shows it"),
            Asked("became_aware_at", "Somebody here became aware", Kind.WHEN),
            Asked("became_aware_by", "Who became aware"),
            Asked(
                "first_recorded_at",
                "First written down, by anybody",
                Kind.WHEN,
                "A note on paper counts. The 24 hours run from becoming aware to this.",
            ),
            Asked("first_recorded_by", "Who wrote it down"),
            Asked("first_recorded_where", "Where it was written down"),
            Asked("late_reason", "Why it was written down later than 24 hours", Kind.TEXT),
            Asked("reported_to_dsl_at", "Reported to the safeguarding lead", Kind.WHEN),
        ),
    ),
    (
        "What kind, and where",
        (
            Asked(
                "categories",
                "What kind of incident",
                Kind.LIST,
                choices=tuple((code.value, words) for code, words in CATEGORY_NAMES.items()),
            ),
            Asked(
                "four_cs",
                "The four Cs",
                Kind.TAGS,
                choices=tuple((code.value, words) for code, words in FOUR_CS_NAMES.items()),
            ),
            Asked(
                "laws",
                "Laws possibly engaged",
                Kind.LAWS,
                "Suggested by the kind of incident. Never more than possible: whether there was "
                "an offence is for the police and the courts.",
            ),
            Asked(
                "platforms",
                "Platform",
                Kind.TAGS,
                choices=tuple((name, name) for name in PLATFORMS),
            ),
            Asked("place", "Place: on which site, page or group; on whose network or device"),
            Asked("centre", "Centre or site of ours"),
        ),
    ),
    (
        "Wishes, risk and support",
        (
            Asked("wishes", "What the person targeted wishes, in their own words", Kind.TEXT),
            Asked(
                "risk",
                "Risk, as you judge it",
                Kind.CHOICE,
                choices=tuple((each.value, each.value.capitalize()) for each in RiskLevel),
            ),
            Asked("risk_reasons", "Your reasons", Kind.TEXT),
            Asked("support", "Support: for whom, by whom, reviewed when", Kind.TEXT),
        ),
    ),
)
