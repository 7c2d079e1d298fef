"""The process that reads foreign bytes: it answers as this one would; nothing it sends hurts."""

import importlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.errors import DecoderStopped, PictureUnreadable
from desktop.operations.reading import decoder as decoder_module
from desktop.operations.reading.decoder import (
    CONTENT_BYTES,
    Decoder,
    answer_all,
    load_everything,
    seconds_for,
)
from desktop.operations.reading.decoding import TASKS, Task, decode_here
from desktop.system.worker import own_command
from desktop.system.worker_messages import Limits, receive, send
from tests.evidence_pieces import a_mail, a_pdf, a_png

LIAR = """
import sys
from desktop.system.worker_messages import *
i, o = sys.stdin.buffer, sys.stdout.buffer
send(o, b"ready")
while receive(i, Limits(10**6, 10**9)):
    send(o, {head!r}, {parts!r})
"""


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    made = Decoder()
    yield made
    made.stop()


def a_liar(head: bytes, *parts: bytes) -> Decoder:
    return Decoder((sys.executable, "-c", LIAR.format(head=head, parts=parts)))


@pytest.mark.parametrize(
    ("task", "content", "given"),
    [
        ("picture", a_png(size=(40, 30)), {"file_name": "a.png", "longest": 20}),
        ("count pages", a_pdf(), {"file_name": "a.pdf"}),
        ("draw page", a_pdf(), {"file_name": "a.pdf", "page": 0, "scale": 0.5}),
        ("mail", a_mail(), {"file_name": "a.eml"}),
        ("text", b"caf\xc3\xa9 \xff", {}),
    ],
)
def test_it_answers_as_this_process_would(
    decoder: Decoder, task: str, content: bytes, given: dict[str, str | int | float]
) -> None:
    assert decoder(task, content, **given) == decode_here(task, content, **given)


def test_an_expected_error_comes_across_with_its_data(decoder: Decoder) -> None:
    with pytest.raises(PictureUnreadable) as caught:
        decoder("picture", b"no picture", file_name="é.png")
    assert caught.value.file_name == "é.png"
    assert decoder("text", b"still here").text == "still here"


def test_what_is_too_large_is_not_sent(decoder: Decoder) -> None:
    with pytest.raises(DecoderStopped):
        decoder("text", bytes(CONTENT_BYTES + 1))


def test_larger_content_has_longer() -> None:
    assert seconds_for(10) == seconds_for(1024 * 1024) == 2
    assert 2 < seconds_for(2 * 1024 * 1024) < seconds_for(CONTENT_BYTES) < 60


def test_a_death_is_told_and_the_next_task_finds_another(decoder: Decoder) -> None:
    decoder("text", b"one")
    assert decoder.pid
    os.kill(decoder.pid, signal.SIGSTOP)
    started = time.monotonic()
    with pytest.raises(DecoderStopped) as caught:
        decoder("text", b"two")
    assert 1.5 < time.monotonic() - started < 15
    assert caught.value.task == "text"
    assert decoder("text", b"three").text == "three"


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_a_picture_of_30_megapixels_is_shown_whole_in_512_mebibytes(decoder: Decoder) -> None:
    file = io.BytesIO()
    Image.new("RGB", (6708, 4472), (1, 2, 3)).save(file, "PNG", compress_level=1)
    picture = decoder("picture", file.getvalue(), file_name="a.png")
    assert (picture.width, picture.height) == (6708, 4472)
    status = Path(f"/proc/{decoder.pid}/status").read_text("utf-8")
    (peak,) = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
    assert peak < 512 * 1024


def test_after_stop_nothing_is_read() -> None:
    stopped = Decoder()
    stopped.stop()
    with pytest.raises(DecoderStopped):
        stopped("text", b"one")


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"[]",
        b'["answer"]',
        b'["answer", 1]',
        b'["answer", ["Picture", 100, 100, 0, 100, 100, 1]]',
        b'["answer", ["Picture", 100, 100, 7, 100, 100, 1]]',
        b'["answer", ["TextView", "x", false, false]]',
        b'["error", "AppError", []]',
        b'["error", "PurePath", ["/etc"]]',
        b'["error", "DestinationExists", ["/etc"]]',
        b'["error", "ItemsAltered", [["PXS/1"]]]',
        b'["error", "LogLocked", []]',
        b'["error", "PictureUnreadable", [1]]',
        b'["error", "PictureUnreadable", ["' + b"a" * 1001 + b'"]]',
        b'["error", "PictureUnreadable", ["a", "b"]]',
        b'["error", "__builtins__", []]',
        b'["error", "dataclass", []]',
        b"[" * 5000,
    ],
)
def test_a_worker_that_lies_is_ended_and_nothing_of_it_is_believed(head: bytes) -> None:
    liar = a_liar(head, b"four")
    try:
        with pytest.raises(DecoderStopped):
            liar("picture", b"x", file_name="a")
        assert liar.pid is None
    finally:
        liar.stop()


@pytest.mark.parametrize(("name", "noted"), [("ValueError", 1), ("MemoryError", 0), ("a b", 1)])
def test_a_fault_in_a_task_is_noted_without_the_content(
    name: str, noted: int, log_records: list[object]
) -> None:
    liar = a_liar(json.dumps(["failed", name]).encode())
    try:
        with pytest.raises(DecoderStopped):
            liar("text", b"secret words")
    finally:
        liar.stop()
    assert len(log_records) == noted
    assert not any("secret" in str(vars(one)) or "a b" in str(vars(one)) for one in log_records)
    log_records.clear()


def test_the_window_loads_no_decoder_of_foreign_bytes() -> None:
    code = (
        "import sys, desktop.app\n"
        "import desktop.operations.entering.open_log, desktop.operations.evidence.view_evidence\n"
        "desktop.app.surroundings()\n"
        "print([n for n in ('PIL', 'pypdfium2', 'pi_heif', 'olefile', 'pymediainfo')"
        " if n in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.skipif(not shutil.which("strace"), reason="strace watches what the worker asks for")
def test_no_file_is_opened_and_nothing_started_once_it_is_ready(tmp_path: Path) -> None:
    notes = tmp_path / "trace.txt"
    watched = Decoder(
        ("strace", "-f", "-qq", "-o", str(notes), *own_command(decoder_module.DECODER_WORD))
    )
    try:
        watched("picture", a_png(), file_name="a")
        watched("draw page", a_pdf(), file_name="a", page=0, scale=1.0)
        watched("mail", a_mail(), file_name="a")
        with pytest.raises(PictureUnreadable):
            watched("picture", b"\xff\xd8\xff nothing", file_name="a")
    finally:
        watched.stop()
    lines = notes.read_text("utf-8", "replace").splitlines()
    last = max(number for number, line in enumerate(lines) if "RLIMIT_NOFILE" in line)
    later = [line.split(maxsplit=1)[1] for line in lines[last + 1 :]]
    calls = {line.split("(")[0] for line in later}
    assert {"read", "write"} <= calls
    assert calls & {"socket", "connect", "execve", "fork", "vfork", "clone", "clone3"} == set()
    # A PDF asks for the fonts of the computer, and is refused: no file is ever opened.
    opened = [line for line in later if line.startswith(("open", "creat")) and "= -1" not in line]
    assert opened == []


def test_nothing_outlives_the_program_that_asked(tmp_path: Path) -> None:
    code = (
        "import os, sys; from desktop.operations.reading.decoder import Decoder\n"
        "d = Decoder(); d('text', b'x'); print(d.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, text=True
    )
    pid = int(told.stdout)
    deadline = time.monotonic() + 20
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_the_worker_answers_one_question_after_another() -> None:
    def fail(_content: bytes) -> str:
        raise KeyError("secret")

    questions = io.BytesIO()
    for task, content, given in (
        ("text", b"words", {"limit": 3}),
        ("picture", b"no picture", {"file_name": "a.png"}),
        ("fail", b"", {}),
    ):
        head = {"task": task, "given": given, "seconds": 60}
        send(questions, json.dumps(head).encode(), (content,))
    questions.seek(0)
    told = io.BytesIO()
    answer_all(questions, told, {**TASKS, "fail": _Fails(fail)})
    told.seek(0)
    limits = Limits(10_000, 10_000)
    heads = [json.loads(found[0]) for _number in range(3) if (found := receive(told, limits))]
    assert heads == [
        ["answer", ["TextView", "wor", False, True]],
        ["error", "PictureUnreadable", ["a.png"]],
        ["failed", "KeyError"],
    ]
    assert receive(told, limits) is None


class _Fails(Task):
    """A task whose function stands nowhere."""

    def __init__(self, function: Callable[..., str]) -> None:
        super().__init__("", "", str)
        object.__setattr__(self, "_given", function)

    def find(self) -> Callable[..., str]:
        found: Callable[..., str] = object.__getattribute__(self, "_given")
        return found


def test_everything_is_loaded_and_then_nothing_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    load_everything()
    assert "".encode("utf-8-sig")
    assert "encodings.shift_jis" in sys.modules
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("this")
