"""Wrong, truncated and hostile files are a sentence or plain words; nothing of them runs."""

import struct
import tempfile
import zlib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit

from desktop.domain.log.custody import Action
from tests.conftest import Perform
from tests.evidence_pieces import a_pdf, a_png
from tests.ui.handles import click
from tests.ui.looks import Look

PAGE = (
    b"<html><head><script>document.title='ran'</script><meta http-equiv=refresh "
    b"content='0;url=https://a.example'></head><body onload=alert(1)>Words of the page"
    b"<img src='https://a.example/x.png'><iframe src='file:///etc/passwd'></iframe></body></html>"
)
MAIL = (
    b"From: a@example.org\r\nSubject: <img src=x>\r\nContent-Type: text/html\r\n\r\n"
    b"<b>Words of the mail</b><img src='https://a.example/x.png'><script>alert(1)</script>"
)


def _chunk(kind: bytes, content: bytes) -> bytes:
    sum_of = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + sum_of


def a_bomb() -> bytes:
    """Return a picture that claims to be a hundred thousand pixels wide and high."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b""))
        + (_chunk(b"IEND", b""))
    )


HOSTILE = [
    ("truncated.png", a_png(size=(600, 400))[:-60]),
    ("bomb.png", a_bomb()),
    ("truncated.pdf", a_pdf()[:200]),
    ("only-a-name.jpg", b"nothing of the kind \x00\x01\x02"),
    ("picture.zip", b"PK\x03\x04" + b"\xff" * 300),
    ("page.html", PAGE),
    ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("mail.eml", MAIL),
    ("right-to-left.txt", "gpj.\u202eexe\x1b[31m".encode()),
    ("zeros.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 400),
]


@pytest.mark.parametrize("look", HOSTILE, indirect=True, ids=[name for name, _ in HOSTILE])
def test_it_is_words_and_stays_kept(
    look: Look, perform: Perform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    viewer = look.open()
    look.settle()
    assert viewer.view is not None
    assert viewer.banner.text == ""
    assert {path for path in tmp_path.rglob("*") if path.is_file()} <= before
    assert viewer.windowTitle() == str(look.item.mark)
    for label in viewer.findChildren(QLabel):
        assert "<script" not in label.text()
    assert not any(edit.acceptRichText() for edit in viewer.findChildren(QTextEdit))
    shown = "\n".join(edit.toPlainText() for edit in viewer.findChildren(QPlainTextEdit))
    assert "\u202e" not in shown
    assert "\x1b" not in shown
    entries = perform(lambda workspace: workspace.log.custody.about([look.item.id]))
    assert entries[-1][0].action is Action.ITEM_VIEWED
    click(viewer, "viewerCloseButton")
