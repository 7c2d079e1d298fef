"""Evidence in the real window: captured, brought in, looked at, copied, handed on, sealed."""

import secrets
import time
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from desktop.app import Program
from desktop.domain.evidence.items import ItemState, Method
from desktop.ui import file_choice
from desktop.ui.capture.window_picker import WindowPicker
from desktop.ui.evidence.cover import Cover
from desktop.ui.evidence.editor_canvas import EditorCanvas
from desktop.ui.evidence.piece_list import PieceList
from desktop.ui.evidence.viewer_chat import ChatContentView
from desktop.ui.evidence.viewer_mail import MailContentView
from desktop.ui.evidence.viewer_picture import PictureView
from tests.end_to_end.evidence_hands import (
    PLACE,
    URL,
    EvidenceHands,
    a_mail,
    copy_address,
    picker_now,
)
from tests.end_to_end.hands import Hands
from tests.end_to_end.inside import content_of
from tests.end_to_end.outside import find_everywhere
from tests.evidence_pieces import a_pdf, a_png

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(300)]

W = TypeVar("W", bound=QWidget)
SECRET = f"cormorant {secrets.token_hex(8)}"
PHOTO = a_png(f"#{secrets.token_hex(3)}")
CHAT = f"""18/11/2026, 20:02 - +44 7700 900123 created group "Year 12 gaming"
18/11/2026, 20:41 - +44 7700 900123: who let her in {SECRET}
18/11/2026, 20:41 - Robin: what do you mean
18/11/2026, 20:43 - +44 7700 900123: you know what
"""
BLACK = 0xFF000000


class Walk(EvidenceHands):
    """What the lead does with the evidence of one incident, in order."""

    def capture_a_set(self) -> None:
        """Take a part, the same part again, and the whole window, without leaving the page."""
        hands = self.hands
        copy_address()
        hands.press("quickLogCaptureButton")
        hands.press("gateNoButton")
        self.frame(*PLACE)
        url = hands.find("originSourceUrlEdit")
        assert isinstance(url, QLineEdit)
        assert url.text() == URL
        hands.write("originHandleEdit", "@nightowl_77")
        hands.write("originTimeAsShownEdit", "2h ago")
        hands.write("originDescriptionEdit", "Comments about Robin")
        hands.press("originSensitivityDistressingButton")
        hands.press("keepButton")
        hands.press("barSamePartButton")
        self.bar_says("PXE/2 is kept")
        hands.press("barScreen1Button")
        self.bar_says("PXE/3 is kept")
        hands.press("barWindowButton")
        self._choose_the_window()
        self.bar_says("PXE/4 is kept")
        hands.press("barFinishButton")
        hands.press("quickLogOpenButton")
        hands.press("evidenceTab")

    def _choose_the_window(self) -> None:
        picker = self.hands.wait("the window picker", picker_now)
        assert isinstance(picker, WindowPicker)
        if self.hands.by_mouse:
            middle = QPoint(PLACE[0] + 200, PLACE[1] + 300)
            QTest.mouseClick(picker, Qt.MouseButton.LeftButton, pos=middle)
        else:
            QTest.keyClick(picker, Qt.Key.Key_Return)

    def see_the_set(self) -> None:
        """One stack, described once; nothing of it is drawn while it is covered."""
        first, *others = self.items()
        assert {one.set_id for one in others} == {first.set_id}
        assert [one.origin.handle for one in others] == ["@nightowl_77"] * 3
        assert others[0].content_id == others[2].content_id == first.content_id, "the same pixels"
        assert self.tile("PXE/1").isVisible()
        assert [str(one.item.mark) for one in self.panel.tiles] == ["PXE/1"]
        self.unfold("PXE/1")
        assert self.tile("PXE/4").isVisible()
        assert [self.panel.looks.get(one.id) for one in (first, *others)] == [None] * 4

    def lift_the_cover(self) -> None:
        hands = self.hands
        hands.press("itemOpenButton", self.tile("PXE/1"))
        cover = hands.wait("the cover", lambda: self._view(Cover))
        assert any("Comments about Robin" in one.text() for one in cover.findChildren(QLabel))
        assert content_is_unread(self)
        hands.press("coverShowButton")
        hands.wait("the picture", lambda: self._view(PictureView))
        hands.reads("Unchanged since it was entered")

    def _view(self, kind: type[W]) -> W | None:
        viewer = self._viewer_or_none()
        view = viewer.view if viewer else None
        return view if isinstance(view, kind) else None

    def cover_a_part(self) -> None:
        """Make a copy in which a part is covered; the viewer is open."""
        hands = self.hands
        hands.pick("viewerDoButton", "itemRedactButton")
        canvas = hands.find("redactionCanvas")
        assert isinstance(canvas, EditorCanvas)
        hands.wait("the picture", lambda: not canvas.image.isNull())
        self.settled()
        if hands.by_mouse:
            start, end = QPoint(30, 40), QPoint(300, 120)
            QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
            QTest.mouseMove(canvas, (start + end) / 2)
            QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
        else:
            hands.tab_to(canvas)
            hands.key(Qt.Key.Key_Return)
            for _ in range(3):
                hands.key(Qt.Key.Key_Up)
                hands.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        (mark,) = canvas.plan.marks
        self.covered = (mark.left, mark.top, mark.right, mark.bottom)
        hands.press("redactionResultButton")
        hands.write("redactionReasonEdit", "For the parents of Robin")
        hands.write("redactionOthersSeenEdit", "nobody")
        hands.press("redactionKeepButton")
        hands.reads("Kept as PXE/1A")
        hands.press("viewerCloseButton")

    def compare_the_copy(self) -> None:
        """Black all over where it was covered, the same pixels everywhere else."""
        original = QImage.fromData(content_of(self.program.session, self.hands, "PXE/1"))
        copy = QImage.fromData(content_of(self.program.session, self.hands, "PXE/1A"))
        assert copy.size() == original.size()
        left, top, right, bottom = self.covered
        assert right - left > 50
        assert bottom - top > 50
        for y in range(0, copy.height(), 5):
            for x in range(0, copy.width(), 5):
                inside = left <= x < right and top <= y < bottom
                assert copy.pixel(x, y) == (BLACK if inside else original.pixel(x, y))

    def have_it_confirmed(self) -> None:
        hands = self.hands
        self.do("PXE/1A", "itemConfirmButton")
        hands.wait("the witness", lambda: hands.sees("confirmWitnessEdit"))
        hands.write("confirmWitnessEdit", "Jo Park, principal")
        hands.write("confirmReasonEdit", "There is one keyholder")
        hands.press("keepButton")
        hands.reads("PXE/1A is confirmed")

    def bring_in_a_mail(self) -> None:
        """What is attached is named before it is read, then comes in with numbers of its own."""
        hands = self.hands
        attached = [
            ("photo.png", "image/png", PHOTO),
            ("notice.pdf", "application/pdf", a_pdf()),
        ]
        path = self.folder / "one.eml"
        path.write_bytes(a_mail("you will see", f"Nobody wants you here. {SECRET}", attached))
        self.drop(path)
        hands.press("gateNoButton")
        hands.reads("There is more inside")
        hands.reads("photo.png")
        assert len(self.items()) == 4
        hands.press("gateNoButton")
        self.describe("Abusive e-mail")
        self.finish()
        mail = self.item("PXE/5")
        children = [one for one in self.items() if one.inside_id == mail.id]
        assert [one.original_name for one in children] == ["photo.png", "notice.pdf"]
        path.unlink()

    def read_the_mail(self) -> None:
        hands = self.hands
        viewer = self.look_at("PXE/5")
        hands.wait("the mail", lambda: self._view(MailContentView))
        hands.press("mailAttachedTab")
        hands.press("mailAttached1Button")
        hands.wait("the photo", lambda: self._view(PictureView))
        assert str(viewer.item.mark) == "PXE/6"
        hands.press("viewerItemAfterButton")
        hands.find("viewerPageSpin")
        hands.press("viewerCloseButton")

    def bring_in_a_chat(self) -> None:
        path = self.folder / "chat.txt"
        path.write_text(CHAT, "utf-8")
        self.drop(path)
        self.hands.press("gateNoButton")
        self.describe("Chat of the gaming group", FirstHand="No")
        self.finish()
        path.unlink()

    def search_the_chat(self) -> None:
        hands = self.hands
        self.look_at("PXE/8")
        hands.wait("the chat", lambda: self._view(ChatContentView))
        hands.write("chatSearchEdit", "let her in")
        hands.reads("1 message")
        hands.key(Qt.Key.Key_Return)
        hands.reads("1 of 1 message")
        hands.press("viewerCloseButton")

    def let_words_stay(self) -> None:
        """Copy of a chat by what stays: everything else is left out."""
        hands = self.hands
        self.look_at("PXE/8")
        hands.pick("viewerDoButton", "itemRedactTextButton")
        pieces = hands.find("textPiecesList")
        assert isinstance(pieces, PieceList)
        hands.wait("the pieces", pieces.pieces.rowCount)
        self.settled()
        if hands.by_mouse:
            box = pieces.visualRect(pieces.pieces.index(1)).topLeft() + QPoint(10, 10)
            QTest.mouseClick(pieces.viewport(), Qt.MouseButton.LeftButton, pos=box)
        else:
            hands.tab_to(pieces)
            for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Space):
                hands.key(key)
        hands.press("textResultButton")
        hands.write("textReasonEdit", "To show where to look")
        hands.press("textKeepButton")
        hands.reads("Kept as PXE/8A")
        hands.press("viewerCloseButton")
        copy = content_of(self.program.session, hands, "PXE/8A")
        assert b"who let her in" in copy
        assert b"what do you mean" not in copy

    def take_a_telephone(self) -> None:
        """A thing gets a mark, changes hands, and a receipt for that is saved."""
        hands = self.hands
        hands.press("evidenceThingButton")
        hands.write("thingDescriptionEdit", "Telephone of Robin")
        hands.write("thingMakeEdit", "Invented")
        hands.write("thingHolderEdit", "Pat Example, lead")
        hands.press("keepButton")
        self.do("PXE/9", "itemHandsButton")
        hands.press("thingPassButton")
        hands.write("handlingGivenByEdit", "Pat Example")
        hands.write("handlingGivenToEdit", "PC Invented, EX123")
        hands.press("keepButton")
        hands.reads("The entry is kept")
        hands.press("thingReceiptButton")
        hands.press("savePaperButton")
        receipt = self.folder / "receipt.pdf"
        hands.wait("the receipt", receipt.exists)
        self.settled()
        hands.press("closePaperButton")
        hands.press("thingCloseButton")
        assert receipt.read_bytes().startswith(b"%PDF")
        receipt.unlink()

    def seal_the_photo(self) -> None:
        """What should not have come in is shown no more, and known when it comes again."""
        hands = self.hands
        self.unfold("PXE/5")
        self.do("PXE/6", "itemSealButton")
        hands.write("sealReasonEdit", "Robin says that she is in it, and she is 16")
        hands.press("keepButton")
        hands.reads("It is sealed now")
        hands.press("stopReadButton")
        hands.wait("it to be sealed", lambda: self.item("PXE/6").state is ItemState.SEALED)
        assert not self.tile("PXE/6").look_button.isEnabled()
        assert self.panel.looks.get(self.item("PXE/6").id) is None
        again = self.folder / "again.png"
        again.write_bytes(PHOTO)
        count = len(self.items())
        self.drop(again)
        hands.press("gateNoButton")
        hands.reads("known from something that was sealed")
        hands.press("stopReadButton")
        again.unlink()
        hands.press("captureFinishButton")
        held = self.items()[-1]
        assert len(self.items()) == count + 1
        assert held.state is ItemState.HELD_BACK
        assert held.content_id is None

    def hold_an_attachment_back(self) -> None:
        """The mail comes in as headers and words; what is held back stays where it is."""
        hands = self.hands
        path = self.folder / "two.eml"
        attached = [("holiday.jpg", "image/jpeg", b"\xff\xd8\xff never to be read")]
        path.write_bytes(a_mail("look", f"Look at her. {SECRET}", attached))
        self.drop(path)
        hands.press("gateNoButton")
        hands.reads("There is more inside")
        self.tick("holdBack0Box")
        hands.press("gateNoButton")
        self.hold_back("A picture in a mail, said to be of Robin")
        hands.press("gateNoButton")
        self.describe("The words of a second e-mail")
        self.finish()
        path.unlink()
        kept, held = self.items()[-2:]
        if kept.state is not ItemState.KEPT:
            kept, held = held, kept
        assert kept.method is Method.REDUCED
        assert held.state is ItemState.HELD_BACK
        content = content_of(self.program.session, hands, str(kept.mark))
        assert b"never to be read" not in content
        assert SECRET.encode() in content


def content_is_unread(walk: Walk) -> bool:
    """Whether nothing of what is covered was drawn small or large."""
    viewer = QApplication.activeModalWidget()
    assert viewer
    return not viewer.findChildren(PictureView) and all(
        one.look_button.icon().isNull() for one in walk.panel.tiles
    )


@pytest.mark.parametrize("by_mouse", [True, False], ids=["mouse", "keyboard"])
def test_the_evidence_story(
    neighbour: Path,
    program: Program,
    log_folder: Path,
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    by_mouse: bool,
) -> None:
    assert neighbour.exists()
    began = time.time()
    receipt = tmp_path / "receipt.pdf"
    monkeypatch.setattr(file_choice, "ask_save_path", lambda *args: args[-1](receipt))
    walk = Walk(program, Hands(by_mouse=by_mouse), tmp_path)
    walk.open_a_log(log_folder)
    walk.log_a_call("Comments on a public board about a learner")
    walk.capture_a_set()
    walk.see_the_set()
    walk.lift_the_cover()
    walk.cover_a_part()
    walk.compare_the_copy()
    walk.have_it_confirmed()
    walk.bring_in_a_mail()
    walk.read_the_mail()
    walk.bring_in_a_chat()
    walk.search_the_chat()
    walk.let_words_stay()
    walk.take_a_telephone()
    walk.seal_the_photo()
    walk.hold_an_attachment_back()
    walk.hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    walk.hands.find("passphraseEdit")
    program.session.close()
    needles = [SECRET.encode(), PHOTO[16:]]
    assert find_everywhere(needles, [log_folder, home, Path("/dev/shm")], began) == []
    assert find_everywhere(needles, [Path("/tmp"), Path("/var/tmp")], began, deep=1) == []
