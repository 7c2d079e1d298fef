"""The table of where each line of a policy is kept, as text for the help."""

from collections.abc import Iterable
from html import escape

from desktop.domain.policy.policy_lines import Kept, KeptHere, PolicyLine

HEADING = "Where each policy line is kept"
INTRO = (
    "This program carries five policies. For each line: the policy's words, as far as they are "
    "quoted here, and every place that carries it. “Slip, corrected” means that the line is out "
    "of date, in the wrong order or unclear, and says what is done here instead."
)
NOT_QUOTED = "Not quoted here: read it in the policy."
_ORDER = tuple(Kept)


def table_html(name: str, lines: Iterable[PolicyLine]) -> str:
    """Return the table of one policy; all its words are shown as they are, never as markup."""
    rows = "".join(_row(line) for line in lines)
    return (
        f"<h3>{HEADING}</h3><p>{INTRO}</p><h3>{escape(name)}</h3>"
        "<table width='100%'><tr><th align='left'>Line</th><th align='left'>The policy says</th>"
        f"<th align='left'>Kept here as</th></tr>{rows}</table>"
    )


def _row(line: PolicyLine) -> str:
    said = "<br>".join(f"“{escape(one)}”" for one in line.quotes) or escape(_note(line))
    places = "".join(f"<p>{_place(one)}</p>" for one in _sorted(line.places))
    return (
        f"<tr><td valign='top'>{escape(line.reference)}</td>"
        f"<td valign='top'>{said}</td><td valign='top'>{places}</td></tr>"
    )


def _note(line: PolicyLine) -> str:
    """Say what is noted of a line that nobody quotes."""
    return next((one.note for one in line.places if one.note), NOT_QUOTED)


def _sorted(places: Iterable[KeptHere]) -> list[KeptHere]:
    seen = {(one.kept, one.place): one for one in places}
    return sorted(seen.values(), key=lambda one: _ORDER.index(one.kept))


def _place(place: KeptHere) -> str:
    return f"<b>{escape(place.kept.value.capitalize())}:</b> {escape(place.place)}"
