"""The table of the policies' lines is plain words, whatever they hold."""

from desktop.domain.policy.policy_lines import Kept, KeptHere, PolicyLine
from desktop.ui.policy_table import NOT_QUOTED, table_html


def here(kept: Kept, place: str, quote: str = "", note: str = "") -> KeptHere:
    return KeptHere(kept=kept, place=place, reference="S003:1", quote=quote, note=note)


def line(*places: KeptHere, quotes: tuple[str, ...] = ()) -> PolicyLine:
    return PolicyLine(policy="S003", line=1, quotes=quotes, places=places)


def test_words_are_never_read_as_markup() -> None:
    html = table_html("<b>", [line(here(Kept.STEP, "a<img src='x'>b"), quotes=("1 < 2 & so",))])
    assert "<img" not in html
    assert "“1 &lt; 2 &amp; so”" in html
    assert "<h3>&lt;b&gt;</h3>" in html


def test_steps_come_before_duties_and_the_same_place_stands_once() -> None:
    duty, step = here(Kept.DUTY, "a duty"), here(Kept.STEP, "a step")
    html = table_html("x", [line(duty, step, here(Kept.STEP, "a step", quote="shorter"))])
    assert html.index("a step") < html.index("a duty")
    assert html.count("a step") == 1


def test_a_line_that_nobody_quotes_says_so_or_what_is_noted() -> None:
    assert NOT_QUOTED in table_html("x", [line(here(Kept.DUTY, "a"))])
    assert "About parents." in table_html("x", [line(here(Kept.DUTY, "a", note="About parents."))])
