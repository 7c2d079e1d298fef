import os
import platform

import pytest

from desktop import __version__
from desktop.system.machine import describe_machine


def test_machine_names_computer_system_and_program() -> None:
    line = describe_machine()
    assert os.uname().nodename in line
    assert line.endswith(f"Safeguarding Log {__version__}")
    assert len(line.split(", ")) >= 3


def test_machine_without_a_release_file_is_still_described(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> dict[str, str]:
        raise OSError

    monkeypatch.setattr(platform, "freedesktop_os_release", missing)
    assert platform.release() in describe_machine()
