"""Working days: whose bank holidays count, which days you work, and which you are closed."""

from functools import partial

from PySide6.QtCore import Slot

from desktop.domain.calendar.bank_holidays import Nation, bank_holidays
from desktop.domain.calendar.times import say_date
from desktop.domain.policy.own_copy import FreeDay
from desktop.domain.policy.own_values import WEEK
from desktop.operations.organisation.keep_own_copy import (
    choose_nation,
    choose_weekdays,
    drop_free_day,
    keep_free_day,
)
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui import messages
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.organisation.entry_row import Row, RowAction
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.tag_row import TagRow
from desktop.ui.widgets.words import secondary

NATION = "Whose bank holidays count?"
NATION_HINT = (
    "The program works them out by itself, for any year. One that is proclaimed once, such as for "
    "a coronation, is added below."
)
WEEK_HINT = (
    "Your own working days count for your own deadlines only. Documented deadlines always count "
    "Monday to Friday without bank holidays: an office that waits for you keeps those."
)
FREE_HINT = (
    "A proclaimed bank holiday counts for every deadline. A day you are closed, such as one "
    "between Christmas and New Year, counts for your own deadlines only."
)
KINDS = (("proclaimed", "A bank holiday proclaimed once"), ("closed", "A day we are closed"))


class DaysSection(OwnSection):
    """Nation, weekdays, free days, and the bank holidays that follow from them."""

    def build(self, view: OwnView) -> None:
        """Show what counts now."""
        self._add_nation(view)
        self._add_week(view)
        add = RowAction("addFreeDayButton", "Add a day…", self._ask)
        rows = [self._row(number, one) for number, one in enumerate(view.own.free_days, 1)]
        self.add_card("Further free days", rows, hint=FREE_HINT, actions=(add,))
        self._add_computed(view)

    def _add_nation(self, view: OwnView) -> None:
        card = Card(NATION, self, hint=NATION_HINT)
        nations = [(one.value, one.value) for one in Nation]
        self.nation_row = ChoiceRow("nation", NATION, nations, card)
        self.nation_row.set_value(view.own.calendar.nation.value)
        self.nation_row.chosen.connect(self._on_nation_chosen)
        card.body.addWidget(self.nation_row)
        self.body.addWidget(card)

    def _add_week(self, view: OwnView) -> None:
        card = Card("On which days do you work?", self, hint=WEEK_HINT)
        days = [(str(number), words) for number, words in enumerate(WEEK)]
        self.week_row = TagRow(days, card, name="On which days do you work?")
        self.week_row.set_value(map(str, view.own.weekdays))
        self.week_row.chosen.connect(self._on_week_chosen)
        card.body.addWidget(self.week_row)
        self.body.addWidget(card)

    def _row(self, number: int, free_day: FreeDay) -> Row:
        drop = partial(self._ask_to_drop, free_day)
        words = "bank holiday" if free_day.proclaimed else "closed"
        return Row(
            title=say_date(free_day.day),
            text=free_day.name,
            chips=((words, "info" if free_day.proclaimed else "plain"),),
            actions=(RowAction(f"dropFreeDay{number}Button", "Take away…", drop),),
        )

    def _add_computed(self, view: OwnView) -> None:
        nation = view.own.calendar.nation
        card = Card(f"Bank holidays of {nation.value}", self)
        for year in (view.today.year, view.today.year + 1):
            days = ", ".join(
                f"{WEEK[day.weekday()]} {say_date(day)}"
                for day in sorted(bank_holidays(year, nation))
            )
            card.body.addWidget(secondary(f"{days}.", card))
        self.body.addWidget(card)

    def _ask(self) -> None:
        FreeDayForm(self).show_form()

    def _ask_to_drop(self, free_day: FreeDay) -> None:
        drop = partial(self._drop, free_day)
        words = say_date(free_day.day)
        explanation = "Deadlines are counted anew without it."
        messages.ask(self, f"Take {words} off the list?", explanation, "Take it off", drop)

    def _drop(self, free_day: FreeDay) -> None:
        self.do(partial(drop_free_day, day=free_day.day), "Deadlines are counted without it.")

    @Slot(str)
    def _on_nation_chosen(self, value: str) -> None:
        self.do(partial(choose_nation, nation=Nation(value)), f"Bank holidays: {value}.")

    @Slot(tuple)
    def _on_week_chosen(self, days: tuple[str, ...]) -> None:
        if not days:
            messages.tell(self, "Choose at least one day on which you work.", "warn")
            return
        chosen = tuple(int(day) for day in days)
        self.do(partial(choose_weekdays, days=chosen), "Your own deadlines are counted by this.")


class FreeDayForm(OwnForm):
    """Asks for a day, its name and its kind."""

    def __init__(self, parent: OwnSection) -> None:
        super().__init__(parent.session, "freeDay", "Add a free day", parent, hint=FREE_HINT)
        self.form.add_when("day", "Which day").ask_for_day("28 Dec 2026", ahead=True)
        self.form.add_line("name", "What it is", "for example closed until New Year")
        self.form.add_choice("kind", "Which kind of day it is", KINDS)

    def _keep(self) -> None:
        when = self.form.when("day")
        if when is None:
            self._ask_for("day", "Write a date, such as 28 Dec 2026.")
            return
        if self._lacks(("name", "Write what it is."), ("kind", "Choose which kind of day it is.")):
            return
        free_day = FreeDay(
            day=when.local.date(),
            name=self.form.text("name"),
            proclaimed=self.form.text("kind") == "proclaimed",
        )
        self._run(partial(keep_free_day, free_day=free_day))
