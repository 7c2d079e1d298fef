"""Says what is wrong with a file that is not TOML: which line, and what to write instead."""

import re

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_DIGITS = re.compile(r"\d[\d_]{4000,}")
_SHOWN = 60
# How the reader begins its complaint, what that means, and what to do about it.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("Expected '='", "a name stands there without =", 'Write it as name = "…"'),
    ("Invalid value", "what follows the = is no value", 'Write a text in quotation marks: "…"'),
    ("Unterminated string", "a text is not closed", "End it with a quotation mark"),
    ('Expected "\'"', "a text is not closed", "End it with a quotation mark"),
    (
        "Illegal character '\\n'",
        "a text runs over the end of its line",
        'Close it with a quotation mark, or begin and end it with """',
    ),
    ("Expected ']", "a heading is not closed", "Write it as [[steps]]"),
    ("Cannot declare", "a heading stands there twice", "Remove one, or write it as [[…]]"),
    ("Cannot overwrite", "a name has two values", "Remove one of them"),
    ("Unclosed array", "a list is not closed", 'Write it as ["…", "…"], with commas between'),
    ("Unclosed inline", "a { is not closed", 'Write it in one line as { name = "…", name = "…" }'),
    ("Unescaped", "a text holds a single backslash", "Write two: \\\\"),
    ("Expected newline", "something more follows the value", "Put it on a line of its own"),
    ("Invalid initial", "a comma or name is wrong there", 'Write { name = "…", name = "…" }'),
    (
        "Invalid statement",
        "it is no name, heading or comment",
        'Write it as name = "…", or begin it with # as a comment',
    ),
)


def say_syntax(text: str, file_name: str, message: str) -> str:
    """Write one sentence on a syntax error, with its line, and one on what to do."""
    lines = _lines(text)
    found = _PLACE.search(message)
    number = int(found[1]) if found else _last_written(lines)
    place = _say_place(lines, file_name, number)
    if found and _is_unseen(lines, number, int(found[2])):
        return f"{place}: it holds a character that cannot be seen. Type the line again."
    for begins, problem, cure in _MEANINGS:
        if message.startswith(begins):
            return f"{place}: {problem}. {cure}."
    return f"{place}: this is not TOML. Correct or remove that line."


def say_long_number(text: str, file_name: str) -> str:
    """Write one sentence on a number that is too long to be read at all."""
    found = _DIGITS.search(text)
    number = text.count("\n", 0, found.start() if found else 0) + 1
    place = _say_place(_lines(text), file_name, number)
    return f"{place}: the number has too many digits. Correct it."


def _lines(text: str) -> list[str]:
    """Return the lines as the reader of TOML counts them."""
    return text.replace("\r\n", "\n").split("\n")


def _say_place(lines: list[str], file_name: str, number: int) -> str:
    shown = lines[number - 1].strip() if number <= len(lines) else ""
    seen = "".join(sign for sign in shown if sign.isprintable() or sign == "\t")
    return f"{file_name}, line {number}" + (f" (“{_cut(seen)}”)" if seen else "")


def _is_unseen(lines: list[str], number: int, column: int) -> bool:
    """Say whether what is wrong is a space of another kind, a mark of order, or a control sign."""
    sign = lines[number - 1][column - 1 : column] if number <= len(lines) else ""
    return bool(sign) and sign != "\t" and not sign.isprintable()


def _last_written(lines: list[str]) -> int:
    """Return the number of the last line with anything on it: where the file ended too soon."""
    return max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)


def _cut(line: str) -> str:
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
