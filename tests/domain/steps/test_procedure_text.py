import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.steps.procedure_text import parse_procedure, read_kept_procedure
from desktop.domain.steps.procedures import Act, Basis, Length, NotApplicable, Severity
from desktop.resources import resource_path

HEAD = """
id = "P77"
title = "Test"
version = "1"
checked = "2026-11-20"
order = 3
attached_by = ["T4=yes"]
applies_when = "Always."
"""
STEP = """
[[steps]]
id = "P77-1"
title = "Capture it"
text = "First   this."
actor = "DSL"
recipients = ["LA-ESO"]
severity = "must"
not_applicable = "rule"
acts = ["contact"]
authorities = [{ reference = "S003:182", quote = "Secure" }]
rules = [{ when = ["T4=no"], reason = "Nothing sexual." }]
blanks = [{ name = "which", label = "Which?", choices = ["a", "b"], required = false }]
[[steps.deadlines]]
id = "D8"
label = "Check"
length = "hours"
amount = 48
starts = "P77-1"
basis = "documented"
reference = "H3"
"""
WHOLE = HEAD + STEP
FILES = sorted(resource_path("procedures").glob("*.toml"))


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(ProcedureInvalid) as error:
        parse_procedure(text, "P77.toml")
    return error.value.problems


def problems_if_any(text: str) -> tuple[str, ...]:
    try:
        parse_procedure(text, "any.toml")
    except ProcedureInvalid as error:
        return error.problems or ("refused without a word",)
    return ()


def test_a_procedure_is_read_whole_and_keeps_its_source() -> None:
    procedure = parse_procedure(WHOLE, "P77.toml")
    assert procedure.source == WHOLE
    assert (procedure.id, procedure.order, procedure.attached_by) == ("P77", 3, ("T4=yes",))
    step = procedure.step("P77-1")
    assert step.text == "First this."
    assert step.severity is Severity.MUST
    assert step.not_applicable is NotApplicable.RULE
    assert step.acts == (Act.CONTACT,)
    assert step.rules[0].when == ("T4=no",)
    assert step.blanks[0].choices == ("a", "b")
    assert not step.blanks[0].required
    assert step.deadlines[0].length is Length.HOURS
    assert step.deadlines[0].basis is Basis.DOCUMENTED
    assert step.authorities[0].quote == "Secure"


def test_an_unknown_step_is_no_step() -> None:
    with pytest.raises(KeyError):
        parse_procedure(WHOLE, "P77.toml").step("P77-2")


def test_the_media_of_evidence_come_with_it() -> None:
    text = resource_path("procedures", "S1.toml").read_text(encoding="utf-8")
    media = parse_procedure(text, "S1.toml").media
    assert len(media) == 9
    assert media[0].identifier == "Message-ID"


def test_what_is_no_toml_is_said_with_its_line() -> None:
    (problem,) = problems_of('id = "P77"\ntitle = now\n')
    assert problem.startswith("P77.toml, line 2 (“title = now”): what follows the = is no value")


def test_every_problem_is_said_at_once_with_file_step_and_cure() -> None:
    text = WHOLE.replace('severity = "must"', 'severity = "urgent"\ncolour = "red"')
    text = text.replace('recipients = ["LA-ESO"]', 'recipients = ["LA-OFFICER"]')
    found = problems_of(text)
    assert len(found) == 3
    assert all(one.startswith("P77.toml, procedure P77, step P77-1: ") for one in found)
    assert any("Use one of: stop, must, should, consider" in one for one in found)
    assert any("`colour` is not a key that is known here. Remove" in one for one in found)
    assert any("LA-OFFICER is not known" in one for one in found)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('title = "Test"\n', "", "`title` is missing. Add title"),
        ('title = "Test"', 'title = " "', "`title` is empty"),
        ('severity = "must"\n', "", "`severity` is missing"),
        ("order = 3", 'order = "3"', "`order` is not a whole number"),
        ("order = 3", "order = true", "`order` is not a whole number"),
        ('title = "Test"', "title = 3", "`title` is not a text"),
        ("required = false", 'required = "no"', "`required` is not true or false"),
        ('["T4=yes"]', '"T4=yes"', "`attached_by` is not a list"),
        ('["T4=yes"]', "[4]", "`attached_by` holds something that is no text"),
        ('acts = ["contact"]', 'acts = ["contact", "dance"]', "`acts` is “dance”"),
        ('[{ when = ["T4=no"], reason = "Nothing sexual." }]', '["T4=no"]', "is no table"),
    ],
)
def test_a_wrong_form_is_found(before: str, after: str, words: str) -> None:
    assert before in WHOLE
    assert any(words in one for one in problems_of(WHOLE.replace(before, after)))


@given(
    st.sampled_from(FILES),
    st.integers(0, 10_000),
    st.integers(0, 60),
    st.text(max_size=12),
)
def test_a_mutated_file_is_refused_or_read_and_never_crashes(
    path: object, place: int, length: int, inserted: str
) -> None:
    text = getattr(path, "read_text")(encoding="utf-8")  # noqa: B009
    start = place % len(text)
    mutated = text[:start] + inserted + text[start + length :]
    assert all(problem.startswith("any.toml") for problem in problems_if_any(mutated))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


@given(st.sampled_from([line for line in WHOLE.splitlines() if " = " in line]), VALUES)
def test_a_value_of_another_kind_never_crashes(line: str, value: object) -> None:
    key = line.split(" = ", maxsplit=1)[0]
    written = str(value).replace("'", '"').replace("True", "true").replace("False", "false")
    changed = WHOLE.replace(line, f"{key} = {written}")
    assert all(problem.startswith("any.toml") for problem in problems_if_any(changed))


def test_a_deeply_nested_file_is_refused() -> None:
    (problem,) = problems_of("a = " + "[" * 50_000)
    assert problem == "P77.toml: its brackets are nested too deep. Put the original file back."


def test_what_was_right_once_is_not_held_against_a_kept_text() -> None:
    old = WHOLE.replace('"T4=yes"', '"T99=yes"').replace('"must"', '"grave"')
    assert len(problems_of(old)) == 2
    kept = read_kept_procedure(old, "P77.toml")
    assert kept.attached_by == ("T99=yes",)
    assert kept.step("P77-1").severity is Severity.MUST
    assert kept.source == old
