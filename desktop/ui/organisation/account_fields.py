"""An approved account: where it is, what for, who looks after it with whom, who approved it."""

from functools import partial

from desktop.domain.calendar.times import say_date
from desktop.domain.policy.own_copy import ApprovedAccount
from desktop.operations.organisation.keep_own_copy import keep_account
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection

HINT = "Never enter a password here. Everything but the site and the address may stay empty."
YES_NO = (("yes", "Yes"), ("no", "No"))


class ApprovedAccountForm(OwnForm):
    """Asks for the account and the two people."""

    def __init__(self, parent: OwnSection, account: ApprovedAccount) -> None:
        title = f"Change {account.platform}" if account.id else "Add an account"
        name = f"ownAccount.{account.id}"
        super().__init__(parent.session, name, title, parent, hint=HINT)
        self._account = account
        self.form.add_line("platform", "Site or app")
        self.form.add_line("address", "Its address or name there")
        self.form.add_line("purpose", "What it is used for")
        self.form.add_line("looked_after_by", "Who looks after it")
        self.form.add_line("second", "Who else has access and watches it")
        self.form.add_line("approved_by", "Who approved it")
        self.form.add_when("approved_on", "Approved on").ask_for_day("20 Nov 2026")
        self.form.add_choice("marked", "Does it say that it is an official account?", YES_NO)
        self.form.add_choice("checked", "Did you look at it today?", YES_NO)
        self._fill(account)

    def _fill(self, account: ApprovedAccount) -> None:
        approved_on = account.approved_on
        self.form.set_texts(
            {
                "platform": account.platform,
                "address": account.address,
                "purpose": account.purpose,
                "looked_after_by": account.looked_after_by,
                "second": account.second,
                "approved_by": account.approved_by,
                "approved_on": say_date(approved_on) if approved_on else "",
                "marked": {True: "yes", False: "no", None: ""}[account.marked],
            }
        )

    def _keep(self) -> None:
        if self._lacks(
            ("platform", "Write on which site or app it is."),
            ("address", "Write its address, or its name there."),
        ):
            return
        if self.form.text("approved_on") and self.form.when("approved_on") is None:
            self._ask_for(
                "approved_on", "Write when it was approved as a date, such as 20 Nov 2026."
            )
            return
        self._run(partial(keep_account, account=self._entered()))

    def _entered(self) -> ApprovedAccount:
        texts = self.form.texts()
        approved_on = self.form.when("approved_on")
        today = self._session.clock.now().local.date()
        return ApprovedAccount(
            id=self._account.id,
            platform=texts["platform"],
            address=texts["address"],
            purpose=texts["purpose"],
            looked_after_by=texts["looked_after_by"],
            second=texts["second"],
            approved_by=texts["approved_by"],
            approved_on=approved_on.local.date() if approved_on else None,
            marked={"yes": True, "no": False}.get(texts["marked"]),
            checked=today if texts["checked"] == "yes" else self._account.checked,
            closed=self._account.closed,
        )
