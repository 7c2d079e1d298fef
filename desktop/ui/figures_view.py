"""The figures of a quarter on screen: totals, bars with their numbers, two small tables."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.domain.leaving.bands import BandedTable
from desktop.domain.leaving.figures import AgencyCount, Count, Figures
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import body, label, secondary, strong

SEVERAL = "An incident can carry several of these, so they can add up to more than the total."
BY_CENTRE = "Centres with few incidents are put together, so that nobody can be worked out."
SMALL = "Small numbers by centre are not shown exactly, nor those that would give one away."


class FiguresView(QWidget):
    """Cards that are made anew for each set of figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)

    def show_figures(self, figures: Figures) -> None:
        """Show these figures instead of those before."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for card in self._cards(figures):
            self._column.addWidget(card)

    def _cards(self, figures: Figures) -> list[Card]:
        cards = [
            self._totals(figures),
            self._bars("Logged, by quarter", figures.trend),
            self._bars("By month", figures.by_month),
            self._bars("By category", figures.by_category, SEVERAL),
            self._bars("By area of risk (the four Cs)", figures.by_four_cs, SEVERAL),
            self._bars("By platform", figures.by_platform, SEVERAL),
            self._bars("Who was targeted", figures.by_target, SEVERAL),
            self._turned_to(figures),
        ]
        if figures.centres is not None:
            cards.append(self._centres(figures.centres))
        return cards

    def _totals(self, figures: Figures) -> Card:
        card = Card("In numbers", self)
        row = QWidget(card)
        flow = FlowLayout(row, spacing=28)
        for number, words in (
            (figures.opened, "logged"),
            (figures.closed, "closed"),
            (figures.open_at_end, "open at the end"),
            (figures.open_now, "open now"),
            (figures.overdue_steps, "steps overdue now"),
        ):
            flow.addWidget(_total(str(number), words, row))
        card.body.addWidget(row)
        median = figures.median_delay
        in_time = figures.recorded_in_time.words + (f"; half within {median}" if median else "")
        card.body.addWidget(body(f"First written down within 24 hours: {in_time}", card))
        kept = figures.evidence_first.words
        card.body.addWidget(body(f"Evidence kept before removal was asked for: {kept}", card))
        return card

    def _bars(self, title: str, counts: Sequence[Count], hint: str = "") -> Card:
        card = Card(title, self, hint=hint if counts else "")
        if not counts:
            card.body.addWidget(secondary("Nothing in this quarter.", card))
            return card
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 6)
        most = max(one.number for one in counts)
        for row, one in enumerate(counts):
            bar = QProgressBar(card)
            bar.setObjectName("figureBar")
            bar.setAccessibleName(f"{one.label}: {one.number}")
            bar.setRange(0, max(most, 1))
            bar.setValue(one.number)
            bar.setTextVisible(False)
            grid.addWidget(body(one.label, card), row, 0)
            grid.addWidget(bar, row, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(_number(str(one.number), card), row, 2)
        card.body.addLayout(grid)
        return card

    def _turned_to(self, figures: Figures) -> Card:
        card = Card("Who was turned to, and what came of it", self)
        lines = [*figures.agencies, *figures.families]
        if not lines:
            words = "Nobody outside was turned to in these incidents."
            card.body.addWidget(secondary(words, card))
            return card
        head = ("Turned to", "Incidents", "Reached", "Reference", "Advice")
        card.body.addLayout(_table(head, [_agency(line) for line in lines], card))
        return card

    def _centres(self, table: BandedTable) -> Card:
        hint = f"{BY_CENTRE} {SMALL}" if table.columns else BY_CENTRE
        card = Card("By centre", self, hint=hint)
        rows = [
            (name, str(incidents), *(str(cell) for cell in cells))
            for name, incidents, cells in table.rows
        ]
        card.body.addLayout(_table(("Centre", "Incidents", *table.columns), rows, card))
        return card


def _agency(line: AgencyCount) -> tuple[str, ...]:
    numbers = (line.incidents, line.reached, line.reference, line.advice)
    return (line.name, *map(str, numbers))


def _total(number: str, words: str, parent: QWidget) -> QWidget:
    made = QWidget(parent)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(number, "title", made, wrap=False))
    column.addWidget(label(words, "secondary", made, wrap=False))
    return made


def _number(text: str, parent: QWidget) -> QLabel:
    made = label(text, "strong", parent, wrap=False)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], parent: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 3)
    for place, text in enumerate(head):
        made = secondary(text, parent)
        if place:
            made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(place, 1)
        grid.addWidget(made, 0, place)
    for number, row in enumerate(rows, 1):
        grid.addWidget(strong(row[0], parent), number, 0)
        for place, text in enumerate(row[1:], 1):
            made = body(text, parent)
            made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(made, number, place)
    return grid
