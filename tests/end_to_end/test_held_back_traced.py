"""What is held back, traced by the system: neither the window nor its reader opens it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.held_back_alone import HELD, LET_IN
from tests.evidence_pieces import a_mail, a_png

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(180)]

ROOT = Path(__file__).parents[2]
# Opening, reading, and whatever asks a file for what it says of itself.
CALLS = "openat,open,read,pread64,readv,mmap,getxattr,lgetxattr,listxattr,llistxattr,execve"
_CHILD = re.compile(r"^(\d+) +execve\([^\n]*--decoder", re.MULTILINE)


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    folder = tmp_path / "phone"
    folder.mkdir()
    for name in (*LET_IN, *HELD):
        (folder / name).write_bytes(a_mail() if name.endswith(".eml") else a_png())
    return folder


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not there")
def test_neither_the_window_nor_its_reader_opens_what_is_held_back(
    phone: Path, tmp_path: Path
) -> None:
    trace = tmp_path / "trace.txt"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-y", "-e", f"trace={CALLS}", "-o", str(trace),
         sys.executable, "-m", "tests.end_to_end.held_back_alone", str(tmp_path)],
        capture_output=True, text=True, timeout=150, check=False,
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    if "ptrace" in done.stderr.lower():
        pytest.skip("processes cannot be traced here")
    assert done.stdout.split() == ["done"], done.stderr
    calls = trace.read_text("utf-8", "replace")
    for name in LET_IN:
        assert re.search(rf"read\([^\n]*{re.escape(str(phone / name))}>", calls), name
    for name in HELD:
        assert str(phone / name) not in calls, name
    assert "held-back" not in calls, "by another way or another name"
    readers = {*_CHILD.findall(calls)}
    assert readers, "the reader of foreign bytes was at work"
    by_reader = [line for line in calls.splitlines() if line.split(" ", 1)[0] in readers]
    assert not [line for line in by_reader if str(phone) in line]
