"""Centres: the places of the organisation, who leads each, how to reach them."""

from functools import partial

from desktop.domain.policy.own_copy import Centre
from desktop.operations.organisation.keep_own_copy import drop_centre, keep_centre
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui import messages
from desktop.ui.organisation.entry_row import Row, RowAction
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection

HINT = (
    "Offered where an incident is logged, so that one centre always has one name. In the "
    "quarterly report small numbers of a centre are never shown alone."
)
EMPTY = "No centre yet. If you work in one place only, you need none."
NEW = Centre(id="", name="")


class CentresSection(OwnSection):
    """A row for each centre."""

    def build(self, view: OwnView) -> None:
        """Show the centres."""
        add = RowAction("addCentreButton", "Add a centre…", partial(self._ask, NEW))
        rows = [self._row(number, one) for number, one in enumerate(view.own.centres, 1)]
        self.add_card("Your centres", rows, hint=HINT if rows else EMPTY, actions=(add,))

    def _row(self, number: int, centre: Centre) -> Row:
        ask, drop = partial(self._ask, centre), partial(self._ask_to_drop, centre)
        return Row(
            title=centre.name,
            text=f"Led by {centre.lead}" if centre.lead else "",
            details=(centre.address,),
            actions=(
                RowAction(f"changeCentre{number}Button", "Change…", ask),
                RowAction(f"dropCentre{number}Button", "Take off the list…", drop),
            ),
        )

    def _ask(self, centre: Centre) -> None:
        CentreForm(self, centre).show_form()

    def _ask_to_drop(self, centre: Centre) -> None:
        drop = partial(self._drop, centre)
        explanation = "Incidents that name it keep its name."
        question = f"Take {centre.name} off the list?"
        messages.ask(self, question, explanation, "Take it off", drop)

    def _drop(self, centre: Centre) -> None:
        self.do(partial(drop_centre, centre_id=centre.id), f"{centre.name} is off the list.")


class CentreForm(OwnForm):
    """Asks for a name, who leads it, how to reach them."""

    def __init__(self, parent: OwnSection, centre: Centre) -> None:
        title = f"Change {centre.name}" if centre.id else "Add a centre"
        super().__init__(parent.session, f"ownCentre.{centre.id}", title, parent)
        self._id = centre.id
        self.form.add_line("name", "Name of the centre")
        self.form.add_line("lead", "Who leads it")
        self.form.add_line("address", "How to reach them")
        self.form.set_texts({"name": centre.name, "lead": centre.lead, "address": centre.address})

    def _keep(self) -> None:
        if self._lacks(("name", "Write what the centre is called.")):
            return
        texts = self.form.texts()
        centre = Centre(
            id=self._id, name=texts["name"], lead=texts["lead"], address=texts["address"]
        )
        self._run(partial(keep_centre, centre=centre))
