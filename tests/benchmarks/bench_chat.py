"""(l) How long a search takes in a chat of 100,000 messages, and how long until it is shown."""

import time
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.evidence.chats import ChatSearch, ChatView
from desktop.intake.chat import read_chat
from desktop.operations.reading.decoder import Decoder
from desktop.ui.evidence.viewer_chat import ChatContentView
from tests.benchmarks.rows import Row, compare, limit

MESSAGES = 100_000
# Plain code looks through the same text once; the places of what it finds come on top.
SEARCH_GOAL = 2.0
READ_GOAL = 2.0
SHOW_GOAL = 1.0


def rows() -> list[Row]:
    """Search for words that are rare; read the export in the process for it; show it."""
    application = QApplication.instance() or QApplication([])
    export = _export()
    view = read_chat(export)
    assert view is not None
    search = ChatSearch(view)
    folded = "\n".join(view.texts).casefold()
    decoder = Decoder()
    try:
        decoder("text", b"it is warm now")
        found = [
            compare(
                f"(l) search in a chat of {MESSAGES:,} messages, against plain Python",
                partial(_search, search),
                partial(_plain, folded),
                goal=SEARCH_GOAL,
            ),
            limit("(l) read the export", partial(_read, decoder, export), goal=READ_GOAL),
            limit("(l) show it, and go to its end", partial(_show, view), goal=SHOW_GOAL),
        ]
    finally:
        decoder.stop()
    application.processEvents()
    return found


def _export() -> bytes:
    lines = [
        f"[{1 + n // 5000 % 28:02d}/11/2026, 21:{n % 60:02d}:00] {'Ann' if n % 3 else 'Bo'}: "
        f"this is message number {n} of all of them"
        for n in range(MESSAGES)
    ]
    return "\n".join(lines).encode()


def _search(search: ChatSearch) -> float:
    started = time.perf_counter()
    found = search.find("number 9999")
    took = time.perf_counter() - started
    assert len(found) == 11
    return took


def _plain(folded: str) -> float:
    started = time.perf_counter()
    count = folded.count("number 9999")
    took = time.perf_counter() - started
    assert count == 11
    return took


def _read(decoder: Decoder, export: bytes) -> float:
    started = time.perf_counter()
    view = decoder("chat", export, file_name="chat.txt")
    took = time.perf_counter() - started
    assert len(view.times) == MESSAGES
    return took


def _show(view: ChatView) -> float:
    window = QWidget()
    window.resize(1000, 700)
    started = time.perf_counter()
    chat = ChatContentView(view, "chat", window)
    chat.resize(window.size())
    window.show()
    chat.list.go_to_message(MESSAGES - 1)
    QApplication.processEvents()
    took = time.perf_counter() - started
    window.close()
    window.deleteLater()
    return took
