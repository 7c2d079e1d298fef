"""Whatever is done in whatever order, the dangerous mistakes are stopped and nothing is lost."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.operations.any_order import AnyOrder


def _run(folder: Path, examples: int, steps: int) -> None:
    class Here(AnyOrder):
        pass

    Here.folder = folder
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.no_cover  # each of its steps is tested by itself elsewhere
def test_whatever_the_order_nothing_is_lost_or_removed_too_soon(tmp_path: Path) -> None:
    _run(tmp_path, examples=20, steps=40)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_whatever_the_order_for_long(tmp_path: Path) -> None:
    _run(tmp_path, examples=250, steps=70)
