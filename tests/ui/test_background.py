"""The two worker threads: order, answers, gone owners, work that is pending at the end."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.errors import AppError, LogLocked, WrongPassphrase
from desktop.ui.background import Background, Lane


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def owner(qapp: object) -> QObject:
    return QObject()


def _refuse() -> None:
    raise WrongPassphrase


def test_work_runs_in_order_on_one_thread_and_is_answered_on_the_ui_thread(
    background: Background, owner: QObject, qtbot: QtBot
) -> None:
    answers: list[tuple[int, int]] = []
    here: set[int] = set()

    def on_done(answer: tuple[int, int]) -> None:
        here.add(threading.get_ident())
        answers.append(answer)

    for number in range(500):
        work = partial(lambda n: (n, threading.get_ident()), number)
        background.submit(Lane.LOG, owner, work, on_done)
    qtbot.waitUntil(lambda: len(answers) == 500)
    assert [number for number, _ in answers] == list(range(500))
    assert len({thread for _, thread in answers}) == 1
    assert here == {threading.get_ident()}
    assert background.pending == 0


def test_each_lane_is_a_thread(background: Background, owner: QObject, qtbot: QtBot) -> None:
    threads: list[int] = []
    for lane in Lane:
        background.submit(lane, owner, threading.get_ident, threads.append)
    qtbot.waitUntil(lambda: len(threads) == len(Lane))
    assert len({*threads, threading.get_ident()}) == len(Lane) + 1


def test_what_is_put_off_is_done_later_and_is_pending_until_then(
    background: Background, owner: QObject, qtbot: QtBot
) -> None:
    done: list[str] = []
    gone = QObject()
    background.later(owner, 20, partial(done.append, "later"))
    background.later(gone, 20, partial(done.append, "gone"))
    delete(gone)
    assert (done, background.pending) == ([], 2)
    qtbot.waitUntil(lambda: background.pending == 0)
    assert done == ["later"]


def test_nothing_is_put_off_beyond_the_end(owner: QObject, qtbot: QtBot) -> None:
    background = Background()
    done: list[str] = []
    background.later(owner, 1, partial(done.append, "before"))
    background.close()
    background.later(owner, 1, partial(done.append, "after"))
    assert background.pending == 0
    qtbot.wait(20)
    assert done == []


def test_an_expected_error_goes_to_on_error(
    background: Background, owner: QObject, qtbot: QtBot
) -> None:
    errors: list[AppError] = []
    background.submit(Lane.LOG, owner, _refuse, None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], WrongPassphrase)


def test_an_expected_error_without_a_listener_is_dropped(
    background: Background, owner: QObject, qtbot: QtBot
) -> None:
    background.submit(Lane.LOG, owner, _refuse)
    qtbot.waitUntil(lambda: background.pending == 0)


def test_a_program_error_is_raised_on_the_ui_thread(
    background: Background, owner: QObject, qtbot: QtBot
) -> None:
    with qtbot.captureExceptions() as caught:
        background.submit(Lane.LOG, owner, lambda: 1 // 0)
        qtbot.waitUntil(lambda: background.pending == 0)
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] is ZeroDivisionError


def test_an_owner_that_is_gone_gets_no_answer_but_always_is_told(
    background: Background, owner: QObject, qtbot: QtBot
) -> None:
    answers: list[int] = []
    always: list[int] = []
    gate = threading.Event()

    def work() -> int:
        gate.wait()
        return 7

    background.submit(Lane.LOG, owner, work, answers.append, always=always.append)
    delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: always == [7])
    assert answers == []


def test_on_log_runs_on_the_log_thread_from_anywhere(
    background: Background, owner: QObject, qtbot: QtBot
) -> None:
    threads: list[tuple[int, int]] = []

    def work() -> tuple[int, int]:
        here = background.on_log(threading.get_ident)
        return here, background.on_log(lambda: background.on_log(threading.get_ident))

    log: list[int] = []
    background.submit(Lane.LOG, owner, threading.get_ident, log.append)
    background.submit(Lane.BYTES, owner, work, threads.append)
    background.submit(Lane.LOG, owner, work, threads.append)
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert {*threads[0], *threads[1]} == {log[0]}


def test_on_log_raises_what_was_raised_there(background: Background) -> None:
    with pytest.raises(WrongPassphrase):
        background.on_log(_refuse)


def test_close_lets_pending_work_end_and_does_the_last_thing_last(
    background: Background, owner: QObject
) -> None:
    done: list[str] = []
    for number in range(20):
        background.submit(Lane.BYTES, owner, partial(done.append, f"bytes {number}"))
        background.submit(Lane.LOG, owner, partial(done.append, f"log {number}"))
    background.submit(Lane.BYTES, owner, lambda: background.on_log(lambda: done.append("asked")))
    background.close(lambda: done.append("closed"))
    background.close(lambda: done.append("again"))
    assert len(done) == 42
    assert done[-1] == "closed"
    assert "asked" in done


def test_what_only_computes_and_has_not_begun_is_dropped_without_a_word(
    background: Background, owner: QObject, caplog: pytest.LogCaptureFixture
) -> None:
    began, may_end, done = threading.Event(), threading.Event(), list[str]()

    def first() -> None:
        began.set()
        may_end.wait(10)
        done.append("first")

    background.submit(Lane.COMPUTER, owner, first)
    assert began.wait(10)
    background.submit(Lane.COMPUTER, owner, partial(done.append, "second"))
    waiting = background._executors[Lane.COMPUTER]._work_queue
    second = waiting.get()
    second.future.add_done_callback(lambda _ended: may_end.set())
    waiting.put(second)
    background.close()
    assert done == ["first"]
    assert caplog.records == []


def test_after_close_work_is_refused(background: Background, owner: QObject, qtbot: QtBot) -> None:
    background.close()
    errors: list[AppError] = []
    background.submit(Lane.LOG, owner, threading.get_ident, None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], LogLocked)
    with pytest.raises(LogLocked):
        background.on_log(threading.get_ident)


def test_answers_on_their_way_at_close_are_dropped(
    background: Background, owner: QObject, qapp: object
) -> None:
    answers: list[int] = []
    background.submit(Lane.LOG, owner, threading.get_ident, answers.append)
    background.close()
    background._on_ended(1, 5, None)
    assert answers == []
