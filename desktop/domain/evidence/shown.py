"""What can be shown of evidence: plain pixels, mail as text, lines of text; nothing active."""

from dataclasses import dataclass, field

from desktop.domain.evidence.chats import ChatView
from desktop.domain.evidence.inside import InsideName, Listed

# The kinds of bytes that are shown as a picture.
PICTURE_TYPES = frozenset(
    f"image/{kind}"
    for kind in ("png", "jpeg", "gif", "webp", "bmp", "tiff", "heic", "heif", "avif")
)


@dataclass(frozen=True, slots=True)
class Picture:
    """Plain pixels: four bytes each (red, green, blue, alpha), row by row, without padding.

    `full_width` and `full_height` are those of the original, which may have been larger.
    `frames` says how many pictures the file holds; this is the first.
    """

    width: int
    height: int
    rgba: bytes = field(repr=False)
    full_width: int = 0
    full_height: int = 0
    frames: int = 1

    def __post_init__(self) -> None:
        """Raise ValueError where the pixels do not fill it: whoever draws it reads them all."""
        if min(self.width, self.height) < 1 or len(self.rgba) != 4 * self.width * self.height:
            raise ValueError("pixels")


@dataclass(frozen=True, slots=True)
class Pages:
    """A document of pages, drawn one by one when they are looked at."""

    count: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came with a mail: named, never opened; its index asks for its bytes.

    The index is -1 where it cannot be taken out by itself.
    """

    name: str
    media_type: str
    size: int
    index: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHop:
    """One step of the path as the server that took the mail over wrote it down.

    `claimed` is what the server before called itself; `seen_name` and `seen_address` are what
    was seen of it. `at` is ISO 8601 with its offset, '' where it cannot be read; `delay` is
    seconds since the step before, negative where the clocks disagree, None where unknown.
    """

    text: str
    by: str = ""
    claimed: str = ""
    seen_name: str = ""
    seen_address: str = ""
    protocol: str = ""
    at: str = ""
    delay: int | None = None


@dataclass(frozen=True, slots=True)
class MailCheck:
    """A check that a server says it made: what, how it came out, of whom, and which server."""

    method: str
    result: str
    about: str
    server: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailView:
    """A mail as text: headers by name in their order, the path it took, body, attachments.

    `received` and `hops` are the newest step first. `reduced` says that the body was HTML and is
    shown as its text; `shortened` that it goes on; `other_words` are those of the HTML where
    they differ from the plain text; `left_out` says that this is a copy without attachments.
    """

    headers: tuple[tuple[str, str], ...]
    received: tuple[str, ...]
    body: str
    attachments: tuple[Attachment, ...]
    reduced: bool = False
    shortened: bool = False
    hops: tuple[MailHop, ...] = ()
    checks: tuple[MailCheck, ...] = ()
    other_words: str = ""
    left_out: bool = False

    def header(self, name: str) -> str:
        """Return the first header of this name, or ''."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class TextView:
    """Plain lines; `is_hex` when they are a listing of bytes, `shortened` when it goes on."""

    text: str
    is_hex: bool = False
    shortened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTextView:
    """A saved page as its words; what else lies in it is named and not drawn.

    `saved_from` is the address that the saving program wrote, `claimed_address` the one that the
    page gives for itself; `saved_by` and `saved_at` are as they stand in the file, or ''.
    """

    title: str
    saved_from: str
    claimed_address: str
    saved_by: str
    saved_at: str
    text: str
    inside: tuple[InsideName, ...] = ()
    shortened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """What an archive or an Office file holds: named, not opened; `facts` it says of itself."""

    names: tuple[InsideName, ...]
    listed: Listed
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MediaTrack:
    """One part of a recording, such as its sound, with what the file says of it."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MediaView:
    """A sound or a video: what the file says of itself; nothing is played."""

    tracks: tuple[MediaTrack, ...]


@dataclass(frozen=True, slots=True)
class NotShown:
    """Content that is kept unchanged but not shown; reason is a short clause."""

    reason: str


Shown = (
    Picture
    | Pages
    | MailView
    | ChatView
    | PageTextView
    | ListingView
    | MediaView
    | TextView
    | NotShown
)
