"""One measured line of the bench: ours against a reference or against a limit, and the verdict."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 5

Measure = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured; without a reference the goal is the most that ours may be."""

    name: str
    ours: float
    goal: float
    reference: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """How many times the reference ours takes; None where there is no reference."""
        return None if self.reference is None else self.ours / self.reference

    @property
    def ok(self) -> bool:
        """Whether the goal is met."""
        ratio = self.ratio
        return (self.ours if ratio is None else ratio) <= self.goal

    def as_json(self) -> dict[str, str | float | bool | None]:
        """Return what build/bench.json holds of it."""
        return {
            "name": self.name,
            "ours": round(self.ours, 4),
            "reference": None if self.reference is None else round(self.reference, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "goal": self.goal,
            "ok": self.ok,
            "unit": self.unit,
        }


def compare(
    name: str, ours: Measure, reference: Measure, *, goal: float, rounds: int = ROUNDS
) -> Row:
    """Measure both in turn, so that a busy moment hits both; the median of the rounds counts."""
    pairs = [(ours(), reference()) for _ in range(rounds)]
    return Row(
        name=name,
        ours=median(pair[0] for pair in pairs),
        reference=median(pair[1] for pair in pairs),
        goal=goal,
    )


def limit(name: str, ours: Measure, *, goal: float, unit: str = "s", rounds: int = ROUNDS) -> Row:
    """Measure something that has a fixed limit; the median of the rounds counts."""
    return Row(name=name, ours=median(ours() for _ in range(rounds)), goal=goal, unit=unit)
