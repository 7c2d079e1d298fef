"""Names what lies inside a container, before anything of it is read as content."""

from desktop.domain.evidence.inside import Inside, Listed
from desktop.intake.archive import name_archive, name_zip
from desktop.intake.attachments import MAIL, mail_inside
from desktop.intake.chat import find_chat, name_media
from desktop.intake.kinds import ARCHIVES, HTML, MHTML, PDF, ZIP, is_office
from desktop.intake.office import name_embedded
from desktop.intake.outlook import OUTLOOK
from desktop.intake.pdf_facts import name_files_in_pdf
from desktop.intake.pieces import PiecedFile
from desktop.intake.saved_page import name_in_page


def inside(
    untrusted: bytes, kind: str, file_name: str = "", size: int = 0, head: int = 0
) -> Inside:
    """Return the names in a container of this media type; one that holds nothing has none.

    For a file too large to hand over, `untrusted` is its first `head` bytes and its last bytes,
    and `size` is that of the whole.
    """
    file = PiecedFile(untrusted, size, head)
    beginning = file.beginning()
    cut = len(beginning) < file.size
    if kind in (MAIL, OUTLOOK):
        return Inside(kind, (), Listed.NOT) if cut else mail_inside(untrusted, file_name)
    if kind in (MHTML, HTML):
        return name_in_page(beginning, kind, cut=cut)
    if kind == PDF:
        return Inside(kind, (), Listed.NOT) if cut else name_files_in_pdf(untrusted)
    if is_office(kind):
        return name_embedded(file, kind)
    if kind == ZIP and find_chat(file):
        return name_media(file)
    return name_archive(file, kind, file_name) if kind in ARCHIVES else _name_hidden(file, kind)


def _name_hidden(untrusted: PiecedFile, kind: str) -> Inside:
    """Name what lies in a file of another kind that ends as a ZIP does: a book, a program."""
    names, listed = name_zip(untrusted)
    return Inside(kind, names, listed if names else Listed.WHOLE)
