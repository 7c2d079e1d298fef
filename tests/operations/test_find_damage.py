"""Damaged data files: each is said with its place and cure, and the program goes on."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.evidence.items import ORIGIN_FIELDS, ItemKind
from desktop.domain.incidents import Category
from desktop.domain.steps.procedures import POLICY_SOURCES
from desktop.operations.find_damage import data_problems
from desktop.operations.incident.keep_retention import show_retention
from desktop.operations.incident.keep_worksheets import list_worksheets, open_worksheet
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.log_state import PROBLEMS, show_log_state
from desktop.operations.organisation.keep_own_copy import choose_policy
from desktop.operations.organisation.show_own_copy import show_own_copy
from desktop.operations.program_files import read_program_data
from desktop.operations.show_today import show_today
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.steps.read_situation import read_situation
from desktop.operations.steps.show_policy_lines import show_policy_lines
from desktop.operations.steps.show_policy_words import show_policy_words
from desktop.operations.steps.show_vanishing import show_vanishing
from desktop.operations.workspace import Workspace
from tests.damaged_data import DATA, data_files, spoil_all

__all__ = ["data_files"]


def read_again(workspace: Workspace) -> Workspace:
    """Return the workspace of a log that never held a good text of any file."""
    return replace(workspace, data=read_program_data())


@pytest.mark.usefixtures("data_files")
def test_where_nothing_is_damaged_nothing_is_said(workspace: Workspace) -> None:
    assert data_problems(workspace) == ()
    assert not [one for one in show_log_state(workspace) if "damaged" in one.title]


def test_every_damaged_file_is_said_with_its_place_and_cure(
    data_files: Path, workspace: Workspace
) -> None:
    spoil_all(data_files)
    workspace = read_again(workspace)
    problems = data_problems(workspace)
    for name in DATA:
        file_name = name.rpartition("/")[2]
        assert [one for one in problems if one.startswith(file_name)], name
    (line,) = [one for one in show_log_state(workspace) if "damaged" in one.title]
    assert line.state == "late"
    assert "the strictest deadlines run" in line.detail
    assert f"\n{problems[0]}\n" in line.detail
    assert line.detail.endswith(f"\n… and {len(problems) - PROBLEMS} more.")


def test_everything_goes_on_without_them(data_files: Path, workspace: Workspace) -> None:
    incident_id = start_incident(workspace, "What happened").incident_id
    spoil_all(data_files)
    workspace = read_again(workspace)
    choose_policy(workspace, "training-provider")
    assert read_situation(workspace, incident_id).policies == frozenset(POLICY_SOURCES)
    assert show_checklists(workspace, incident_id).checklists
    assert show_policy_words(workspace, incident_id).title("DSL")
    assert show_own_copy(workspace).policy.title == "Training provider (its file is damaged)"
    assert show_policy_lines(workspace).policies[0] == ("S000", "S000")
    assert show_vanishing(workspace, incident_id) == ()
    assert show_retention(workspace, incident_id).retention_class is None
    assert workspace.data.retention.classes == ()
    assert workspace.data.platforms.medium(ItemKind.FILE, "").asks == ORIGIN_FIELDS
    assert workspace.data.laws.suggested([Category.OTHER]) == ()
    assert show_today(workspace).log_state
    assert list_worksheets(workspace, incident_id) == ()


def test_a_damaged_worksheet_says_what_is_wrong_when_it_is_opened(
    data_files: Path, workspace: Workspace
) -> None:
    incident_id = start_incident(workspace, "What happened").incident_id
    (data_files / "worksheets/ceop.toml").write_text("id = ", encoding="utf-8")
    workspace = read_again(workspace)
    with pytest.raises(ProcedureInvalid) as error:
        open_worksheet(workspace, incident_id, "ceop")
    assert error.value.problems[0].startswith("ceop.toml, line 1 (“id =”): ")
    assert open_worksheet(workspace, incident_id, "iwf").worksheet.id == "iwf"


def test_without_the_list_of_rules_nothing_looks_confirmed(
    data_files: Path, workspace: Workspace
) -> None:
    incident_id = start_incident(workspace, "What happened").incident_id
    attach_procedure(workspace, incident_id, "P06", "We want its steps")
    known = set(show_policy_words(workspace, incident_id).unconfirmed)
    (data_files / "policies/switches.toml").unlink()
    workspace = read_again(workspace)
    words = show_policy_words(workspace, incident_id)
    assert set(words.unconfirmed) <= known
    assert words.unconfirmed["csa-duty"].title == "the rule csa-duty"
    assert "cannot be read now" in words.unconfirmed["csa-duty"].check


def test_a_damaged_policy_hides_no_deadline(data_files: Path, workspace: Workspace) -> None:
    (data_files / "policies/apprenticeship-provider.toml").write_text("id = ", encoding="utf-8")
    data = read_again(workspace).data
    policy = data.policy("apprenticeship-provider")
    assert policy.id == "apprenticeship-provider"
    assert policy.sources == POLICY_SOURCES == data.policy("strictest").sources
    assert policy.limits == data.policy("strictest").limits
    assert "Every deadline of the five policies runs" in policy.note


@pytest.mark.usefixtures("data_files")
def test_a_rule_that_nobody_can_turn_on_is_said(workspace: Workspace) -> None:
    old = workspace.procedures["P06"]
    step = old.step("P06-10")
    deadline = replace(step.deadlines[0], switch="csa-dutty")
    wrong = replace(step, deadlines=(deadline,))
    steps = tuple(wrong if one is step else one for one in old.steps)
    faulty = {**workspace.procedures, "P06": replace(old, steps=steps)}
    (problem,) = data_problems(replace(workspace, procedures=faulty))
    assert problem.startswith(
        "P06.toml, procedure P06, step P06-10: it rests on the rule csa-dutty, which is not there."
    )
    assert "ceop-no-second-report, csa-duty, " in problem


@pytest.mark.usefixtures("data_files")
def test_a_rule_that_only_a_condition_of_a_step_names_is_said(workspace: Workspace) -> None:
    old = workspace.procedures["P06"]
    step = old.step("P06-10")
    wrong = replace(step, rules=(replace(step.rules[0], when=("off:csa-dutty",)),))
    steps = tuple(wrong if one is step else one for one in old.steps)
    faulty = {**workspace.procedures, "P06": replace(old, steps=steps)}
    (problem,) = data_problems(replace(workspace, procedures=faulty))
    assert "step P06-10: it rests on the rule csa-dutty, which is not there." in problem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('step = "P01-9"', 'step = "P01-99"', "it names the step P01-99, which is not there"),
        ('law = "kcsie"', 'law = "kcsi"', "it names the law kcsi, which is not there"),
        (
            'sources = ["S003"]',
            'sources = ["S003"]\nstanding = ["S99"]',
            "it names the procedure S99, which is not there",
        ),
        (
            'basis = "documented"',
            'basis = "documented"\nswitch = "csa-dutty"',
            "it rests on the rule csa-dutty, which is not there",
        ),
    ],
)
def test_what_a_policy_names_and_nobody_knows_is_said(
    data_files: Path, workspace: Workspace, old: str, new: str, said: str
) -> None:
    path = data_files / "policies/training-provider.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    (problem,) = data_problems(read_again(workspace))
    assert problem.startswith("training-provider.toml: ")
    assert said in problem
    assert problem.endswith(". Correct it.")


def test_a_worksheet_that_is_gone_is_missed(data_files: Path, workspace: Workspace) -> None:
    (data_files / "worksheets/lado.toml").unlink()
    gone = "lado.toml: it is not there. Put the original file back."
    assert data_problems(read_again(workspace)) == (gone,)


@pytest.mark.usefixtures("data_files")
def test_a_worksheet_that_only_a_step_knows_is_missed(workspace: Workspace) -> None:
    without = {name: one for name, one in workspace.data.worksheets.items() if name != "lado"}
    older = replace(workspace, data=replace(workspace.data, worksheets=without))
    gone = "lado.toml: it is not there. Put the original file back."
    assert data_problems(older) == (gone,)
