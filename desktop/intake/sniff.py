"""What some content is, judged by its first bytes and never by its name alone."""

import re

import filetype

from desktop.domain.evidence.items import ItemKind
from desktop.intake.chat_lines import looks_like_chat
from desktop.intake.kinds import ARCHIVES, is_office

HEAD_BYTES = 8192
UNKNOWN = "application/octet-stream"
_PDF_WITHIN = 1024
_MAIL_HEADERS = frozenset(
    b"from to cc subject date received return-path message-id delivered-to mime-version "
    b"content-type reply-to x-original-to authentication-results dkim-signature".split()
)
_MAIL_ENOUGH = 3
# Two or three letters are enough for these to be taken for what they are not.
_BY_FEW_LETTERS = frozenset(
    {"image/bmp", "application/x-msdownload", "application/x-shockwave-flash", "audio/mpeg"}
)
_HEADER = re.compile(rb"([!-9;-~]{1,76}):")
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK = tuple(
    name.encode("utf-16-le") for name in ("__substg1.0_", "__properties_ver", "__nameid_ver")
)
_BY_NAME = {"csv": "text/csv", "ics": "text/calendar", "vcf": "text/vcard"}
_KINDS = {
    "message/rfc822": ItemKind.MAIL,
    "application/vnd.ms-outlook": ItemKind.MAIL,
    "application/pdf": ItemKind.PDF,
    "text/html": ItemKind.SAVED_PAGE,
    "multipart/related": ItemKind.SAVED_PAGE,
    "image/svg+xml": ItemKind.FILE,
    **dict.fromkeys(ARCHIVES, ItemKind.ARCHIVE),
}
_BY_FAMILY = {
    "image": ItemKind.PICTURE,
    "audio": ItemKind.SOUND,
    "video": ItemKind.VIDEO,
}


def sniff(untrusted_head: bytes, untrusted_name: str = "") -> str:
    """Return the media type of content that begins with these bytes."""
    head = untrusted_head[:HEAD_BYTES]
    # First: its fields may begin with the letters that mark a file of another kind.
    if _looks_like_mail(head, untrusted_name):
        return "multipart/related" if _is_saved_page(head, untrusted_name) else "message/rfc822"
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "application/pdf"
    if head.startswith(_COMPOUND) and _is_outlook(head, untrusted_name):
        return "application/vnd.ms-outlook"
    found = filetype.guess_mime(head)
    if found and not (found in _BY_FEW_LETTERS and _looks_like_text(head)):
        return str(found)
    return _text_type(head, untrusted_name) if _looks_like_text(head) else UNKNOWN


def kind_of(media_type: str, untrusted_head: bytes = b"", untrusted_name: str = "") -> ItemKind:
    """Return what an item is called; its beginning and its name tell a chat from other text."""
    if media_type == "text/plain" and looks_like_chat(untrusted_head[:HEAD_BYTES]):
        return ItemKind.CHAT
    if media_type == "application/zip" and _is_chat_zip(untrusted_head, untrusted_name):
        return ItemKind.CHAT
    if media_type in _KINDS:
        return _KINDS[media_type]
    if is_office(media_type):
        return ItemKind.OFFICE
    return _BY_FAMILY.get(media_type.split("/", 1)[0], ItemKind.FILE)


def _is_chat_zip(head: bytes, untrusted_name: str) -> bool:
    named = untrusted_name.lower().startswith("whatsapp chat")
    return named or b"_chat.txt" in head[:HEAD_BYTES] or b"WhatsApp Chat" in head[:HEAD_BYTES]


def _is_saved_page(head: bytes, untrusted_name: str) -> bool:
    """Tell a page that a browser saved from a mail: both are written in the same way."""
    top = b"\n" + head.split(b"\r\n\r\n", 1)[0].lower()
    if b"\nreceived:" in top or b"multipart/related" not in top:
        return False
    by_browser = b"snapshot-content-location:" in top or b"<saved by " in top
    return by_browser or untrusted_name.lower().endswith((".mht", ".mhtml"))


def _is_outlook(head: bytes, untrusted_name: str) -> bool:
    """Tell Outlook's mail from Office's other files of this build, whose names lie further on."""
    return any(name in head for name in _OUTLOOK) or untrusted_name.lower().endswith(".msg")


def _looks_like_mail(head: bytes, untrusted_name: str) -> bool:
    """Tell a mail by its fields; after a long way few of them stand in its beginning."""
    names, goes_on = _field_names(head)
    known = names & _MAIL_HEADERS
    if len(known) >= _MAIL_ENOUGH:
        return True
    is_cut = goes_on and len(head) == HEAD_BYTES
    if untrusted_name.lower().endswith(".eml"):
        return bool(known) or is_cut
    return is_cut and b"received" in known


def _field_names(head: bytes) -> tuple[set[bytes], bool]:
    """Return the names of the fields at the top, and whether nothing else follows them."""
    lines = head.lstrip(b"\xef\xbb\xbf").splitlines()
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines = lines[1:]
    names: set[bytes] = set()
    for line in lines:
        header = _HEADER.match(line)
        if header:
            names.add(header[1].lower())
        elif not (names and line[:1] in (b" ", b"\t") and line.strip()):
            return names, False
    return names, bool(names)


def _text_type(head: bytes, untrusted_name: str) -> str:
    if _SVG.search(head):
        return "image/svg+xml"
    if _HTML.search(head):
        return "text/html"
    extension = untrusted_name.rsplit(".", 1)[-1].lower() if "." in untrusted_name else ""
    return _BY_NAME.get(extension, "text/plain")


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head:
        return False
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0c\x1b" for byte in head)  # noqa: PLR2004
    return controls == 0
