"""Spoilt files against the worker: an answer or an expected error, in time, in little memory."""

import inspect
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import AppError, DecoderStopped
from desktop.domain.evidence.derivatives import Mark, PicturePlan, Shape, plan_text
from desktop.operations.reading.decoder import Decoder
from desktop.operations.reading.decoding import TASKS
from tests.fuzz.seeds import seeds

PLAN = PicturePlan(60, 40, (Mark(Shape.COVER, 1, 1, 20, 20),))
SAMPLE, MANY = 300, 20_000
# Two seconds a task, the start of another process after one was stopped, and a busy machine.
LONGEST = 3.5
MOST_MEMORY = 512 * 1024
_ODD_BYTES = (b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00")
_ODD_WORDS = (b"9" * 30, b"-1", b"%n%s", b"\r\n\r\n", b"../" * 9, b"\xf0\x9f\x98\x80", b"(" * 99)
_VALUES: Mapping[str, str | int | float] = {"scale": 1.0, "longest": 300, "page": 0, "index": 1}
# What each task is given first: the seeds whose media type begins so.
_MEANT = {"picture": "image/", "make picture": "image/", "media": "application/octet"}


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    made = Decoder()
    yield made
    made.stop()


@dataclass
class Tally:
    """What came of the cases: how often it was stopped, the slowest and the largest of them."""

    stopped: list[str] = field(default_factory=list)
    slowest: float = 0.0
    largest: int = 0


def spoil(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Cut, flip, repeat, insert or swap: mostly a little, so that it is read far in."""
    spoilt = bytearray(data)
    for _step in range(chance.choice((1, 1, 2, 4, 16))):
        place = chance.randrange(len(spoilt) + 1)
        match chance.randrange(7):
            case 0:
                del spoilt[place:]
            case 1 if place < len(spoilt):
                spoilt[place] ^= 1 << chance.randrange(8)
            case 2 if place < len(spoilt):
                spoilt[place] = chance.randrange(256)
            case 3:
                odd = chance.choice(_ODD_BYTES + _ODD_WORDS)
                spoilt[place : place + len(odd)] = odd
            case 4:
                spoilt[place:place] = chance.choice(_ODD_BYTES + _ODD_WORDS)
            case 5:
                spoilt[place:place] = spoilt[place : place + chance.randrange(1, 500)]
            case _:
                start = chance.randrange(len(other) + 1)
                spoilt[place:] = other[start:]
    return bytes(spoilt[: 1024 * 1024])


def values_for(task: str, kind: str) -> dict[str, str | int | float]:
    """Return plain values for whatever a task takes beside the bytes."""
    taken = list(inspect.signature(TASKS[task].find()).parameters.values())[1:]
    found: dict[str, str | int | float] = {}
    for one in taken:
        if one.name == "kind":
            found[one.name] = kind
        elif one.name in _VALUES:
            found[one.name] = _VALUES[one.name]
        elif one.default is inspect.Parameter.empty:
            found[one.name] = plan_text(PLAN) if one.name == "plan" else "a.bin"
    return found


def ask(decoder: Decoder, tally: Tally, task: str, kind: str, data: bytes) -> None:
    started = time.monotonic()
    try:
        decoder(task, data, **values_for(task, kind))
    except DecoderStopped:
        tally.stopped.append(task)
    except AppError:
        pass
    tally.slowest = max(tally.slowest, time.monotonic() - started)
    tally.largest = max(tally.largest, peak_memory(decoder))


def peak_memory(decoder: Decoder) -> int:
    """Return the most that the worker ever held, in KiB; 0 where it died or nobody tells."""
    try:
        lines = Path(f"/proc/{decoder.pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def tasks_for(kind: str) -> list[str]:
    return [task for task in TASKS if kind.startswith(_MEANT.get(task, ""))]


def run_cases(decoder: Decoder, count: int, seed: int) -> Tally:
    chance, tally = random.Random(seed), Tally()
    known = list(seeds().items())
    for _number in range(count):
        name, data = chance.choice(known)
        kind = name.split(";")[0]
        other = chance.choice(known)[1]
        task = chance.choice(tasks_for(kind) if chance.random() < 0.9 else list(TASKS))
        ask(decoder, tally, task, kind, spoil(chance, data, other))
    return tally


def hold(decoder: Decoder, tally: Tally, cases: int) -> None:
    assert tally.slowest < LONGEST
    assert tally.largest < MOST_MEMORY
    assert len(tally.stopped) <= cases / 100, tally.stopped
    assert decoder("text", b"still here").text == "still here"


def test_whole_files_are_answered_within_the_limits(decoder: Decoder) -> None:
    tally = Tally()
    for name, data in seeds().items():
        kind = name.split(";")[0]
        for task in tasks_for(kind):
            ask(decoder, tally, task, kind, data)
    assert tally.stopped == []
    hold(decoder, tally, 0)


def test_some_spoilt_files(decoder: Decoder) -> None:
    hold(decoder, run_cases(decoder, SAMPLE, seed=4), SAMPLE)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_many_spoilt_files(decoder: Decoder) -> None:
    hold(decoder, run_cases(decoder, MANY, seed=5), MANY)


@pytest.mark.parametrize("task", TASKS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=2000), kind=st.sampled_from(sorted(seeds())))
def test_any_bytes_at_all(decoder: Decoder, task: str, data: bytes, kind: str) -> None:
    tally = Tally()
    ask(decoder, tally, task, kind.split(";", maxsplit=1)[0], data)
    assert tally.slowest < LONGEST
    assert tally.stopped == []
