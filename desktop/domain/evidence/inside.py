"""What lies inside a container, named before anything of it is read as content."""

from dataclasses import dataclass
from enum import StrEnum


class Listed(StrEnum):
    """How far the inside of a container could be named."""

    WHOLE = "everything in it is named"
    PART = "only the first part of it is named"
    NOT = "what is in it cannot be named"


@dataclass(frozen=True, slots=True)
class InsideName:
    """Something in a container: its name, the kind that its name says, its size or -1."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Inside:
    """What a container holds; no names and WHOLE means that it holds nothing apart from itself.

    `kind` is the media type of the container. A caller who must be sure asks for `listed`.
    """

    kind: str
    names: tuple[InsideName, ...] = ()
    listed: Listed = Listed.WHOLE
