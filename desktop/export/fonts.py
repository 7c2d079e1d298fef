"""The fonts of all paper: always embedded; nothing typed is dropped for lack of a glyph."""

import unicodedata
from functools import cache
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop.resources import resource_path

REGULAR = "Atkinson"
SEMIBOLD = "AtkinsonSemiBold"
BOLD = "AtkinsonBold"
ITALIC = "AtkinsonItalic"
SECOND = "DejaVu"

_FILES = {
    REGULAR: "AtkinsonHyperlegibleNext-Regular.ttf",
    SEMIBOLD: "AtkinsonHyperlegibleNext-SemiBold.ttf",
    BOLD: "AtkinsonHyperlegibleNext-Bold.ttf",
    ITALIC: "AtkinsonHyperlegibleNext-Italic.ttf",
    SECOND: "DejaVuSans.ttf",
}
_LAST_PLAIN = 0xFFFF
_UNPRINTED = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}


@cache
def register_fonts() -> None:
    """Make the fonts known, and keep the one that would not be embedded from sneaking in."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resource_path("fonts", file))))
    rl_config.canvas_basefontname = REGULAR
    faces = ((0, 0, REGULAR), (1, 0, BOLD), (0, 1, ITALIC), (1, 1, BOLD))
    for bold, italic, name in faces:
        addMapping(REGULAR, bold, italic, name)


def markup(text: str) -> str:
    """Turn any text into markup that shows exactly it, whatever characters it holds."""
    return "".join(_run(font, "".join(run)) for font, run in groupby(text, _font_for))


def plain(text: str) -> str:
    """Return text for a place where only the first font can stand: codes for what it lacks."""
    return "".join(
        character if _font_for(character) == REGULAR else _code(character) for character in text
    )


def _run(font: str, run: str) -> str:
    if font == REGULAR:
        return escape(run)
    if font == SECOND:
        return f'<font name="{SECOND}">{escape(run)}</font>'
    shown = "".join(_break(character) for character in run.replace("\r\n", "\n"))
    return escape(shown).replace("\n", "<br/>")


def _break(character: str) -> str:
    if character in "\n\u2028\u2029\r":
        return "\n"
    return "    " if character == "\t" else _code(character)


def _font_for(character: str) -> str:
    """Name the font that has this character; '' where none has, or where it would not be seen."""
    if ord(character) > _LAST_PLAIN or unicodedata.category(character) in _UNPRINTED:
        # Beyond the first plane text would be drawn but could not be found again by searching.
        return ""
    if ord(character) in _glyphs(REGULAR):
        return REGULAR
    return SECOND if ord(character) in _glyphs(SECOND) else ""


@cache
def _glyphs(name: str) -> frozenset[int]:
    register_fonts()
    return frozenset(pdfmetrics.getFont(name).face.charToGlyph)


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"
