"""Puts the tests' temporary folders into memory where the system allows it: a third quicker."""

import subprocess
import sys
from pathlib import Path

_SIZE, _LEFT_FREE = 6, 2  # GiB
# In a name space of its own the disk goes with the last process that sees it, killed or not.
_MOUNT = f'mount -t tmpfs -o size={_SIZE}g,mode=700 tests "$0" && exec "$@"'


def words_before(folder: Path) -> list[str]:
    """Return what stands before a command so that it finds a disk in memory at the folder.

    Nothing, where the system has none to give: the folder is an ordinary one then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = ["unshare", "--mount", "sh", "-c", _MOUNT, str(folder)]
    return words if _memory_to_spare() and _works(words) else []


def _memory_to_spare() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    (free,) = (int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    return free >= (_SIZE + _LEFT_FREE) * 2**20


def _works(words: list[str]) -> bool:
    try:
        tried = subprocess.run([*words, "true"], capture_output=True, check=False)
    except OSError:
        return False
    return tried.returncode == 0
