"""Knows what the system must have beside Python: Qt's libraries, and the tools that tests call."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
TEST_TOOLS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "openssl": "openssl",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "unzip": "unzip",
    "7zz 7z": "7zip",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "strace": "strace",
}


class SystemIncomplete(Exception):
    """Something of the system is missing and cannot be installed from here."""


def ensure_for_environment() -> None:
    """Make sure that a virtual environment can be made; what Qt needs is named along with it."""
    missing = missing_modules()
    if missing:
        _provide(missing + missing_libraries(), "the environment cannot be made")


def ensure_for_running() -> None:
    """Make sure that Qt finds the libraries it stands on."""
    _provide(missing_libraries(), "Qt cannot start")


def ensure_for_testing(*, with_environment: bool = False) -> None:
    """Make sure that Qt runs, and that the screen and the outside checkers are there."""
    modules = missing_modules() if with_environment else []
    _provide(modules + missing_libraries() + missing_tools(), "the tests cannot run")


def missing_modules() -> list[str]:
    """Return the Debian package that this Python lacks to make environments, if it does."""
    return [] if can_make_environments() else ["python3-venv"]


def can_make_environments() -> bool:
    """Say whether this Python can make environments with pip: Debian splits that off."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def missing_libraries() -> list[str]:
    """Return the Debian packages of the libraries that do not load here."""
    if not sys.platform.startswith("linux"):
        return []
    return sorted(package for name, package in QT_LIBRARIES.items() if not _loads(name))


def missing_tools() -> list[str]:
    """Return the Debian packages of the tools that are not on the path."""
    if not sys.platform.startswith("linux"):
        return []
    return sorted(
        package
        for names, package in TEST_TOOLS.items()
        if not any(shutil.which(name) for name in names.split())
    )


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _provide(packages: list[str], without: str) -> None:
    if not packages:
        return
    if not shutil.which("apt-get"):
        names = ", ".join(packages)
        raise SystemIncomplete(f"{without}, because what Debian calls {names} is missing.")
    if os.geteuid() != 0:
        raise SystemIncomplete(
            f"{without}, because system libraries are missing; install them with "
            f"'sudo apt-get install {' '.join(packages)}'."
        )
    print(f"Installing for the system: {', '.join(packages)}", flush=True)
    _apt_get("update")
    _apt_get("install", "--yes", "--no-install-recommends", *packages)
    importlib.invalidate_caches()


def _apt_get(*words: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-q", "-o", "Acquire::Retries=3", *words]
    ended = subprocess.run(
        command,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if ended.returncode:
        raise SystemIncomplete(f"'{' '.join(command)}' failed:\n{ended.stdout}")
