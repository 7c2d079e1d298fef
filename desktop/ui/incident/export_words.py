"""What is said before a bundle leaves of those who are in it beside the people of the incident."""

from collections.abc import Iterator

from desktop.operations.evidence.find_leaks import LeakCheck

UNSAID = "Nobody has said yet who can be seen or named in these"
BESIDE = "Others are in it too. The police may have it all the same."
MOST = 6


def leak_lines(check: LeakCheck) -> tuple[str, ...]:
    """Return a line for each item in which somebody else is, and for each who is named."""
    lines = [*_seen(check), *_named(check)]
    if not lines:
        return ()
    more = len(lines) - MOST
    rest = (f"And {more} more.",) if more > 0 else ()
    return (*lines[:MOST], *rest)


def _seen(check: LeakCheck) -> Iterator[str]:
    by_mark: dict[str, list[str]] = {}
    for leak in check.leaks:
        if not leak.by:
            by_mark.setdefault(leak.where, []).append(leak.who)
    for mark, people in by_mark.items():
        yield f"•  In {mark}: {', '.join(people)}."


def _named(check: LeakCheck) -> Iterator[str]:
    where: dict[tuple[str, str], list[str]] = {}
    for leak in check.leaks:
        if leak.by:
            where.setdefault((leak.who, leak.by), []).append(leak.where)
    for (who, by), places in where.items():
        yield f"•  “{by}” is named in {', '.join(places)}: it may be {who} of another record."
