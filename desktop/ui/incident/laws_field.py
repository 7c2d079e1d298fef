"""The laws that an incident may touch: suggested by its categories, never more than possible."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from desktop.domain.calendar.times import Moment
from desktop.domain.incidents import Record
from desktop.domain.policy.laws import TIME_IS_SHORT, Law, LawKind, Laws
from desktop.ui.pick_list import PickList
from desktop.ui.widgets.words import label

WORDS = "Laws possibly engaged"


class LawsField(PickList):
    """Offers the laws that the categories suggest; all of them where they suggest none."""

    def __init__(self, laws: Laws, parent: QWidget) -> None:
        self._laws = laws
        self._unlisted: tuple[str, ...] = ()
        choices = [(one.id, _words(one)) for one in self._laws.laws if one.kind is LawKind.LAW]
        super().__init__("recordLaws", WORDS, choices, parent)
        self.time_label = label(TIME_IS_SHORT, "strong", self)
        self.time_label.setObjectName("recordLawsTimeLabel")
        self.time_label.hide()
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.time_label)

    def value(self) -> tuple[str, ...]:
        """Return what is picked; a law that is no longer listed stays on the record."""
        return (*super().value(), *self._unlisted)

    def set_value(self, values: Iterable[str]) -> None:
        """Pick these and no others, without telling anybody."""
        wanted, listed = tuple(values), self.values()
        self._unlisted = tuple(value for value in wanted if value not in listed)
        super().set_value(wanted)

    def suggest(self, record: Record, now: Moment) -> None:
        """Offer what these categories make possible; say when there is little time left."""
        suggested = [one.id for one in self._laws.suggested(record.categories)]
        self.offer(suggested or None)
        last = record.occurred_to or record.occurred_from
        self.time_label.setVisible(self._laws.is_time_short(record.laws, last, now))


def _words(law: Law) -> str:
    """Say a law by its title, what it covers today, and what of that is still to check."""
    parts = (law.title, law.wording, f"To check: {law.verify}" if law.verify else "")
    return "\n".join(part for part in parts if part)
