"""Pins what the program and its developers need, with hashes, for all systems and Pythons."""

import os
import subprocess
import sys
from pathlib import Path

import environment

PIP_COMPILE = (
    "--quiet",
    "--universal",
    "--upgrade",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--python-version=3.11",
)
_TOOLS = environment.ROOT / "build" / "lock-tools"


def write_locks() -> int:
    """Write both lock files anew; what changed is for a person to read before it is committed."""
    for_the_program, for_developers = environment.LOCKS
    _compile(for_the_program, "What the program stands on", "pyproject.toml")
    pinned = ("--constraint", str(for_the_program))
    _compile(for_developers, "What its developers need beside that", "--group", "dev", *pinned)
    print("Wrote both lock files. Read what changed, run the tests, then commit.")
    return 0


def _compile(lock: Path, about: str, *source: str) -> None:
    options = [*PIP_COMPILE, *source, "--output-file", str(lock)]
    subprocess.run([str(_locking_tool()), "pip", "compile", *options], check=True)
    header = f"# {about}, pinned with hashes; written by 'packaging/dev.py lock'.\n"
    lock.write_text(header + lock.read_text(encoding="utf-8"), encoding="utf-8")


def _locking_tool() -> Path:
    """Return uv, which resolves for other systems than this one; installed for this only."""
    scripts = _TOOLS / ("Scripts" if os.name == "nt" else "bin")
    tool = scripts / ("uv.exe" if os.name == "nt" else "uv")
    if not tool.exists():
        subprocess.run([sys.executable, "-m", "venv", str(_TOOLS)], check=True)
        pip = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "uv"]
        subprocess.run(pip, check=True)
    return tool
