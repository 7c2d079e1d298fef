"""Our accounts: the register of approved ones, who looks after each, when it was last checked."""

from dataclasses import replace
from functools import partial

from desktop.domain.calendar.times import say_date
from desktop.domain.policy.own_copy import ApprovedAccount
from desktop.operations.organisation.keep_own_copy import check_account, keep_account
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui.organisation.account_fields import ApprovedAccountForm
from desktop.ui.organisation.entry_row import Row, RowAction
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.widgets.chip import Tone
from desktop.ui.widgets.words import breakable

HINT = (
    "What is not on this list is not ours: look here first when somebody reports a fake account. "
    "At least two people have access to each and watch it; passwords are never entered here."
)
SOURCES = (
    ("S002:54", "state that it is an 'Official / Provision Approved Site'"),
    ("S001:40", "at least 2 members of staff will have access to each account and password"),
    ("S001:41", "monitored by at least two designated members of staff"),
)
EMPTY = "No account yet. Add each that your organisation runs, on whatever site."
NEW = ApprovedAccount(id="", platform="", address="")


class AccountsSection(OwnSection):
    """A row for each account; those that are no longer used come last."""

    def build(self, view: OwnView) -> None:
        """Show the register."""
        add = RowAction("addAccountButton", "Add an account…", partial(self._ask, NEW))
        accounts = sorted(view.own.accounts, key=lambda one: one.closed)
        rows = [self._row(number, one, view) for number, one in enumerate(accounts, 1)]
        self.add_card(
            "Approved accounts", rows, hint=HINT if rows else f"{EMPTY} {HINT}", actions=(add,)
        )
        quotes = tuple(f"“{quote}” {view.sources.say(where)}." for where, quote in SOURCES)
        self.add_card("Where this comes from", (Row(title="The policies", quotes=quotes),))

    def _row(self, number: int, account: ApprovedAccount, view: OwnView) -> Row:
        approved = f" on {say_date(account.approved_on)}" if account.approved_on else ""
        return Row(
            title=account.platform,
            text=breakable(account.address),
            details=(
                account.purpose,
                _watched(account),
                f"Approved by {account.approved_by}{approved}" if account.approved_by else "",
            ),
            chips=_chips(account, view),
            actions=self._actions(number, account),
        )

    def _actions(self, number: int, account: ApprovedAccount) -> tuple[RowAction, ...]:
        change = RowAction(f"changeAccount{number}Button", "Change…", partial(self._ask, account))
        opposite = replace(account, closed=not account.closed)
        close = RowAction(
            f"closeAccount{number}Button",
            "In use again" if account.closed else "No longer used",
            partial(self._close, opposite),
        )
        if account.closed:
            return (close,)
        check = partial(self._check, account)
        return RowAction(f"checkAccount{number}Button", "Looked at today", check), change, close

    def _ask(self, account: ApprovedAccount) -> None:
        ApprovedAccountForm(self, account).show_form()

    def _check(self, account: ApprovedAccount) -> None:
        change = partial(check_account, account_id=account.id)
        self.do(change, f"{account.platform}: looked at today.")

    def _close(self, account: ApprovedAccount) -> None:
        words = "no longer used. It stays in the register." if account.closed else "in use again."
        self.do(partial(keep_account, account=account), f"{account.platform}: {words}")


def _watched(account: ApprovedAccount) -> str:
    people = " and ".join(filter(None, (account.looked_after_by, account.second)))
    return f"Looked after by {people}" if people else "Nobody is entered who looks after it."


def _chips(account: ApprovedAccount, view: OwnView) -> tuple[tuple[str, Tone], ...]:
    if account.closed:
        return (("No longer used", "plain"),)
    chips: list[tuple[str, Tone]] = []
    if not (account.looked_after_by and account.second):
        chips.append(("Needs two people", "due"))
    if account.marked is False:
        chips.append(("Not marked as official", "due"))
    if account.is_old(view.today):
        chips.append(("Look at it", "due"))
    elif account.checked is not None:
        chips.append((f"Looked at {say_date(account.checked)}", "done"))
    return tuple(chips)
