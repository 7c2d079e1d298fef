"""What can be shown of evidence: plain pixels, mail as text, lines of text; nothing active."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Picture:
    """Plain pixels: four bytes each (red, green, blue, alpha), row by row, without padding.

    `full_width` and `full_height` are those of the original, which may have been larger.
    """

    width: int
    height: int
    rgba: bytes = field(repr=False)
    full_width: int = 0
    full_height: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """A document of pages, drawn one by one when they are looked at."""

    count: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came with a mail: named, never opened."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailView:
    """A mail as text: headers by name in their order, the path it took, body, attachments.

    `reduced` says that the body was HTML and is shown as its text; `shortened` that it goes on.
    """

    headers: tuple[tuple[str, str], ...]
    received: tuple[str, ...]
    body: str
    attachments: tuple[Attachment, ...]
    reduced: bool = False
    shortened: bool = False

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


@dataclass(frozen=True, slots=True)
class NotShown:
    """Content that is kept unchanged but not shown; reason is a short clause."""

    reason: str


Shown = Picture | Pages | MailView | TextView | NotShown
