"""What a file says of itself, whatever its kind: for the record and for those who look at it."""

from desktop.domain.evidence.shown import ListingView
from desktop.domain.noted import Fact
from desktop.intake.inside import inside
from desktop.intake.kinds import HTML, MHTML, PDF, is_office
from desktop.intake.media_facts import read_media
from desktop.intake.office import facts_of_office
from desktop.intake.pdf_facts import facts_of_pdf
from desktop.intake.picture_facts import facts_of_picture
from desktop.intake.pieces import PiecedFile
from desktop.intake.saved_page import facts_of_page

SAYS = ", as the file says"
MOST_FACTS = 40


def facts_of(
    untrusted: bytes, kind: str, file_name: str = "", size: int = 0, head: int = 0
) -> tuple[Fact, ...]:
    """Return what is noted as a file comes in: each fact is marked as the file's own words."""
    found = _facts(untrusted, kind, size, head)[:MOST_FACTS]
    return tuple((f"{name}{SAYS}", value) for name, value in found)


def list_inside(
    untrusted: bytes, kind: str, file_name: str = "", size: int = 0, head: int = 0
) -> ListingView:
    """Return what can be shown of an archive or an Office file."""
    found = inside(untrusted, kind, file_name, size, head)
    return ListingView(
        names=found.names, listed=found.listed, facts=_facts(untrusted, kind, size, head)
    )


def _facts(untrusted: bytes, kind: str, size: int, head: int) -> tuple[Fact, ...]:
    file = PiecedFile(untrusted, size, head)
    if kind.startswith("image/"):
        return facts_of_picture(file)
    if kind.startswith(("audio/", "video/")):
        view = read_media(untrusted, "", size, head)
        return tuple(fact for track in view.tracks[:1] for fact in track.facts) if view else ()
    if kind == PDF:
        return facts_of_pdf(untrusted) if file.size == len(untrusted) else ()
    if kind in (HTML, MHTML):
        return facts_of_page(file.beginning(), kind)
    return facts_of_office(file, kind) if is_office(kind) else ()
