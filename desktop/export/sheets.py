"""The tables of a bundle as CSV: UTF-8 with BOM, no cell that a spreadsheet would calculate."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.evidence.limits import limits_of, standing_of
from desktop.domain.identifiers import EntryId
from desktop.domain.leaving.bundle import BundleContent, exhibit_path
from desktop.export.copy_documents import confirmed_by, made_of

_EXHIBIT_HEAD = (
    "Mark", "Description", "Kind", "In this bundle", "File", "SHA-256", "Bytes", "Media type",
    "Producer", "Source taken by", "Captured (UTC)", "Captured (local)", "How", "With",
    "Original file name", "Source address", "Platform", "Handle", "Display name",
    "Profile", "Post or message", "Time as displayed", "Zone as displayed",
    "Time as worked out (UTC)", "How sure", "Login used", "Still there", "Passed on by",
    "How passed on", "Seen at its source", "How it stands", "Limits",
    "Original remains with", "Note",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def chronology_sheet(content: BundleContent) -> bytes:
    """Write every line of the chronology, corrected ones too."""
    places = {line.id: number for number, line in enumerate(content.chronology, 1)}
    head = (
        "Line", "Happened (UTC)", "Happened (local)", "Certainty", "Entered (local)", "Kind",
        "What", "Exhibit", "By", "Corrects line", "Reason", "Corrected by line",
    )  # fmt: skip
    rows = (
        (
            str(places[line.id]),
            _utc(line.at),
            line.at.to_iso(),
            line.at.certainty.value,
            line.entered_at.to_iso(),
            line.kind.value,
            line.text,
            line.mark,
            line.by,
            _place(places, line.corrects),
            line.reason,
            _place(places, line.corrected_by),
        )
        for line in content.chronology
    )
    return _write(head, rows)


def people_sheet(content: BundleContent) -> bytes:
    """Write everybody with their role, then the accounts as seen."""
    head = (
        "What", "Role", "Name", "Who they are", "Age group", "Date of birth", "Contact", "Needs",
        "Platform", "Handle", "Display name", "Address", "Seen (local)", "Note",
    )  # fmt: skip
    rows = [
        (
            "person", one.role.value, one.person.name, one.person.kind.value,
            one.person.age_group.value, one.person.date_of_birth, one.person.contact,
            one.person.needs, "", "", "", "", "", one.person.note,
        )
        for one in content.people
    ]  # fmt: skip
    rows += [
        (
            "account", "", one.person_name or "not known", "", "", "", "", "", one.platform,
            one.handle, one.display_name, one.address,
            one.seen_at.to_iso() if one.seen_at else "", one.note,
        )
        for one in content.accounts
    ]  # fmt: skip
    return _write(head, rows)


def exhibit_sheet(content: BundleContent) -> bytes:
    """Write every item, whether its original is in the bundle or not; then the copies made."""
    rows = [_exhibit_row(item) for item in content.items]
    return _write(
        _EXHIBIT_HEAD, [*rows, *(_copy_row(content, item) for item in content.derivatives)]
    )


def continuity_sheet(content: BundleContent) -> bytes:
    """Write who did what to which exhibit, in order."""
    head = ("Exhibit", "Time (UTC)", "Time (local)", "By", "What", "Custody entry")
    return _write(
        head,
        (
            (str(one.mark), _utc(one.at), one.at.to_iso(), one.by, one.what, str(one.number))
            for one in content.continuity
        ),
    )


def custody_sheet(content: BundleContent) -> bytes:
    """Write the entries of the custody record about this incident, with all that hashes need."""
    head = (
        "Entry", "Stored time", "Keyholder id", "Keyholder", "Action", "Subject id", "About",
        "Detail", "Salt (hex)", "Commitment", "Previous entry's hash", "Own hash",
    )  # fmt: skip
    rows: list[tuple[str, ...]] = [
        (
            str(line.entry.number),
            line.entry.at,
            line.entry.keyholder,
            line.by,
            line.entry.action.value,
            line.entry.subject,
            line.about,
            line.detail.detail if line.detail else "",
            line.detail.salt.hex() if line.detail else "",
            line.entry.commitment,
            line.entry.previous,
            line.entry.own,
        )
        for line in content.custody
    ]
    if content.head:
        end = "End of the record when this bundle was made"
        blank = [""] * 5
        rows.append(
            (str(content.head.number), "", "", "", "", "", end, *blank[:4], content.head.own)
        )
    return _write(head, rows)


def _exhibit_row(item: EvidenceItem) -> tuple[str, ...]:
    kept = item.state is ItemState.KEPT
    origin, print_ = item.origin, item.fingerprint
    return (
        str(item.mark),
        item.label,
        item.kind.value,
        "original" if kept else f"words only: {item.state.value}",
        exhibit_path(item) if kept else "",
        print_.sha256 if print_ else "",
        str(print_.size) if print_ else "",
        item.media_type,
        item.captured_by,
        origin.taken_by,
        _utc(item.captured_at),
        item.captured_at.to_iso(),
        item.method.value,
        item.captured_with,
        item.original_name,
        origin.source_url,
        origin.platform,
        origin.handle,
        origin.display_name,
        origin.profile_url,
        origin.post_id,
        origin.time_as_shown,
        origin.zone_as_shown,
        _utc(Moment.from_text(origin.time_meant)) if origin.time_meant else "",
        origin.time_certainty,
        origin.logged_in_as,
        origin.availability,
        origin.passed_on_by,
        origin.passed_on_how,
        origin.seen_live,
        standing_of(item).value,
        " ".join(limits_of(item)),
        origin.original_kept,
        origin.note,
    )


def _copy_row(content: BundleContent, item: EvidenceItem) -> tuple[str, ...]:
    """Return the row of a copy, which is listed and not in the bundle."""
    print_ = item.fingerprint
    told = "; ".join(f"{name}: {value}" for name, value in item.noted)
    known = (
        str(item.mark),
        item.label,
        item.kind.value,
        f"no: a copy of {made_of(content, item)}",
        "",
        print_.sha256 if print_ else "",
        str(print_.size) if print_ else "",
        item.media_type,
        item.captured_by,
        "",
        _utc(item.captured_at),
        item.captured_at.to_iso(),
        item.method.value,
        item.captured_with,
    )
    empty = ("",) * (len(_EXHIBIT_HEAD) - len(known) - 1)
    return (*known, *empty, f"{told}; {confirmed_by(content, item)}")


def _write(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig", "replace")


def _safe(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _utc(moment: Moment) -> str:
    return moment.utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def _place(places: Mapping[EntryId, int], other: EntryId | None) -> str:
    return str(places.get(other, "")) if other else ""
