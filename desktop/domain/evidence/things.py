"""A physical thing that is evidence: what is seen from outside, and in whose hands it was."""

from dataclasses import dataclass, fields

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId, ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What is seen of a thing without opening or using it; the names are those of field values.

    `numbers` are those that can be read outside, such as an IMEI; `state` is as it was found:
    on, off, locked, charging; `place` and `holder` say where it is kept and by whom.
    """

    make: str = ""
    model: str = ""
    colour: str = ""
    numbers: str = ""
    owner: str = ""
    state: str = ""
    seal: str = ""
    place: str = ""
    holder: str = ""


THING_FIELDS = tuple(field.name for field in fields(Thing))
THING_LABELS: dict[str, str] = {
    "make": "Make",
    "model": "Model",
    "colour": "Colour",
    "numbers": "Numbers on the outside",
    "owner": "Owner",
    "state": "State when taken",
    "seal": "Seal or bag number",
    "place": "Where it is kept",
    "holder": "Who holds it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingDetails:
    """One time that a thing passed from hand to hand, as the keyholder enters it."""

    at: Moment
    given_by: str
    given_to: str
    purpose: str = ""
    place: str = ""
    seal: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """A continuity entry: never changed, a later one says what was wrong."""

    id: str
    incident_id: IncidentId
    item_id: ItemId
    entered_at: Moment
    by: str
    details: HandlingDetails


def thing_field(name: str) -> str:
    """Return the name under which a field of a thing is kept beside those of its origin."""
    return f"thing_{name}"


def say_thing(thing: Thing) -> str:
    """Describe a thing in a line: colour, make and model, and its owner."""
    what = " ".join(part for part in (thing.colour, thing.make, thing.model) if part)
    owner = f"of {thing.owner}" if thing.owner else ""
    return ", ".join(part for part in (what, owner) if part)


def say_handling(details: HandlingDetails) -> str:
    """Write a continuity entry as one line."""
    parts = [f"From {details.given_by}, to {details.given_to}"]
    for label, value in (
        ("", details.purpose),
        ("kept: ", details.place),
        ("seal: ", details.seal),
        ("their reference: ", details.reference),
    ):
        if value:
            parts.append(f"{label}{value}")
    return "; ".join(parts)
