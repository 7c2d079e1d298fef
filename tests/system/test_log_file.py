import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.system.log_file import start_log_file


@pytest.fixture
def handler(tmp_path: Path) -> Iterator[logging.Handler]:
    started = start_log_file(tmp_path / "logs")
    assert started
    yield started
    logging.getLogger().removeHandler(started)
    started.close()


def _fail(typed: str) -> None:
    raise KeyError(typed)


@pytest.mark.usefixtures("handler")
def test_log_file_says_what_failed_and_where_but_not_what_was_typed(
    tmp_path: Path, log_records: list[logging.LogRecord]
) -> None:
    try:
        _fail("Ermintrude")
    except KeyError:
        logging.getLogger("desktop").exception("could not do it")
    text = (tmp_path / "logs" / "program.log").read_text()
    assert "ERROR desktop: could not do it" in text
    assert "in _fail" in text
    assert "KeyError" in text
    assert "Ermintrude" not in text
    log_records.clear()


def test_log_file_starts_anew_when_it_is_full(
    tmp_path: Path, handler: logging.Handler, log_records: list[logging.LogRecord]
) -> None:
    for _ in range(900):
        logging.getLogger("desktop").warning("x" * 1000)
    log_records.clear()
    sizes = [file.stat().st_size for file in (tmp_path / "logs").iterdir()]
    assert 2 <= len(sizes) <= 4
    assert max(sizes) <= 256 * 1024
    assert handler in logging.getLogger().handlers


def test_program_starts_where_no_log_file_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert start_log_file(tmp_path / "file" / "logs") is None
