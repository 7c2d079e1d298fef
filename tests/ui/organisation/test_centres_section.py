"""Centres: added, changed, taken off the list."""

from tests.ui.organisation.conftest import OpenTab


def test_a_centre_is_added_changed_and_taken_off(open_tab: OpenTab) -> None:
    tab = open_tab("centres")
    assert "No centre yet." in tab.words
    form = tab.form("addCentreButton")
    tab.refuse(form, "Write what the centre is called.", lead="Jo Field")
    tab.keep(form, name="North")
    assert "Led by Jo Field" in tab.words
    tab.keep(tab.form("changeCentre1Button"), name="North and west", lead="")
    assert [one.name for one in tab.own.centres] == ["North and west"]
    tab.press("dropCentre1Button")
    tab.answer()
    tab.wait("North and west is off the list.")
    assert tab.own.centres == ()
