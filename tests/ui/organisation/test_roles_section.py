"""Roles: titles and names, and whether two of them are one person."""

from desktop.domain.policy.own_copy import OwnRole
from desktop.ui.organisation.roles_section import RolesSection
from tests.ui.organisation.conftest import OpenTab


def test_a_role_is_filled_in(open_tab: OpenTab) -> None:
    tab = open_tab("roles")
    assert "Nobody entered" in tab.words
    form = tab.form("roleDSLButton")
    tab.keep(form, title="Lead", holder="Pat Smith", deputy="Ada Reed")
    assert tab.own.roles == (
        OwnRole(role="DSL", title="Lead", holder="Pat Smith", deputy="Ada Reed"),
    )
    assert "While they are away: Ada Reed" in tab.words
    again = tab.form("roleDSLButton")
    assert again.form.text("holder") == "Pat Smith"
    again.cancel_button.click()


def test_the_titles_are_those_of_the_policy(open_tab: OpenTab) -> None:
    tab = open_tab("roles")
    assert tab.section.view is not None
    assert tab.section.view.policy.title_of("DSL") in tab.words


def test_the_coordinator_may_be_somebody_else(open_tab: OpenTab) -> None:
    tab = open_tab("roles")
    section = tab.section
    assert isinstance(section, RolesSection)
    assert section.same_row.value() == "yes"
    tab.press("oscIsDslNoButton")
    tab.wait("Steps that name both")
    assert not tab.own.osc_is_dsl


def test_the_form_of_a_role_needs_a_view(open_tab: OpenTab) -> None:
    tab = open_tab("roles")
    section = tab.section
    assert isinstance(section, RolesSection)
    section.forget()
    section._ask("DSL")
    section.show_again()
    assert tab.words == ""
