"""Sources: on what everything rests, how far it was read, and when somebody looked again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication

from desktop.domain.calendar.times import say_date
from desktop.domain.policy.sources import Source
from desktop.operations.organisation.keep_own_copy import look_at_source
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui import messages
from desktop.ui.organisation.entry_row import Row, RowAction
from desktop.ui.organisation.overdue_card import overdue_card
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.widgets.chip import Tone
from desktop.ui.widgets.words import breakable

HINT = (
    "Every step names its source by one of these. The program never looks anything up: copy the "
    "address into your browser, read, and note here what you found."
)


class SourcesSection(OwnSection):
    """The banner, what is overdue, then all others."""

    def build(self, view: OwnView) -> None:
        """Show every source, those past their review date first."""
        if view.overdue:
            self.body.addWidget(overdue_card(view.overdue, self))
        others = [one for one in view.sources.sources if one not in view.overdue]
        rows = [self._row(one, view) for one in (*view.overdue, *others)]
        self.add_card("Sources", rows, hint=HINT)

    def _row(self, source: Source, view: OwnView) -> Row:
        seen = f"Read {source.extent} on {say_date(source.seen)}."
        due = f" Review due {say_date(source.review_due)}." if source.review_due else ""
        look = next((one for one in view.own.looks if one.reference == source.reference), None)
        ours = f"You looked on {say_date(look.day)}: {look.found}" if look else ""
        ask = partial(self._ask, source)
        return Row(
            title=f"{source.reference}  {source.name}",
            details=(breakable(source.address), f"{seen}{due}", source.note, ours),
            chips=_chips(source, view),
            actions=(
                *_copy(source, partial(self._copy_address, source)),
                RowAction(f"look{source.reference}Button", "Looked again…", ask),
            ),
        )

    def _copy_address(self, source: Source) -> None:
        QGuiApplication.clipboard().setText(source.address)
        messages.tell(self, f"{source.address} is copied. Open it in your browser.")

    def _ask(self, source: Source) -> None:
        LookForm(self, source).show_form()


class LookForm(OwnForm):
    """Asks what somebody found when they looked again."""

    def __init__(self, parent: OwnSection, source: Source) -> None:
        super().__init__(
            parent.session,
            f"ownLook.{source.reference}",
            f"Looked again: {source.title}",
            parent,
            hint=source.address or "Your own copy of it, or whoever wrote it.",
        )
        self._reference = source.reference
        self.form.add_text("found", "What you found: still the same, a newer one, what changed")

    def _keep(self) -> None:
        if self._lacks(("found", "Write what you found. One sentence is enough.")):
            return
        found = self.form.text("found")
        self._run(partial(look_at_source, reference=self._reference, found=found))


def _copy(source: Source, act: Callable[[], None]) -> tuple[RowAction, ...]:
    """Return the button that copies a public address, where there is one."""
    if not source.address:
        return ()
    return (RowAction(f"copy{source.reference}Button", "Copy the address", act),)


def _chips(source: Source, view: OwnView) -> tuple[tuple[str, Tone], ...]:
    if source in view.overdue:
        return (("Look again", "due"),)
    if view.own.has_looked(source.reference, view.today):
        return (("Looked at", "done"),)
    return ()
