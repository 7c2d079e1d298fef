"""Reads a worksheet from its TOML text, strictly: every problem found is said at once."""

import re
from collections.abc import Iterator
from datetime import date

from desktop.domain.contacts import Recipient
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.steps.worksheet_filling import FILLERS
from desktop.domain.steps.worksheets import Entry, Section, Worksheet
from desktop.domain.toml_table import Table, open_table

_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")


def parse_worksheet(text: str, file_name: str) -> Worksheet:
    """Return the worksheet written in `text`; raises ProcedureInvalid with all its problems."""
    problems: list[str] = []
    table = open_table(text, file_name, problems)
    worksheet = Worksheet(
        id=table.text("id"),
        title=table.text("title"),
        purpose=table.text("purpose"),
        version=table.text("version"),
        checked=table.text("checked"),
        recipient=table.one_of("recipient", Recipient, Recipient.OTHER),
        references=table.texts("references"),
        caution=table.prose("caution"),
        note=table.text("note"),
        unsure=table.text("unsure", ""),
        sections=table.tables("sections", "section", _read_section),
    )
    table.finish()
    problems.extend(f"{file_name}: {problem}" for problem in _find_problems(worksheet))
    if problems:
        raise ProcedureInvalid(tuple(dict.fromkeys(problems)))
    return worksheet


def _read_section(table: Table) -> Section:
    return Section(
        heading=table.text("heading"), entries=table.tables("entries", "question", _read_entry)
    )


def _read_entry(table: Table) -> Entry:
    return Entry(
        name=table.text("id"),
        label=table.text("label"),
        hint=table.text("hint", ""),
        filled_from=table.text("filled_from", ""),
        long=table.truth("long", default=False),
        choices=table.texts("choices"),
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _find_problems(worksheet: Worksheet) -> Iterator[str]:
    yield from _head_problems(worksheet)
    taken: set[str] = set()
    for section in worksheet.sections:
        if not section.entries:
            yield f"section {section.heading}: there are no questions. Add [[sections.entries]]."
        for entry in section.entries:
            yield from _entry_problems(entry, taken)
            taken.update((entry.name, entry.label))


def _head_problems(worksheet: Worksheet) -> Iterator[str]:
    if worksheet.id and not _ID.fullmatch(worksheet.id):
        yield f"`id` is “{worksheet.id}”. Use small letters with hyphens, such as iwf."
    if worksheet.checked and not _is_day(worksheet.checked):
        yield f"`checked` is “{worksheet.checked}”. Write a day such as 2026-11-20."
    if not worksheet.caution:
        yield '`caution` is missing. Say what must not be sent, as caution = "…".'
    if not worksheet.references:
        yield '`references` is missing. Say where the order comes from, such as ["C3"].'
    if not worksheet.sections:
        yield "there is no [[sections]]. Add one with a heading and its questions."


def _entry_problems(entry: Entry, taken: set[str]) -> Iterator[str]:
    if entry.name and not _NAME.fullmatch(entry.name):
        yield f"question {entry.name}: `id` takes small letters with underscores."
    if entry.name in taken:
        yield f"question {entry.name}: it is there twice. Give each question its own id."
    if entry.label in taken:
        yield f"question {entry.name}: its label is there twice. Give each question its own words."
    if entry.filled_from and entry.filled_from not in FILLERS:
        known = ", ".join(sorted(FILLERS))
        yield (
            f"question {entry.name}: `filled_from` is “{entry.filled_from}”, which is not known. "
            f"Use one of: {known}."
        )
    if entry.choices and (entry.long or entry.filled_from):
        yield (
            f"question {entry.name}: a question with `choices` takes no `long` and no "
            "`filled_from`. Remove one of them."
        )
