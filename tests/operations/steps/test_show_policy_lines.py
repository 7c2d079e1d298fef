from desktop.operations.organisation.keep_own_copy import choose_policy
from desktop.operations.steps.show_policy_lines import show_policy_lines
from desktop.operations.workspace import Workspace


def test_the_table_tells_each_policy_and_which_is_followed(workspace: Workspace) -> None:
    table = show_policy_lines(workspace)
    assert [reference for reference, _name in table.policies] == [
        "S000", "S001", "S002", "S003", "S004",
    ]  # fmt: skip
    assert len(table.followed) == len(table.policies)
    assert {one.policy for one in table.of("S002")} == {"S002"}
    assert sum(len(table.of(reference)) for reference, _name in table.policies) == len(table.lines)


def test_the_chosen_policy_is_the_one_that_is_followed(workspace: Workspace) -> None:
    choose_policy(workspace, "alternative-provision")
    assert show_policy_lines(workspace).followed == ("S002",)
