"""A mail that was taken apart, whatever saved it: its fields, words, and what came with it."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.evidence.shown import Attachment

PARTS = 200
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """Something that came with it; `take` reads its bytes, None where it only comes as a whole.

    `inner` names what is in it where that is known without taking it out.
    """

    name: str
    media_type: str
    size: int
    take: Callable[[], bytes] | None
    inner: tuple["Attached", ...] | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The words; whether they were HTML; those of the HTML where they differ; cut at the end."""

    words: str
    reduced: bool = False
    other: str = ""
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class OpenedMail:
    """What a mail holds; `whole` says that all that came with it is listed."""

    fields: Fields
    body: Body
    attached: tuple[Attached, ...]
    whole: bool = True

    def all(self, name: str) -> list[str]:
        """Return every field of this name as it stands."""
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]

    def listed(self) -> tuple[Attachment, ...]:
        """Name what came with it, in order."""
        return tuple(
            Attachment(one.name, one.media_type, one.size, index if one.take else -1)
            for index, one in enumerate(self.attached)
        )
