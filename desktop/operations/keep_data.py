"""Keeps the last good text of each data file, so that a damaged one costs nothing at all."""

import hashlib
import json
from collections.abc import Mapping

from desktop.domain.calendar.times import Moment
from desktop.domain.program_data import ProgramData
from desktop.operations.program_files import KeptText, read_program_files
from desktop.store.log import Log

# The setting that holds the last good texts: name -> the label it is kept under, and since when.
_LAST_GOOD = "data_last_good"
_LABEL = 16


def settle_data(log: Log, now: Moment) -> ProgramData:
    """Return what the files say, the damaged ones as this log kept them; keep what is good."""
    told: dict[str, list[str]] = json.loads(log.settings.get(_LAST_GOOD) or "{}")

    def find_kept(name: str) -> KeptText | None:
        label, since = told.get(name, ("", ""))
        text = log.checklists.version_text(name, label)
        return KeptText(text, Moment.from_text(since)) if text else None

    read = read_program_files(find_kept)
    fresh = {
        name: text
        for name, text in read.good.items()
        if (kept := find_kept(name)) is None or kept.text != text
    }
    if fresh:
        _keep(log, now, fresh, told)
    return read.data


def _keep(log: Log, now: Moment, fresh: Mapping[str, str], told: dict[str, list[str]]) -> None:
    """Keep these texts beside those of the procedures, none of which is called like a file."""
    with log.transaction():
        for name, text in fresh.items():
            label = hashlib.sha256(text.encode()).hexdigest()[:_LABEL]
            told[name] = [log.checklists.keep_version(name, label, text), now.to_text()]
        log.settings.set(_LAST_GOOD, json.dumps(told, sort_keys=True))
