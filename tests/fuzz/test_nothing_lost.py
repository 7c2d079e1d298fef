"""Spoilt files taken into a real log and looked at, with a reader that is killed now and then."""

import os
import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.evidence.items import Method
from desktop.domain.evidence.shown import NotShown
from desktop.operations.checking.check_log import check_log
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import make_thumbnail, open_item
from desktop.operations.reading.decoder import Decoder
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_file, a_no_for, an_incident, ignore, never
from tests.fuzz.seeds import seeds
from tests.fuzz.test_worker import spoil

FILES = 40
_ENDINGS = {"image/png": ".png", "message/rfc822": ".eml", "application/zip": ".zip"}


@pytest.fixture
def reading(workspace: Workspace) -> Iterator[tuple[Workspace, Decoder]]:
    decoder = Decoder()
    yield replace(workspace, decode=decoder, stop_decoding=decoder.stop), decoder
    decoder.stop()


def test_whatever_becomes_of_the_reader_every_file_is_kept_as_it_came(
    reading: tuple[Workspace, Decoder], tmp_path: Path
) -> None:
    workspace, decoder = reading
    chance, known = random.Random(7), list(seeds().items())
    incident = an_incident(workspace)
    files = [_a_spoilt_file(tmp_path, chance, known, number) for number in range(FILES)]
    statement = a_no_for(workspace, incident, *files)
    shown = 0
    for number, path in enumerate(files):
        added = add_file(workspace, incident, statement, path, Method.PICKER, ignore, never)
        if number % 7 == 3 and decoder.pid:
            os.kill(decoder.pid, signal.SIGKILL)
            while decoder.pid:  # until it is gone: what dies under a question is another test
                pass
        opened = open_item(workspace, added.item_id, ignore, never)
        shown += not isinstance(opened.shown, NotShown)
        assert opened.content == path.read_bytes()
        make_thumbnail(workspace, added.item_id, 100, ignore, never)
    assert shown > FILES / 4
    assert check_log(workspace, ignore, never).holds


def _a_spoilt_file(
    folder: Path, chance: random.Random, known: list[tuple[str, bytes]], number: int
) -> Path:
    name, data = chance.choice(known)
    spoilt = spoil(chance, data, chance.choice(known)[1]) or b"?"
    return a_file(folder, f"{number}{_ENDINGS.get(name.split(';')[0], '')}", spoilt)
