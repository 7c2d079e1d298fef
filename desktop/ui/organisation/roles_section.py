"""Roles: what each is called here, who fills it, and who stands in."""

from functools import partial

from PySide6.QtCore import Slot

from desktop.domain.policy.own_copy import PEOPLE_ROLES, ROLE_TITLES, OwnRole
from desktop.operations.organisation.keep_own_copy import keep_role, say_osc_is_dsl
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.organisation.entry_row import Row, RowAction
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.widgets.card import Card

SAME = "Are the DSL and the online safety coordinator one person?"
SAME_HINT = (
    "Steps name both where a policy does. If it is one person, they are told once; if not, a step "
    "is done when both are told."
)
ROLES_HINT = "The title is what steps say. Names stand here only, for whoever has to look one up."


class RolesSection(OwnSection):
    """One question, then a row for each role."""

    def build(self, view: OwnView) -> None:
        """Show every role as it is called and filled now."""
        card = Card(SAME, self, hint=SAME_HINT)
        self.same_row = ChoiceRow("oscIsDsl", SAME, (("yes", "Yes"), ("no", "No")), card)
        self.same_row.set_value("yes" if view.own.osc_is_dsl else "no")
        self.same_row.chosen.connect(self._on_same_chosen)
        card.body.addWidget(self.same_row)
        self.body.addWidget(card)
        rows = [self._row(role, view) for role in PEOPLE_ROLES]
        self.add_card("Who does what", rows, hint=ROLES_HINT)

    def _row(self, role: str, view: OwnView) -> Row:
        own, title = view.own.role(role), view.titles[role]
        plain = ROLE_TITLES[role]
        filled = f"{own.holder}" if own.holder else ""
        deputy = f"While they are away: {own.deputy}" if own.deputy else ""
        words = "Change…" if own != OwnRole(role=role) else "Fill in…"
        name = f"role{role.replace('-', '')}Button"
        return Row(
            title=title,
            text=filled,
            details=("" if title == plain else plain, deputy),
            chips=() if own.holder else (("Nobody entered", "plain"),),
            actions=(RowAction(name, words, partial(self._ask, role)),),
        )

    def _ask(self, role: str) -> None:
        if self.view is not None:
            said = self.view.policy.title_of(role)
            usual = ROLE_TITLES[role] if said == role else said
            RoleForm(self, self.view.own.role(role), usual).show_form()

    @Slot(str)
    def _on_same_chosen(self, value: str) -> None:
        change = partial(say_osc_is_dsl, same=value == "yes")
        self.do(change, "Kept. Steps that name both go by it from now on.")


class RoleForm(OwnForm):
    """Asks for a title, if another is used, and for names."""

    def __init__(self, parent: OwnSection, own: OwnRole, usual: str) -> None:
        super().__init__(
            parent.session,
            f"ownRole.{own.role}",
            usual,
            parent,
            hint="Every field may stay empty. Names are for looking up; steps speak of the role.",
        )
        self._role = own.role
        self.form.add_line("title", "What you call the role, if not as above", usual)
        self.form.add_line("holder", "Who fills it")
        self.form.add_line("deputy", "Who does it while they are away")
        self.form.set_texts({"title": own.title, "holder": own.holder, "deputy": own.deputy})

    def _keep(self) -> None:
        texts = self.form.texts()
        role = OwnRole(
            role=self._role,
            title=texts["title"],
            holder=texts["holder"],
            deputy=texts["deputy"],
        )
        self._run(partial(keep_role, role=role))
