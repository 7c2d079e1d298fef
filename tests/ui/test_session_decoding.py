"""A lock that cuts work ends the process that reads foreign bytes, in the middle of reading."""

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.domain.errors import DecoderStopped
from desktop.domain.log.locking import LockReason
from desktop.domain.steps.procedures import Procedure
from desktop.operations.reading.decoder import Decoder
from desktop.operations.workspace import Workspace
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.workspaces import make_workspace


def test_what_is_being_read_is_not_waited_for(
    locked_session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    clock: FrozenClock,
    procedures: Mapping[str, Procedure],
) -> None:
    decoder = Decoder()
    decoder("text", b"it runs")
    pid = decoder.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)

    def open_log() -> Workspace:
        on_log = locked_session._background.on_log
        made = make_workspace(tmp_path / "log", clock, procedures, on_log)
        return replace(made, decode=decoder, stop_decoding=decoder.stop)

    with qtbot.waitSignal(locked_session.unlocked):
        locked_session.open(locked_session, open_log)
    ended: list[object] = []

    def read(workspace: Workspace, _progress: object, _cancelled: object) -> object:
        return workspace.decode("text", bytes(40 * 1024 * 1024))

    locked_session.run_long(locked_session, read, ended.append, ended.append)
    started = time.monotonic()
    with qtbot.waitSignal(locked_session.closed, timeout=30_000):
        locked_session.lock(LockReason.SCREEN)
    assert time.monotonic() - started < 20
    assert not Path(f"/proc/{pid}/status").exists()
    qtbot.waitUntil(lambda: len(ended) == 1)
    assert isinstance(ended[0], DecoderStopped)
