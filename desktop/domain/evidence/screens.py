"""The windows on the screens, the key that asks for a capture, and what a capture says of both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Frame:
    """A window of another program with its frame: where it lies, in true pixels of all screens."""

    title: str
    program: str
    left: int
    top: int
    width: int
    height: int

    @property
    def named(self) -> str:
        """The window in words: its title, else its program."""
        return self.title or self.program or "a window without a name"


ListFrames = Callable[[], Sequence[Frame]]


class Shortcut(Protocol):
    """One key combination that is heard whatever program is in front."""

    @property
    def keys(self) -> str:
        """The keys in words: Ctrl+Alt+K."""
        ...

    def start(self, pressed: Callable[[], None]) -> bool:
        """Begin to listen; False where it is taken. `pressed` is called on another thread."""
        ...

    def stop(self) -> None:
        """Listen no more."""
        ...


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """One screen as a capture found it: true pixels, its place among them, its scaling."""

    name: str
    left: int
    top: int
    width: int
    height: int
    ratio: float

    @property
    def said(self) -> str:
        """One line: name, size, scaling, and where it lies among the screens."""
        size = f"{self.width} by {self.height} pixels"
        return f"{self.name}: {size} at {self.left}, {self.top}, scaled to {self.ratio:.0%}"


def capture_facts(
    screens: Sequence[ScreenFacts], of: int, *, window: Frame | None = None, after: int = 0
) -> tuple[tuple[str, str], ...]:
    """Return what a capture records: its screens of all `of`, the window, how long it waited."""
    number = {1: "the only screen"}.get(of, f"{len(screens)} of {of} screens")
    facts = [("Screen", "; ".join(one.said for one in screens) + f" ({number})")]
    if window:
        facts.append(("Window", window.named))
        if window.program:
            facts.append(("Program in the window", window.program))
    if after:
        facts.append(("Taken after", f"{after} seconds"))
    return tuple(facts)
