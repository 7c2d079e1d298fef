"""Makes the receipt for a thing that passed from one hand to another."""

from dataclasses import asdict

from desktop.domain.errors import NotFound
from desktop.domain.evidence.things import THING_LABELS
from desktop.domain.identifiers import ItemId
from desktop.export.handling_receipt import HandlingReceipt, draw_handling_receipt
from desktop.operations.evidence.describe_thing import show_thing
from desktop.operations.evidence.keep_handling import list_handling
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.find_incident import find_incident
from desktop.operations.organisation.keep_organisation import name_on_paper
from desktop.operations.workspace import Workspace


def make_receipt(workspace: Workspace, item_id: ItemId) -> bytes:
    """Draw the receipt for the latest time that it passed on; raises NotFound where none did."""
    item = find_item(workspace, item_id)
    hands = [entry.details for entry in list_handling(workspace, item_id)]
    if not hands:
        raise NotFound("handling")
    thing = asdict(show_thing(workspace, item_id))
    known = [(label, thing[name]) for name, label in THING_LABELS.items() if thing[name]]
    return draw_handling_receipt(
        HandlingReceipt(
            organisation=name_on_paper(workspace),
            number=find_incident(workspace, item.incident_id).number,
            mark=str(item.mark),
            what=item.label,
            facts=known,
            hands=hands,
            made_at=workspace.now(),
            fingerprint=item.fingerprint.sha256 if item.fingerprint else "",
        )
    )
