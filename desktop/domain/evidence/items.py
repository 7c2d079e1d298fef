"""An evidence item: original bytes, or a description only, with what is known of its origin."""

import re
from dataclasses import dataclass, fields
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import ContentId, IncidentId, ItemId, SetId, StatementId


class ItemKind(StrEnum):
    """What an item is."""

    SCREEN_REGION = "part of a screen"
    SCREEN = "whole screen"
    SCREENS = "all screens"
    WINDOW = "window"
    PICTURE = "picture"
    MAIL = "e-mail"
    CHAT = "chat export"
    SAVED_PAGE = "saved page"
    PDF = "PDF document"
    SOUND = "sound"
    VIDEO = "video"
    OFFICE = "Office file"
    ARCHIVE = "archive"
    FILE = "file"
    THING = "physical thing"
    DESCRIPTION = "description only"
    REDACTED = "redacted copy"
    ANNOTATED = "annotated copy"
    CROPPED = "cropped copy"
    TRANSCRIPT = "transcript"


DERIVATIVES = frozenset(
    {ItemKind.REDACTED, ItemKind.ANNOTATED, ItemKind.CROPPED, ItemKind.TRANSCRIPT}
)


class ItemState(StrEnum):
    """Whether the log holds the bytes of an item; what is sealed is shown and exported no more."""

    KEPT = "kept"
    SEALED = "sealed"
    HELD_BACK = "held back"
    DESCRIBED = "described"


class Method(StrEnum):
    """How the bytes came in."""

    SCREEN_CAPTURE = "captured from the screen with this program"
    PASTE = "pasted from the clipboard"
    DROP = "file dropped on the window"
    PICKER = "file chosen from a folder"
    FOLDER = "file of a chosen folder"
    INSIDE = "came inside another item"
    REDUCED = "headers and text alone; what was attached is held back"
    DERIVED = "made from an item that stays as it was"
    TYPED = "described in words"
    SALVAGED = "saved from a damaged log"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """SHA-256 (64 hex digits) and size (bytes) of some content."""

    sha256: str
    size: int

    def __post_init__(self) -> None:
        """Refuse what is no SHA-256."""
        if not re.fullmatch(r"[0-9a-f]{64}", self.sha256) or self.size < 0:
            raise ValueError("not a fingerprint")


@dataclass(frozen=True, slots=True, order=True)
class ExhibitMark:
    """Producer's initials and running number within the incident; never renumbered.

    A derivative has the mark of its original and a letter of its own.
    """

    initials: str
    number: int
    letter: str = ""

    def __str__(self) -> str:
        """Write it as on a label: PXS/1, or PXS/1A for a derivative."""
        return f"{self.initials}/{self.number}{self.letter}"

    @property
    def file_stem(self) -> str:
        """Write it for a file name: PXS-1, or PXS-1A."""
        return f"{self.initials}-{self.number}{self.letter}"


def next_letter(taken: int) -> str:
    """Return the letter of the next derivative: A to Z, then AA, AB and so on."""
    letters = ""
    left = taken + 1
    while left:
        left, place = divmod(left - 1, _LETTERS)
        letters = chr(ord("A") + place) + letters
    return letters


_LETTERS = 26
_NOT_A_LETTER = re.compile(r"[^A-Z]")


def tidy_initials(text: str) -> str:
    """Return 2 to 4 capital letters for exhibit marks, or '' if there are too few letters."""
    letters = _NOT_A_LETTER.sub("", text.upper())
    return letters[:4] if len(letters) >= 2 else ""  # noqa: PLR2004


def initials_of(name: str) -> str:
    """Suggest three initials for a name, with X for a missing middle name: Pat Smith gives PXS."""
    words = [word for word in re.split(r"[\s\-]+", name.strip()) if word[:1].isalpha()]
    firsts = [word[0].upper() for word in words]
    if len(firsts) == 2:  # noqa: PLR2004
        return tidy_initials(firsts[0] + "X" + firsts[1])
    return tidy_initials("".join(firsts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What is known of where an item comes from; the names are those of the field values."""

    description: str = ""
    source_url: str = ""
    time_as_shown: str = ""
    zone_as_shown: str = ""
    handle: str = ""
    display_name: str = ""
    platform: str = ""
    original_kept: str = ""
    taken_by: str = ""
    note: str = ""
    profile_url: str = ""
    post_id: str = ""
    time_certainty: str = ""
    time_meant: str = ""
    logged_in_as: str = ""
    availability: str = ""
    first_hand: str = ""
    passed_on_by: str = ""
    passed_on_how: str = ""
    seen_live: str = ""
    sensitivity: str = ""
    people_seen: str = ""
    others_seen: str = ""


ORIGIN_FIELDS = tuple(field.name for field in fields(Origin))


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One item. `content_id` and `fingerprint` are None unless it is KEPT or SEALED.

    `captured_at` is when this program took it in; `captured_with` names device, system and
    program version. `set_id` ties captures of one thing together, in the order of their numbers;
    `inside_id` is the item that it came inside, `derived_from` the one that it was made from.
    `noted` is what the program saw as it came in: file times, where from, what the file says.
    """

    id: ItemId
    incident_id: IncidentId
    mark: ExhibitMark
    kind: ItemKind
    state: ItemState
    method: Method
    content_id: ContentId | None
    fingerprint: Fingerprint | None
    media_type: str
    original_name: str
    captured_at: Moment
    captured_by: str
    captured_with: str
    statement_id: StatementId | None
    origin: Origin
    set_id: SetId | None = None
    inside_id: ItemId | None = None
    derived_from: ItemId | None = None
    noted: tuple[tuple[str, str], ...] = ()

    @property
    def details_missing(self) -> bool:
        """Whether the keyholder still has to say where it comes from."""
        return self.state is ItemState.KEPT and not (
            self.origin.description or self.origin.source_url
        )

    @property
    def label(self) -> str:
        """A short line for lists: the description, else what it is."""
        return self.origin.description or self.kind.value[:1].upper() + self.kind.value[1:]


EXTENSIONS: dict[str, str] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "image/tiff": "tif",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "message/rfc822": "eml",
    "application/vnd.ms-outlook": "msg",
    "text/plain": "txt",
    "text/csv": "csv",
    "application/zip": "zip",
    "video/mp4": "mp4",
    "audio/mpeg": "mp3",
    "text/html": "html",
    "multipart/related": "mhtml",
}


def exported_name(item: EvidenceItem) -> str:
    """Name the original inside a bundle: PXS-1_original.png, only [A-Za-z0-9._-]."""
    extension = EXTENSIONS.get(item.media_type)
    if extension is None:
        tail = item.original_name.rsplit(".", 1)[-1] if "." in item.original_name else ""
        extension = tail.lower() if re.fullmatch(r"[A-Za-z0-9]{1,8}", tail) else "bin"
    return f"{item.mark.file_stem}_original.{extension}"


_WIDTHS = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_SPACES = dict.fromkeys(_WIDTHS, " ")


def clean_text(untrusted: str, limit: int = 500) -> str:
    """Make text from a file safe to show: no control characters or direction marks, bounded.

    A space of another width stays a space: without it two words would be one.
    """
    shown = "".join(
        character
        for character in untrusted.translate(_SPACES)
        if character.isprintable()
        and not "\u202a" <= character <= "\u202e"
        and not "\u2066" <= character <= "\u2069"
    )
    return shown[:limit]
