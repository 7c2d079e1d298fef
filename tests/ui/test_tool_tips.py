"""What somebody typed is shown in a tool tip as it is: markup there could open files."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

import desktop.ui
from desktop.ui.widgets.words import plain_tip

# Texts of our own, or a letter and a number: nobody types markup into these.
OURS = re.compile(
    r"setToolTip\((?:plain_tip\(|\"|NO_FORM|said\)|f\"Ctrl\+\{number\}|f\"Open \{item\.mark\}|$)"
)


@pytest.mark.parametrize(
    "typed",
    [
        '<img src="//share.example/picture.png">',
        "P00. Because <b>he</b> said so\nand more & more",
        "1 < 2",
        "plain",
    ],
)
def test_a_tip_says_what_was_typed(qapp: QApplication, typed: str) -> None:
    tip = plain_tip(typed)
    document = QTextDocument()
    if tip == typed:
        assert "<" not in typed
    else:
        document.setHtml(tip)
        assert document.toPlainText().replace("\u2028", "\n") == typed
        assert "<img" not in tip
        assert "<b>" not in tip


def test_every_tip_with_words_of_the_log_is_made_plain() -> None:
    folder = Path(desktop.ui.__file__).parent
    wrong = [
        f"{path.name}: {line.strip()}"
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "setToolTip(" in line and not OURS.search(line)
    ]
    assert wrong == []
