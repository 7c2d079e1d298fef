"""Each of the later procedures against the table that it was written from."""

import re
from collections.abc import Iterator

import pytest

from desktop.domain.steps.procedures import Act, NotApplicable, Scope, Severity, Step
from tests.situations import procedures

# Step, severity, what leaves it out, who is told (all of them named), what it rests on (at least).
TABLE = """
P07-1   stop     rule     POLICE            L9 N1
P07-2   stop     never    -                 S003:161 own
P07-3   must     never    DSL,OSC           P3 S000:64
P07-4   must     never    -                 P1
P07-5   should   reason   PREVENT           P1 P3 S003:93
P07-6   should   reason   TARGET,PARENT     P1
P07-7   must     reason   PREVENT,CSC       P1 P2
P07-8   should   reason   POLICE            H5
P07-9   must     never    -                 K1
P08-1   must     never    -                 S003:190
P08-2   must     outside  -                 S002:60 S001:43 S001:64
P08-3   must     rule     DSL,OSC,HEAD      S002:60 S002:118 S002:130
P08-4   should   reason   TARGET,OTHER      S001:43
P08-5   should   reason   IT,SLT            S001:40 S001:41 S002:55 S002:82
P08-6   must     rule     DSL               S001:66 S001:33
P08-7   should   reason   HEAD,HR           S002:119 S002:116
P08-8   consider reason   EMPLOYER          S001:43
P09-1   must     never    -                 H2
P09-2   must     never    SLT               S002:54 S002:123
P09-3   must     never    SLT,DSL           S002:54
P09-4   must     rule     PLATFORM,OTHER    S002:137 H3
P09-5   must     never    -                 own
P09-6   should   reason   MARKETING         design
P09-7   consider rule     CEOP              C1
P09-8   should   rule     POSH              H3 H6
P10-1   must     rule     DSL               S000:48 S004:62
P10-2   must     rule     DSL               S000:50 S000:52 S002:131
P10-3   must     rule     DSL,OSC           S002:70
P10-4   must     never    -                 L2 L1
P10-5   must     reason   -                 S001:64
P10-6   should   rule     DSL               S001:92 S001:93 S001:94 S001:95
P10-7   should   rule     SLT               S000:52 S004:107
P10-8   must     rule     -                 S000:50 S004:86 S004:87
P10-9   should   rule     HEAD,HR           S004:89
P10-10  must     rule     LINE-MGR          S002:74
P10-11  should   rule     -                 S002:90
P12-1   must     never    -                 S003:190
P12-2   must     reason   TARGET            S002:115
P12-3   must     rule     PLATFORM          H3
P12-4   must     reason   TARGET,IT         own
P12-5   must     reason   POLICE            own S002:115
P12-6   consider rule     CEOP              C1
P12-7   should   rule     POSH              H3
P12-8   must     rule     PARENT            S003:184
P13-1   must     never    -                 S004:117
P13-2   must     never    DSL,OSC           S003:103 S003:106 S002:118
P13-3   must     rule     HEAD,HR           S004:117
P13-4   must     reason   IT                S003:103
P13-5   should   reason   PARENT            S003:144
P13-6   should   reason   IT                S003:97
P13-7   must     rule     ICO,OTHER         own
P14-1   stop     rule     POLICE            own
P14-2   must     never    TARGET            own
P14-3   must     never    DSL,OSC           own
P14-4   must     reason   CSC,ASC,OTHER     own
P14-5   must     never    -                 G1 G12
P14-6   must     never    -                 S003:162
P14-7   must     reason   PLATFORM          own
P14-8   must     rule     PARENT            own
P14-9   must     never    -                 own
P14-10  must     reason   POLICE            G1 G12
P15-1   must     never    -                 own
P15-2   must     reason   CSC               own
P15-3   must     never    -                 own
P15-4   must     never    -                 own
P15-5   must     reason   PARENT            own
P15-6   must     never    -                 own
P15-7   must     never    -                 S003:171
P15-8   must     reason   POLICE            own
S6-1    must     never    DSL               D1
S6-2    must     never    -                 own
S6-3    must     never    -                 own
S6-4    must     rule     OTHER             D2
S6-5    must     rule     -                 D1
S6-6    must     rule     -                 own D2
S6-7    must     rule     -                 D2
S6-8    must     rule     PARENT,TARGET,OTHER  D2 S002:161
S6-9    must     rule     PARENT,TARGET,OTHER  D2 S002:161
S6-10   must     rule     POLICE,OTHER      own
S6-11   must     rule     -                 K1
S6-12   must     rule     OTHER             K1 S002:161
S7-1    must     never    -                 S003:98
S7-2    must     reason   OTHER             S003:97
S7-3    should   reason   -                 design
S7-4    must     never    -                 Q1 Q2
S7-5    must     never    EXEC              S003:98
S7-6    should   reason   CHAMPION          S003:41
S7-7    should   reason   EXEC              S003:216
S8-1    must     never    -                 D3 D4 L5 L6
S8-2    must     never    -                 L5
S8-3    must     never    -                 D3
S8-4    must     reason   -                 design
S8-5    must     reason   -                 design
S9-1    stop     never    -                 S004:117 G4
S9-2    stop     rule     -                 design
S9-3    stop     never    POLICE            S004:117 G4
S9-4    must     never    -                 design
S9-5    must     rule     IT                S004:117
S9-6    should   rule     POLICE            design
S9-7    consider outside  POLICE            design
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]

QUOTES = """
P07-2 Activity likely to support extremism or radicalisation
P07-5 Liaise with the Local Authority in respect of Safeguarding and Prevent Policies
P08-1 Secure and preserve any evidence
P08-2 should immediately be removed
P08-2 will remove inappropriate posts by learners or staff
P08-2 should not delete any messages or communications sent to or from organisation accounts
P08-3 reported to the Online Safety Coordinator, Designated Safeguarding Lead (DSL) and the \
Managing Partner (if appropriate)
P08-3 they must inform the provision so that steps can be taken
P08-3 they should contact the provision so that the provision can work with the parents
P08-4 explaining why, and informing anyone who may be affected (as well as the employer of any \
learners involved)
P08-5 updates to passwords must be shared with the SLT
P08-6 dealt with in the same way as a face-to-face disclosure
P08-7 pupils, staff and parents
P09-2 state that it is an 'Official / Provision Approved Site'
P09-2 must have permission from the Managing Partner
P09-3 this should be reported to the Senior Leadership and Safeguarding team
P09-4 may not be used without explicit permission from the Managing Partner
P10-1 they must report their concerns to the Safeguarding Team within 48 hours
P10-1 They should report and record any incident with this potential.
P10-2 Learners are also to report any concerns regarding social media contact
P10-2 using the same process as above
P10-3 must be reported immediately to the DSL and to the Online Safety Coordinator
P10-6 end the conversation or stop replying
P10-6 suggest discussing the subject further at the next one to one session
P10-6 inform the organisations lead safeguarding officer in the interest of transparency
P10-6 provide contact details for the organisations designated safeguarding lead or appropriate \
agencies
P10-7 make any such contact known to the senior leadership team
P10-8 will treat it as a safeguarding concern
P10-8 We will carry out a thorough investigation.
P10-9 advise the Headteacher of the justification for any such action already taken or proposed
P10-10 any deviation from this in an emergency must at once be reported to the line manager
P10-11 reasonableness, what risks could reasonably be known at the time the offence took place \
and consistency
P12-2 create an account in another person's name without their consent
P13-2 any misuse / attempted misuse can be reported to the E-Safety Co-ordinator for investigation
P13-2 They report any suspected misuse or problem
P13-3 will not attempt to investigate or evaluate the material themselves until such advice is \
received
P13-4 is regularly monitored
P13-5 inappropriate in an education or employment context
P13-6 change control measures
S6-8 via secure file transfer services or by password protected documents only
S7-2 discuss current issues, review incident logs and change control measures
S7-5 Report regularly to the Executive Team on a quarterly basis.
S7-6 constantly updated with an overview of all matters relating to Safeguarding
S9-3 the police should be immediately informed
"""
LATER = ("P07", "P08", "P09", "P10", "P12", "P13", "P14", "P15", "S6", "S7", "S8", "S9")


def _step(step_id: str) -> Step:
    return procedures()[step_id.rsplit("-", 1)[0]].step(step_id)


def _later() -> Iterator[Step]:
    for name in LATER:
        yield from procedures()[name].steps


def _worded(text: str) -> str:
    return " ".join(text.split())


def test_the_table_and_the_procedures_have_the_same_steps_in_the_same_order() -> None:
    assert [row[0] for row in ROWS] == [step.id for step in _later()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_step_is_as_binding_and_told_to_as_many_as_in_its_table(row: list[str]) -> None:
    step_id, severity, left_out, told, *references = row
    step = _step(step_id)
    assert (step.severity, step.not_applicable) == (severity, left_out)
    assert step.recipients == (() if told == "-" else tuple(told.split(",")))
    assert set(references) <= {one.reference for one in step.authorities}


@pytest.mark.parametrize("line", QUOTES.strip().splitlines())
def test_a_step_carries_the_words_of_its_policy(line: str) -> None:
    step_id, _, quote = line.partition(" ")
    carried = [one for one in _step(step_id).authorities if quote in one.quote]
    assert carried
    assert all(re.fullmatch(r"S\d{3}:\d+", one.reference) for one in carried)


def test_no_quote_names_an_organisation() -> None:
    for step in _later():
        for one in step.authorities:
            assert not re.search(r"\b[A-Z]{4}\b", one.quote.replace("HDVB", "")), step.id


def test_what_has_no_source_says_so() -> None:
    for step in _later():
        for one in step.authorities:
            assert one.quote or one.note, step.id


def test_only_these_stop_everything_else() -> None:
    stops = {step.id for step in _later() if step.severity is Severity.STOP}
    assert stops == {"P07-1", "P07-2", "P14-1", "S9-1", "S9-2", "S9-3"}
    assert all(_step(step_id).order < 600 for step_id in stops)


def test_two_people_look_before_something_leaves_or_goes() -> None:
    two = {step.id for step in _later() if step.second}
    assert two == {"P08-2", "S6-7", "S7-4", "S8-4", "S9-7"}


def test_each_removal_waits_for_a_capture_that_is_never_left_out() -> None:
    removals = {step.id: step.after for step in _later() if step.removes}
    assert removals.keys() == {"P08-2", "P09-4", "P12-3", "P14-7"}
    for step_id, after in removals.items():
        captures = [one for one in map(_step, after) if Act.CAPTURE in one.acts]
        assert captures, step_id
        assert all(one.not_applicable is NotApplicable.NEVER for one in captures)


def test_a_removal_elsewhere_waits_for_the_decision_about_the_police() -> None:
    assert {"P12-5", "S3-1"} <= set(_step("P12-3").after)
    assert {"P14-10", "S3-1"} <= set(_step("P14-7").after)
    assert {"P09-1", "P09-2", "P09-3"} <= set(_step("S4-2").after)
    for step_id in ("P08-2", "P12-3", "P14-7"):
        facts = {fact for rule in _step(step_id).rules for fact in rule.when}
        assert "S3-2.leave_live=leave it up" in facts


def test_terrorist_material_and_what_came_in_already_are_never_captured() -> None:
    for name in ("P07", "S9"):
        assert not any(Act.CAPTURE in step.acts for step in procedures()[name].steps)
        assert procedures()[name].notice
    assert "Do not download" in procedures()["P07"].notice
    assert "delete" in procedures()["S9"].notice
    assert {name for name in LATER if procedures()[name].notice} == {"P07", "S9"}


def test_what_belongs_to_the_organisation_does_not_run_in_an_incident() -> None:
    whole = {name for name in LATER if procedures()[name].scope is Scope.ORGANISATION}
    assert whole == {"S7", "S8"}
    assert not any(procedures()[name].attached_by for name in (*whole, "S6"))


def test_what_nobody_has_confirmed_names_the_switch_that_confirms_it() -> None:
    unsure = {(one.unsure, step.id) for step in _later() for one in step.authorities}
    assert {
        ("kcsie-2026", "P07-9"),
        ("kcsie-2026", "S6-12"),
        ("data-breach-72h", "P13-7"),
        ("self-harm-offence", "P14-5"),
        ("helpline-hours", "P09-8"),
        ("sealed-advice", "S9-2"),
    } <= unsure
    assert all(("kcsie-2026", f"P15-{number}") in unsure for number in range(1, 9))
