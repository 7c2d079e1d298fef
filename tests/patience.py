"""How long a test waits for what must happen, and how it waits without holding up the work."""

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

PATIENCE = 20.0  # seconds; a test that passes never waits so long, even on a busy machine
PATIENCE_MS = round(PATIENCE * 1000)


def let_go(milliseconds: int = 1) -> None:
    """Let the program go on for so long.

    QTest.qWait would do it too, but keeps the other threads from running Python meanwhile.
    """
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
