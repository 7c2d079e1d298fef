"""An entry that would be earlier than the last one puts the clock on record; it is not refused."""

from desktop.domain.log.custody import Action
from desktop.operations.checking.notice_clock import notice_clock
from desktop.operations.organisation.keep_organisation import change_childrens_services
from desktop.operations.workspace import CLOCK_BEHIND, Workspace
from tests.clocks import FrozenClock


def actions(workspace: Workspace) -> list[Action]:
    return [entry.action for entry, _ in workspace.log.custody.walk()]


def test_an_entry_before_the_last_one_puts_the_clock_on_record_once(
    workspace: Workspace, clock: FrozenClock
) -> None:
    was = clock.now()
    clock.advance(hours=-3)
    change_childrens_services(workspace, "1234")
    change_childrens_services(workspace, "5678")
    assert actions(workspace)[-3:] == [
        Action.CLOCK_WENT_BACK,
        Action.ORGANISATION_CHANGED,
        Action.ORGANISATION_CHANGED,
    ]
    assert workspace.log.settings.get(CLOCK_BEHIND) == was.to_text()


def test_a_minute_is_let_pass(workspace: Workspace, clock: FrozenClock) -> None:
    clock.advance(seconds=-59)
    change_childrens_services(workspace, "1234")
    assert Action.CLOCK_WENT_BACK not in actions(workspace)


def test_what_the_window_noticed_is_recorded_once(
    workspace: Workspace, clock: FrozenClock
) -> None:
    was = clock.now()
    clock.advance(hours=-3)
    notice_clock(workspace, was)
    change_childrens_services(workspace, "1234")
    assert actions(workspace).count(Action.CLOCK_WENT_BACK) == 1
