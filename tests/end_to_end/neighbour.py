"""Another program: shows a page from a local file in its own window at a fixed place."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTextBrowser


def main() -> None:
    """Show the page given first; write a line once it stands on the screen."""
    application = QApplication(sys.argv[:1])
    page = QTextBrowser()
    page.setWindowTitle("Town Chatter")
    page.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    page.setStyleSheet("QTextBrowser { background: #fff7d6; border: 12px solid #c2185b; }")
    page.setHtml(Path(sys.argv[1]).read_text("utf-8"))
    page.setGeometry(100, 80, 900, 560)
    page.show()
    page.windowHandle().requestUpdate()
    application.processEvents()
    sys.stdout.write("shown\n")
    sys.stdout.flush()
    application.exec()


if __name__ == "__main__":
    main()
