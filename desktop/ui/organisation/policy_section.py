"""Policy: which one is followed, and what each of them means for roles, steps and deadlines."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desktop.domain.calendar.times import say_date
from desktop.domain.policy.own_copy import STRICTEST
from desktop.domain.policy.policies import Duty, Limit, Policy, Title
from desktop.operations.organisation.keep_own_copy import choose_policy
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui import messages
from desktop.ui.organisation.entry_row import Row
from desktop.ui.organisation.overdue_card import overdue_card
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.organisation.policy_words import (
    BASIS_CHIPS,
    category_rows,
    definition_rows,
    law_rows,
    say_limit,
    say_lines,
    say_person,
    say_role,
    say_tell,
)
from desktop.ui.session import Session
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import Chip, Tone
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, field_label, secondary

LETTERS = 30
NOT_CHOSEN = (
    "Nobody has chosen a policy yet. Until then the strictest deadlines and stops of all apply, "
    "and nobody is told more than the steps say anyway."
)
STANDING = "What comes up again and again, incident or not."
KINDS = "The kinds of incident that it speaks of. Every kind can be chosen under any policy."
LAWS = "What applies today in place of what it names. In an incident: possibly, never more."
ASK = (
    "New checklists follow it. Incidents that run already stay under the policy they began with, "
    "and nothing that was recorded changes."
)


class PolicySection(OwnSection):
    """A list to look at each policy, a button to follow it, and below what it says."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._looked_at = ""

    def build(self, view: OwnView) -> None:
        """Show the policy that is looked at: the one that is followed, at first."""
        looked_at = self._looked_at or view.own.policy_id
        policy = next((one for one in view.policies if one.id == looked_at), view.policy)
        self.body.addWidget(self._build_choice(view, policy))
        if view.overdue:
            self.body.addWidget(overdue_card(view.overdue, self))
        self.body.addWidget(self._build_meaning(policy))
        self._add_duties("Standing duties", policy.standing_duties, view, policy, STANDING)
        self._add_titles(policy, view)
        self._add_tells(policy, view)
        self._add_limits(policy.limits, view)
        self._add_slips(policy, view)
        self._add_words(policy, view)
        rest = tuple(one for one in policy.duties if not one.is_standing)
        self._add_duties("What it expects of everybody", rest, view, policy)

    def _build_choice(self, view: OwnView, policy: Policy) -> Card:
        card = Card("Which policy do you follow?", self)
        box = QComboBox(card)
        box.setObjectName("policyBox")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LETTERS)
        for one in view.policies:
            box.addItem(one.title, one.id)
        box.setCurrentIndex(box.findData(policy.id))
        box.activated.connect(self._on_looked_at)
        self.box = box
        card.body.addWidget(field_label("&Look at a policy", box, card))
        card.body.addWidget(box)
        followed = view.own.policy_chosen and policy.id == view.own.policy_id
        card.body.addWidget(_state(view, policy, card))
        if not followed:
            row = QWidget(card)
            flow = FlowLayout(row)
            flow.addWidget(self._build_follow(policy, row))
            card.body.addWidget(row)
        if not view.own.policy_chosen:
            card.body.addWidget(secondary(NOT_CHOSEN, card))
        return card

    def _build_follow(self, policy: Policy, row: QWidget) -> QPushButton:
        button = plain_button("followPolicyButton", "Follow this policy", row)
        set_role(button, "primary")
        button.clicked.connect(partial(self._on_follow_clicked, policy))
        return button

    def _build_meaning(self, policy: Policy) -> Card:
        card = Card(policy.title, self)
        for words in filter(None, (policy.meaning, policy.note)):
            card.body.addWidget(body(words, card))
        if policy.checked:
            checked = say_date(date.fromisoformat(policy.checked))
            card.body.addWidget(secondary(f"Read against its source on {checked}.", card))
        return card

    def _add_titles(self, policy: Policy, view: OwnView) -> None:
        rows = [
            Row(
                title=one.title,
                details=(_plain(one), "There can be several." if one.several else ""),
                quotes=say_lines(one.lines, view.sources),
            )
            for one in policy.titles
        ]
        self.add_card("What it calls people", rows)

    def _add_tells(self, policy: Policy, view: OwnView) -> None:
        rows = [say_tell(one, view.procedures.values(), view.sources) for one in policy.tells]
        hint = "The program tells nobody by itself: a step says whom to tell, and you do."
        nobody = "It adds nobody to those whom the steps tell anyway."
        self.add_card("Whom it tells", rows, hint=hint if rows else nobody)

    def _add_limits(self, limits: Sequence[Limit], view: OwnView) -> None:
        rows = [
            Row(
                title=one.text,
                chips=(_limit_chip(one, view),),
                details=(say_limit(one),),
                quotes=say_lines(one.lines, view.sources),
            )
            for one in limits
        ]
        hint = "Every deadline is shown with its source. None is invented, none is hidden."
        self.add_card("Which clocks run", rows, hint=hint)

    def _add_slips(self, policy: Policy, view: OwnView) -> None:
        rows = [
            Row(title=one.title, text=one.correction, quotes=say_lines(one.lines, view.sources))
            for one in policy.slips
        ]
        if rows:
            hint = "Where the policy is out of date or contradicts itself, and what is done here."
            self.add_card("What is put right", rows, hint=hint)

    def _add_words(self, policy: Policy, view: OwnView) -> None:
        """Show what the policy means by its words, and which kinds and laws it names."""
        for title, rows, hint in (
            ("What its words mean", definition_rows(policy, view.sources), ""),
            ("Kinds of incident in it", category_rows(policy, view.sources), KINDS),
            ("Laws and guidance it names", law_rows(policy, view.laws, view.sources), LAWS),
        ):
            if rows:
                self.add_card(title, rows, hint=hint)

    def _add_duties(
        self, title: str, duties: Iterable[Duty], view: OwnView, policy: Policy, hint: str = ""
    ) -> None:
        rows = [
            Row(
                title=one.title,
                text=one.text,
                details=(_about(one, policy),),
                quotes=say_lines(one.lines, view.sources),
            )
            for one in duties
        ]
        if rows:
            self.add_card(title, rows, hint=hint)

    @Slot(int)
    def _on_looked_at(self, _index: int) -> None:
        self._looked_at = str(self.box.currentData())
        self.show_again()

    def _on_follow_clicked(self, policy: Policy) -> None:
        follow = partial(self._follow, policy)
        messages.ask(self, f"Follow “{policy.title}”?", ASK, "Follow it", follow)

    def _follow(self, policy: Policy) -> None:
        change = partial(choose_policy, policy_id=policy.id)
        self.do(change, f"New checklists follow “{policy.title}” from now on.")


def _state(view: OwnView, policy: Policy, parent: QWidget) -> Chip:
    words, tone = _state_words(view, policy)
    return Chip(words, tone, parent)


def _state_words(view: OwnView, policy: Policy) -> tuple[str, Tone]:
    if policy.id != view.own.policy_id:
        return "Not followed here", "plain"
    if view.own.policy_chosen:
        return "This is the policy you follow", "done"
    return "In force until you choose", "due" if policy.id == STRICTEST else "plain"


def _limit_chip(limit: Limit, view: OwnView) -> tuple[str, Tone]:
    if limit.switch and limit.switch not in view.own.switches:
        return "off, to be confirmed", "due"
    return BASIS_CHIPS[limit.basis]


def _plain(title: Title) -> str:
    """Say the role in plain words, unless its title is that already."""
    plain = say_role(title.role)
    return "" if plain.casefold() == title.title.casefold() else plain


def _about(duty: Duty, policy: Policy) -> str:
    every = f"How often: {duty.every}." if duty.every else ""
    place = f"Here: {duty.place}." if duty.place else ""
    return " ".join(filter(None, (f"{say_person(duty.who, policy)}.", every, place)))
