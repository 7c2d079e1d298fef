"""Makes the project's own environment in .venv from the lock files, and tells when it is old."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import system_libraries

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
LOCKS = (ROOT / "packaging/requirements.lock", ROOT / "packaging/requirements-dev.lock")
OLDEST_PYTHON = (3, 11)

_STAMP = FOLDER / "made-from.txt"
_SCRIPTS = FOLDER / ("Scripts" if os.name == "nt" else "bin")
_LAUNCHER = """\
#!{python}
import sys

from desktop.__main__ import main

sys.exit(main())
"""


def python() -> Path:
    """Return the environment's interpreter."""
    return _SCRIPTS / ("python.exe" if os.name == "nt" else "python")


def is_ready() -> bool:
    """Say whether the environment is there and made from what the lock files say now."""
    return _stamped() == _fingerprint() and python().exists()


def ensure() -> None:
    """Make the environment, or bring it up to date; returns at once when nothing changed."""
    if is_ready():
        return
    wanted = _fingerprint()
    system_libraries.ensure_for_environment()
    started = time.monotonic()
    print(f"Making the environment in {FOLDER.name} (a few minutes the first time)", flush=True)
    _run(sys.executable, "-m", "venv", *_fresh_if_needed(wanted), str(FOLDER))
    _STAMP.unlink(missing_ok=True)
    _install()
    _link_project()
    _STAMP.write_text(wanted, encoding="utf-8")
    print(f"The environment is ready ({time.monotonic() - started:.0f} s)", flush=True)


def _install() -> None:
    wanted = [word for lock in LOCKS for word in ("--requirement", str(lock))]
    _run(str(python()), "-m", "pip", "install", "--quiet", "--require-hashes", *wanted)


def _link_project() -> None:
    """Let the environment import the checkout, and give it the program's command."""
    where = _run(
        str(python()), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"
    ).strip()
    Path(where, "safeguarding_log.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if os.name == "nt":
        command = f'@"{python()}" -m desktop %*\r\n'
        (_SCRIPTS / "safeguarding-log.cmd").write_text(command, encoding="utf-8")
        return
    launcher = _SCRIPTS / "safeguarding-log"
    launcher.write_text(_LAUNCHER.format(python=python()), encoding="utf-8")
    launcher.chmod(0o755)


def _interpreter() -> str:
    return f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"


def _fingerprint() -> str:
    """Describe what the environment is made from: interpreter, place, lock files."""
    digest = hashlib.sha256()
    for path in (*LOCKS, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return f"{_interpreter()}\n{ROOT}\n{digest.hexdigest()}\n"


def _stamped() -> str:
    return _STAMP.read_text(encoding="utf-8") if _STAMP.exists() else ""


def _fresh_if_needed(wanted: str) -> list[str]:
    """Start over when it was made by another Python or moved; else keep what is installed."""
    made_from = _stamped().splitlines()[:2]
    return ["--clear"] if made_from and made_from != wanted.splitlines()[:2] else []


def _run(*command: str) -> str:
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if ended.returncode:
        shown = " ".join(command[:4])
        raise system_libraries.SystemIncomplete(f"'{shown} …' failed.\n{ended.stdout}")
    return ended.stdout
