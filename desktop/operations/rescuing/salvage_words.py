"""Says in words what of a damaged log could not be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop.domain.evidence.items import ExhibitMark
from desktop.domain.incidents import incident_number
from desktop.store.salvage import FoundRows, FoundTable
from desktop.store.salvage_mend import Mended

_MANY = 6
_QUIETLY_MADE = frozenset({"content", "evidence_file"})
_NAMES = {
    "setting": "settings of the log",
    "keyholder": "keyholders",
    "evidence_file": "",
    "custody_entry": "",
    "custody_gap": "",
    "erased_entry": "names of erased entries",
    "custody_detail": "details of custody entries",
    "incident": "incidents",
    "field_value": "details that were entered",
    "draft": "drafts",
    "person": "people",
    "involvement": "roles of people in incidents",
    "account": "accounts",
    "statement": "answers at the gate",
    "content": "fingerprints of exhibits",
    "item": "exhibits",
    "procedure_version": "texts of procedures and other files of the program",
    "checklist": "checklists",
    "step_entry": "steps that were recorded",
    "triage_answer": "answers about what happened",
    "contact_entry": "contacts",
    "chronology_entry": "entries of the chronology",
    "intent": "jobs that were under way",
    "bundle": "bundles that were exported",
    "report": "quarterly reports",
    "backup_place": "places for backups",
    "backup_run": "backups that were made",
    "given_head": "register pages and other heads that were printed",
    "hold": "holds",
    "tombstone": "records of erasures",
    "erased_subject": "names of erased records",
    "capture_set": "sets of captures",
    "sealed_content": "fingerprints of what was sealed",
    "handling": "continuity entries",
    "clock_check": "comparisons of the clock",
    "organisation_entry": "entries about the organisation",
    "incident_link": "links between incidents",
    "worksheet": "worksheets that were sent",
}


@dataclass(slots=True)
class Loss:
    """What a salvage could not read, as numbers and names; see say_losses."""

    files_missing: list[int] = field(default_factory=list)
    files_damaged: list[int] = field(default_factory=list)
    nothing: bool = False
    unproved: bool = False
    kind_unknown: bool = False
    rows: dict[str, int] = field(default_factory=dict)
    perhaps: list[str] = field(default_factory=list)
    homeless: int = 0
    contents: list[str] = field(default_factory=list)
    mended: Mended = field(default_factory=Mended)
    refused: dict[str, int] = field(default_factory=dict)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    unnamed: int = 0
    sealed: int = 0

    def take(self, found: FoundRows) -> None:
        """Count what is missing of each table."""
        self.homeless = found.homeless
        self.nothing = not found.whole and not any(table.rows for table in found.tables.values())
        for name, table in found.tables.items():
            lost = table.lost()
            if lost:
                self.rows[name] = lost
            elif not table.whole:
                self.perhaps.append(name)

    def name_contents(self, found: FoundRows, lost: Iterable[object]) -> None:
        """Name the exhibits whose content cannot be read."""
        gone = set(lost)
        numbers = {
            str(incident_id): incident_number(int(str(year)), int(str(ordinal)))
            for incident_id, year, ordinal in found.tables["incident"].values(
                "id", "year", "ordinal"
            )
        }
        for content_id, incident_id, mark in _items(found.tables["item"]):
            if content_id in gone:
                where = numbers.get(str(incident_id), "an incident whose number is lost")
                self.contents.append(f"{mark} of {where}")


def say_losses(loss: Loss) -> tuple[str, ...]:
    """Return one sentence for each thing that could not be read; none if everything could."""
    return (
        *_file_sentences(loss),
        *_gap_sentences(loss),
        *([] if loss.nothing else _row_sentences(loss)),
        *([] if loss.nothing else _mend_sentences(loss)),
        *_content_sentences(loss),
    )


def say_result(lost: tuple[str, ...]) -> str:
    """Say in one sentence what came of a salvage."""
    if not lost:
        return "Everything in the damaged log could be read and is in the new log."
    if len(lost) == 1:
        return "What could be read is in the new log. 1 thing could not be saved as it was."
    return (
        f"What could be read is in the new log. {len(lost)} things could not be saved as they "
        "were."
    )


def _file_sentences(loss: Loss) -> Iterator[str]:
    if loss.nothing:
        yield (
            "The file with all records (log.db) could not be read at all. Only the contents of "
            "exhibits could be saved."
        )
    if loss.unproved:
        yield (
            "The beginning of the file with all records (log.db) is lost. What was read from the "
            "rest fits together, but it cannot be proved that it is unchanged."
        )
    if loss.kind_unknown:
        yield (
            "Whether it was a restricted log could not be read. If it was, do not open this one "
            "on a computer that the person concerned uses, and start a new restricted log."
        )
    for number in loss.files_missing:
        yield f"The evidence file {number:04d}.db could not be read at all."
    for number in loss.files_damaged:
        yield f"Parts of the evidence file {number:04d}.db could not be read."


def _gap_sentences(loss: Loss) -> Iterator[str]:
    for first, last in loss.gaps:
        entries = f"entry {first}" if first == last else f"entries {first} to {last}"
        yield f"The custody record lacks {entries}. It is checked on both sides of the gap."


def _row_sentences(loss: Loss) -> Iterator[str]:
    for name, count in loss.rows.items():
        if words := _NAMES.get(name, name):
            yield f"Could not be read, of the {words}: {count:,}."
    perhaps = [words for name in loss.perhaps if (words := _NAMES.get(name, name))]
    if len(perhaps) > _MANY:
        yield "What is newest may be missing in many places: please look through what is recent."
    elif perhaps:
        yield f"The newest of these may be missing: {', '.join(perhaps)}."
    if loss.homeless:
        yield f"Could be read, but belongs to nothing that could: {loss.homeless:,} rows."


def _mend_sentences(loss: Loss) -> Iterator[str]:
    for name, count in loss.mended.stand_ins.items():
        if name not in _QUIETLY_MADE:
            yield (
                f"Made again from what else is known, of the {_NAMES.get(name, name)}: {count:,}. "
                "Please look them through."
            )
    if loss.sealed:
        yield (
            "Named again from what else is known, of the fingerprints of what was sealed: "
            f"{loss.sealed:,}. They stay sealed."
        )
    for name, count in loss.mended.loosened.items():
        yield f"Lost what they referred to, of the {_NAMES.get(name, name)}: {count:,}."
    for name, count in (loss.mended.dropped | loss.refused).items():
        words = _NAMES.get(name, name) or "keys and custody entries"
        yield f"Left out because what they belong to is lost, of the {words}: {count:,}."


def _content_sentences(loss: Loss) -> Iterator[str]:
    for exhibit in loss.contents:
        yield f"The content of {exhibit} could not be read; what was recorded of it is kept."
    if loss.unnamed == 1:
        yield "1 content belongs to no record that could be read: it has an incident of its own."
    elif loss.unnamed:
        yield (
            f"{loss.unnamed} contents belong to no record that could be read: they are kept in an "
            "incident of their own."
        )


def _items(table: FoundTable) -> Iterator[tuple[object, ...]]:
    letters = [""] * len(table.rows)
    if any(column.name == "letter" for column in table.shape.columns):
        letters = [str(letter) for (letter,) in table.values("letter")]
    rows = table.values("content_id", "incident_id", "initials", "number")
    for letter, (content_id, incident_id, initials, number) in zip(letters, rows, strict=True):
        mark = ExhibitMark(str(initials), int(str(number)), letter)
        yield content_id, incident_id, str(mark)
