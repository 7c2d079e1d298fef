"""The nets under the tests hold: sockets, logs, threads, homes; each is seen to catch."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).with_name("conftest.py")


def _run(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    """Run a test of the body under this project's conftest, in a process of its own."""
    root = CONFTEST.parent.parent
    pytester.makepyfile(test_planted=body)
    pytester.makeconftest(
        "import sys\n"
        f"sys.path.insert(0, {str(root)!r})\n"
        "from tests.conftest import *\n"
        "from tests.conftest import _home_base, _stay_offline, _leave_nothing_running\n"
        "from tests.conftest import _leave_text_at_its_size\n"
    )
    return pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider")


def test_conftest_finds_an_internet_socket_that_was_swallowed(pytester: pytest.Pytester) -> None:
    result = _run(
        pytester,
        """
        import socket

        def test_planted():
            try:
                socket.socket(socket.AF_INET6)
            except OSError:
                pass
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*an internet socket was attempted*"])


def test_conftest_finds_an_internet_socket_of_a_child_process(pytester: pytest.Pytester) -> None:
    result = _run(
        pytester,
        """
        import subprocess, sys

        def test_planted():
            code = "import socket; socket.getaddrinfo('example.invalid', 80)"
            subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*an internet socket was attempted*"])


def test_conftest_finds_a_warning_in_the_log(pytester: pytest.Pytester) -> None:
    result = _run(
        pytester,
        """
        import logging

        def test_planted():
            logging.getLogger("desktop").warning("something is off")
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*something is off*"])


def test_conftest_finds_a_thread_that_stays(pytester: pytest.Pytester) -> None:
    result = _run(
        pytester,
        """
        import threading
        from tests import conftest

        def test_planted(monkeypatch):
            conftest._PATIENCE = 0.05
            threading.Thread(target=threading.Event().wait, name="lost", daemon=True).start()
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*still running after the test: lost*"])


def test_conftest_takes_away_the_themes_of_a_test(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    result = _run(
        pytester,
        """
        from desktop.ui.theme import Theme
        from tests.conftest import _themes
        import pytest

        @pytest.fixture(scope="module")
        def shared(qapp):
            return Theme(qapp)

        def test_planted(shared, qapp):
            Theme(qapp)
            assert len(_themes()) == 2

        def test_after(shared):
            assert _themes() == [shared]
        """,
    )
    result.assert_outcomes(passed=2)


def test_conftest_gives_each_test_a_home_of_its_own(home: Path) -> None:
    assert Path.home() == home
    assert os.environ["XDG_DATA_HOME"].startswith(str(home))
    code = "import tempfile; print(tempfile.gettempdir())"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert Path(shown.stdout.strip()) == home / "tmp"


def test_conftest_lets_a_test_expect_a_warning(log_records: list[logging.LogRecord]) -> None:
    logging.getLogger("desktop").warning("expected")
    assert [record.getMessage() for record in log_records] == ["expected"]
    log_records.clear()
