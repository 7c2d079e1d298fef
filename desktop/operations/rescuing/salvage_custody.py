"""Which entries a salvaged custody record should hold, and which are known to be lost."""

from desktop.store.salvage import FoundRows


def last_entry(rows: FoundRows) -> int:
    """Return the highest number of a custody entry that anything tells of, even if it is lost."""
    told = [0, *rows.tables["custody_entry"].rows, *rows.tables["custody_detail"].rows]
    for name, column in (("given_head", "number"), ("backup_run", "head_number")):
        if name in rows.tables:
            told += [int(str(number)) for (number,) in rows.tables[name].values(column)]
    return max(told)


def is_covered(gap: tuple[int, int], known: list[tuple[int, int]]) -> bool:
    """Say whether a gap, from first to last number, was said before."""
    return any(first <= gap[0] and gap[1] <= last for first, last in known)
