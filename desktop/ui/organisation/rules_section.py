"""Rules to confirm: what is not certain in law, what to check, and whether it is on here."""

from functools import partial

from desktop.domain.policy.switches import Switch
from desktop.operations.organisation.keep_own_copy import turn_switch
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui.organisation.entry_row import Row, RowAction
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.organisation.policy_words import say_lines

HINT = (
    "These rules are not certain, or bind only some. All are off until somebody here has checked "
    "them. What depends on one is shown as “not yet confirmed” while it is off."
)


class RulesSection(OwnSection):
    """A row for each switch: what to check, where, what it does, and who turned it on why."""

    def build(self, view: OwnView) -> None:
        """Show every switch as it stands."""
        rows = [self._row(one, view) for one in view.switches.switches]
        self.add_card("Rules to confirm", rows, hint=HINT)

    def _row(self, switch: Switch, view: OwnView) -> Row:
        on = switch.id in view.own.switches
        reason = view.reasons.get(switch.id, "")
        name = "".join(part.capitalize() for part in switch.id.split("-"))
        words = "Turn off…" if on else "Turn on…"
        return Row(
            title=switch.title,
            text=switch.check,
            details=(
                f"Look here: {switch.where}",
                f"When it is on: {switch.effect}",
                f"Turned on because: {reason}" if reason else "",
            ),
            quotes=say_lines(switch.lines, view.sources),
            chips=(("On", "done") if on else ("Off", "plain"),),
            actions=(RowAction(f"switch{name}Button", words, partial(self._ask, switch, not on)),),
        )

    def _ask(self, switch: Switch, on: bool) -> None:
        SwitchForm(self, switch, on=on).show_form()


class SwitchForm(OwnForm):
    """Asks on what advice a rule is turned on or off."""

    def __init__(self, parent: OwnSection, switch: Switch, *, on: bool) -> None:
        words = "Turn on" if on else "Turn off"
        super().__init__(
            parent.session,
            f"ownSwitch.{switch.id}.{on}",
            f"{words}: {switch.title}",
            parent,
            keep=words,
            hint=f"{switch.check}\nLook here: {switch.where}\nWhen it is on: {switch.effect}",
        )
        self._switch_id = switch.id
        self._on = on
        self.form.add_text("reason", "What you found, where, and who says so")

    def _keep(self) -> None:
        if self._lacks(("reason", "Write what you found, and where. One sentence is enough.")):
            return
        reason = self.form.text("reason")
        self._run(partial(turn_switch, switch_id=self._switch_id, on=self._on, reason=reason))
