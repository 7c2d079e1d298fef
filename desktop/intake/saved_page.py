"""Reads a saved page as its words, with the address that it was saved from; loads nothing."""

import re
from collections.abc import Mapping

from desktop.domain.evidence.inside import Inside, InsideName, Listed
from desktop.domain.evidence.items import clean_text
from desktop.domain.evidence.shown import PageTextView
from desktop.domain.noted import Fact
from desktop.intake.kinds import HTML, MHTML
from desktop.intake.mail_parts import ODD, Part, content_of, decoded, size_of, take_apart
from desktop.intake.mail_text import as_text, clean_lines
from desktop.intake.markup import text_of, unescape

PAGE_CHARACTERS = 200_000
MARKUP_BYTES = 2 * 1024 * 1024
MOST_PARTS = 2000
_ADDRESS_CHARACTERS = 2000
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,2000})", re.IGNORECASE)
_SAVED = re.compile(r"<!--\s{0,20}saved from url=\(\d{1,6}\)\s{0,5}(\S{1,2000})", re.IGNORECASE)
_SINGLE = re.compile(r"Page saved with (SingleFile)\s{1,20}url:\s{1,20}(\S{1,2000})")
_SINGLE_TIME = re.compile(r"saved date:\s{1,20}([^\n]{1,100})")
_LINK = re.compile(r"<link\s[^<>]{0,2000}>", re.IGNORECASE)
_META = re.compile(r"<meta\s[^<>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"""(?:href|content)\s{0,5}=\s{0,5}["']?([^"'\s<>]{1,2000})""", re.IGNORECASE)
_DATA = re.compile(r"data:([a-z]{1,20}/[a-z0-9.+-]{1,60})[;,]", re.IGNORECASE)
_LOOKED_AT = 200_000


def read_page(untrusted: bytes, file_name: str = "", kind: str = HTML) -> PageTextView:
    """Return the words of a saved page, .html or .mhtml, and what its file says of itself."""
    return _read_mhtml(untrusted) if kind == MHTML else _read_html(untrusted, {})


def name_in_page(untrusted: bytes, kind: str, *, cut: bool = False) -> Inside:
    """Return the pictures and other files that lie in a saved page; raises nothing."""
    if kind != MHTML:
        return Inside(kind, _data_in(untrusted), Listed.PART if cut else Listed.WHOLE)
    try:
        _whole, parts = take_apart(untrusted, MOST_PARTS)
    except (*ODD, RecursionError):
        return Inside(kind, (), Listed.NOT)
    page = _page_of(parts)
    names = tuple(_name(untrusted, part) for part in parts if part is not page)
    whole = len(parts) <= MOST_PARTS and not cut
    return Inside(kind, names, Listed.WHOLE if whole else Listed.PART)


def facts_of_page(untrusted: bytes, kind: str) -> tuple[Fact, ...]:
    """Return where and when a page was saved, as its file says."""
    view = read_page(untrusted[: 4 * MARKUP_BYTES], "", kind)
    facts = (
        ("Saved from", view.saved_from),
        ("Address that the page gives for itself", view.claimed_address),
        ("Saved on", view.saved_at),
        ("Saved with", view.saved_by),
        ("Title", view.title),
    )
    return tuple((name, value) for name, value in facts if value)


def _read_mhtml(untrusted: bytes) -> PageTextView:
    whole, parts = take_apart(untrusted, MOST_PARTS)
    page = _page_of(parts)
    said = {name.lower(): decoded(value) for name, value in reversed(whole.fields)}
    if page is None:
        return _read_html(b"", said)
    if not said.get("snapshot-content-location"):
        said["snapshot-content-location"] = next(iter(page.all("Content-Location")), "")
    return _read_html(
        content_of(untrusted, page), said, name_in_page(untrusted, MHTML).names, page.charset
    )


def _page_of(parts: tuple[Part, ...]) -> Part | None:
    return next((part for part in parts if part.media_type == HTML), None)


def _name(raw: bytes, part: Part) -> InsideName:
    place = next(iter(part.all("Content-Location")), "") or part.file_name
    shown = clean_text(place, 300).strip() or f"unnamed ({part.media_type})"
    return InsideName(shown, part.media_type, size_of(raw, part))


def _data_in(untrusted_html: bytes) -> tuple[InsideName, ...]:
    """Name what is written into the page itself; it has no name but its kind."""
    text = untrusted_html.decode("latin-1")
    names: list[InsideName] = []
    for number, found in enumerate(_DATA.finditer(text), 1):
        if number > MOST_PARTS:
            break
        kind = found[1].lower()
        if kind.startswith(("image/", "video/", "audio/", "application/pdf")):
            names.append(InsideName(f"in the page ({kind}, {len(names) + 1})", kind, -1))
    return tuple(names)


def _read_html(
    untrusted: bytes,
    said: Mapping[str, str],
    inside: tuple[InsideName, ...] | None = None,
    charset: str = "",
) -> PageTextView:
    markup = _decoded(untrusted[:MARKUP_BYTES], charset)
    top = markup[:_LOOKED_AT]
    words = text_of(markup)
    single, single_time = _SINGLE.search(top), _SINGLE_TIME.search(top)
    saved = _SAVED.search(top)
    saved_from = said.get("snapshot-content-location", "") or (
        single[2] if single else saved[1] if saved else ""
    )
    program = said.get("from", "") or (single[1] if single else "")
    return PageTextView(
        title=said.get("subject", "") or _line(_TITLE.search(top), 300),
        saved_from=clean_text(unescape(saved_from), _ADDRESS_CHARACTERS),
        claimed_address=_claimed(top),
        saved_by=clean_text(program.strip("<>"), 200),
        saved_at=said.get("date", "") or _line(single_time, 100),
        text=clean_lines(words, PAGE_CHARACTERS),
        inside=_data_in(untrusted) if inside is None else inside,
        shortened=len(words) > PAGE_CHARACTERS or len(untrusted) > MARKUP_BYTES,
    )


def _decoded(untrusted: bytes, charset: str) -> str:
    try:
        return untrusted.decode(charset) if charset else as_text(untrusted)
    except (LookupError, ValueError):
        return as_text(untrusted)


def _claimed(top: str) -> str:
    for tags, mark in ((_LINK, "canonical"), (_META, "og:url")):
        for tag in tags.finditer(top):
            if mark in tag[0].lower():
                found = _HREF.search(tag[0])
                return clean_text(unescape(found[1]), _ADDRESS_CHARACTERS) if found else ""
    return ""


def _line(found: re.Match[str] | None, limit: int) -> str:
    return clean_text(" ".join(unescape(found[1]).split()), limit) if found else ""
