"""What a restricted log is: a log of its own, for what is about somebody who could open the usual.

That a log is restricted stands in the log itself, never in the preferences of a computer and never
in another log: the person it is about may use both.
"""

KIND = "kind"
RESTRICTED = "restricted"
ON_PAPER = "restricted log"


def is_restricted(kind: str) -> bool:
    """Say whether a log of this kind is a restricted one; the usual log has no kind."""
    return kind == RESTRICTED


def named_on_paper(organisation: str, *, restricted: bool) -> str:
    """Return how the organisation is called on what leaves the log."""
    if not restricted:
        return organisation
    return f"{organisation} ({ON_PAPER})" if organisation else ON_PAPER.capitalize()
