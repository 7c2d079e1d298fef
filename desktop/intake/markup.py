"""Reduces untrusted HTML to the text that a person would read; every step is linear in time."""

import html
import re

_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]{1,500})""", re.IGNORECASE)
_BLOCKS = frozenset(
    ("p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "hr", "pre", "section")
)
_HEADING = re.compile(r"h[1-6]")
_SILENT = frozenset(("script", "style", "head", "title", "template", "noscript"))
_OPENINGS = re.compile(r"<+(?=<)")
_NO_LETTER = re.compile(r"&#[0-9]{10,};?")
_SPACES = re.compile(r"[ \t\f\v\r\n\u00a0]+")


def text_of(untrusted_html: str) -> str:
    """Return the words, one block a line, with the address of each link written out beside it."""
    reducer = _Reducer(untrusted_html)
    place = 0
    while place < len(untrusted_html):
        place = reducer.step(place)
    return _tidy("".join(reducer.parts))


def unescape(untrusted_text: str) -> str:
    """Read what HTML writes as &amp; or &#38;; a number far too long for any letter is none."""
    return html.unescape(_NO_LETTER.sub("\ufffd", untrusted_text))


class _Reducer:
    """Walks over HTML from left to right and collects the words; never looks back."""

    def __init__(self, untrusted_html: str) -> None:
        self.parts: list[str] = []
        self._html = untrusted_html
        lowered = untrusted_html.lower()
        # A few letters change their length in lower case; positions must stay the same.
        self._lowered = lowered if len(lowered) == len(untrusted_html) else untrusted_html
        self._address = ""

    def step(self, place: int) -> int:
        """Take in the words up to the next tag and the tag itself; returns where it ends."""
        opening = self._html.find("<", place)
        if opening < 0:
            opening = len(self._html)
        self.parts.append(_words(self._html[place:opening]))
        if self._html.startswith("<!--", opening):
            return _after(self._html, "-->", opening)
        name = _NAME.match(self._html, opening + 1)
        if name:
            return self._tag(name[1].lower(), opening)
        if self._html[opening + 1 : opening + 2] in ("!", "?"):
            return _after(self._html, ">", opening)
        return self._bare(opening)

    def _bare(self, opening: int) -> int:
        """Take in what only looks like the beginning of a tag, many of them at once."""
        many = _OPENINGS.match(self._html, opening)
        after = many.end() if many else opening + 1
        self.parts.append(self._html[opening:after])
        return after

    def _tag(self, name: str, opening: int) -> int:
        place = _after(self._html, ">", opening)
        closing = self._html[opening + 1] == "/"
        if name in _SILENT and not closing:
            return _after(self._html, ">", _after(self._lowered, f"</{name}", place))
        if name in _BLOCKS or _HEADING.fullmatch(name):
            self.parts.append("\n")
        elif name == "a":
            self._follow(self._html[opening:place], closing=closing)
        return place

    def _follow(self, tag: str, *, closing: bool) -> None:
        """Remember the address of a link where it begins, write it out where it ends."""
        if closing and self._address and self._address not in "".join(self.parts[-2:]):
            self.parts.append(f" <{self._address}>")
        found = None if closing else _HREF.search(tag)
        self._address = unescape(found[1]) if found else ""


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)


def _words(text: str) -> str:
    return _SPACES.sub(" ", unescape(text))


def _tidy(text: str) -> str:
    lines = [line.strip() for line in text.split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()
