"""Our accounts: the register, two people for each, looked at once a year."""

from datetime import date

from tests.ui.organisation.conftest import OpenTab

TODAY = date(2026, 11, 20)


def test_an_account_is_added_and_what_is_missing_is_said(open_tab: OpenTab) -> None:
    tab = open_tab("accounts")
    assert "No account yet." in tab.words
    form = tab.form("addAccountButton")
    tab.refuse(form, "Write on which site or app it is.")
    tab.refuse(form, "Write its address", platform="Photo site")
    tab.refuse(form, "as a date", address="example.org/us", approved_on="some day")
    tab.keep(form, approved_on="2 Nov 2026", approved_by="Pat Smith", marked="no")
    (account,) = tab.own.accounts
    assert (account.approved_on, account.marked, account.checked) == (
        date(2026, 11, 2), False, None,
    )  # fmt: skip
    for said in ("Needs two people", "Not marked as official", "Look at it", "2 Nov 2026"):
        assert said in tab.words
    assert "Nobody is entered who looks after it." in tab.words


def test_it_is_looked_at_by_two_people(open_tab: OpenTab) -> None:
    tab = open_tab("accounts")
    form = tab.form("addAccountButton")
    people = {"looked_after_by": "Jo Field", "second": "Ada Reed"}
    tab.keep(form, platform="Site", address="example.org", **people)
    assert "Looked after by Jo Field and Ada Reed" in tab.words
    tab.press("checkAccount1Button")
    tab.wait("Site: looked at today.")
    tab.wait_for_words("Looked at 20 Nov 2026")
    assert tab.own.accounts[0].checked == TODAY
    again = tab.form("changeAccount1Button")
    assert again.form.text("second") == "Ada Reed"
    tab.keep(again, marked="yes", checked="yes")
    assert tab.own.accounts[0].marked is True


def test_one_that_is_no_longer_used_stays_in_the_register(open_tab: OpenTab) -> None:
    tab = open_tab("accounts")
    tab.keep(tab.form("addAccountButton"), platform="Site", address="example.org")
    tab.press("closeAccount1Button")
    tab.wait("It stays in the register.")
    assert tab.own.accounts[0].closed
    tab.wait_for_words("No longer used")
    tab.press("closeAccount1Button")
    tab.wait("Site: in use again.")
    assert not tab.own.accounts[0].closed
