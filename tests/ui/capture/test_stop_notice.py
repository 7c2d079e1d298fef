"""The stop notice says stop in the words of the domain."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.gate import STOP_NOTICE_TITLE, Concern
from desktop.ui.capture.stop_notice import SealedNotice, StopNotice
from tests.ui.handles import find


def test_it_says_what_nobody_may_do(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    notice = StopNotice(["photo.jpg"], window)
    notice.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    notice.open()
    words = "\n".join(label.text() for label in notice.findChildren(QLabel))
    assert STOP_NOTICE_TITLE in words
    assert "do not ask the child to send, show or delete it" in words
    assert "Held back: photo.jpg" in words
    with qtbot.waitSignal(notice.accepted):
        QTest.keyClick(find(notice, QPushButton, "stopReadButton"), Qt.Key.Key_Return)


def test_it_can_stand_without_a_name(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notice = StopNotice([], window)
    words = "\n".join(label.text() for label in notice.findChildren(QLabel))
    assert "Held back" not in words


def test_it_names_the_first_few_of_many(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notice = StopNotice([f"{number}.jpg" for number in range(200)], window)
    words = "\n".join(label.text() for label in notice.findChildren(QLabel))
    assert "6.jpg, 7.jpg and 192 more" in words
    assert "8.jpg" not in words


def test_what_is_sealed_gets_the_same_notice_in_its_own_words(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notice = SealedNotice(["PXS/2"], window)
    words = "\n".join(label.text() for label in notice.findChildren(QLabel))
    assert "It is sealed now" in words
    assert "do not ask the child to send, show or delete it" in words
    assert "Sealed: PXS/2" in words
    assert "new backups leave it out" in words


@pytest.mark.parametrize(
    ("concern", "said", "not_said"),
    [
        (Concern.ADULT_IMAGE, "An adult decides about the police", "ask the child"),
        (Concern.TERRORIST, "the Prevent team", "ask the child"),
        (Concern.CHILD_IMAGE, "if the child is under 13", "Prevent"),
    ],
)
def test_it_speaks_of_what_it_may_be(
    qtbot: QtBot, concern: Concern, said: str, not_said: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notice = StopNotice(["clip.mp4"], window, concern=concern)
    words = "\n".join(label.text() for label in notice.findChildren(QLabel))
    assert said in words
    assert not_said not in words
    assert "Do not open, view, copy" in notice.accessibleDescription()
