"""Nothing lost, nobody in: deputy, backups, locks, new keys, restore and erasure, in order."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView, QWidget

from desktop.app import Program
from desktop.domain.incidents import IncidentStatus
from desktop.operations.browse_incidents import IncidentLine, list_incidents
from desktop.operations.rescuing.restore_log import find_backups
from desktop.store.folder import LogFolder
from tests.end_to_end.hands import Hands
from tests.end_to_end.inside import content_of
from tests.end_to_end.outside import find_everywhere
from tests.end_to_end.test_story import CONTROL, NEW_PASSPHRASE, PASSPHRASE, SECRET_WORDS, Story
from tests.workspaces import own_data

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(180)]

DEPUTY_PASSPHRASE = "copper ladder behind eleven"
LEAD, DEPUTY = "Designated safeguarding lead", "Deputy lead"


class KeepingStory(Story):
    """What the lead and her deputy do so that the log stays theirs."""

    def log_and_close(self, place: Path) -> bytes:
        self.place = place
        self.log_the_call()
        self.hands.press("quickLogOpenButton")
        self.bring_in_files(b"")
        self.close_the_incident()
        return content_of(self.program.session, self.hands, "PXS/1")

    def section(self, name: str) -> None:
        self.hands.key(Qt.Key.Key_5, CONTROL)
        self.hands.press(f"{name}Tab")

    def add_a_deputy(self) -> None:
        hands = self.hands
        self.section("keys")
        hands.press("addKeyholderButton")
        hands.write("keyholderNameEdit", "Sam Jones")
        hands.write("keyholderTitleEdit", DEPUTY)
        hands.write("newPassphraseEdit", DEPUTY_PASSPHRASE)
        hands.write("passphraseAgainEdit", DEPUTY_PASSPHRASE)
        hands.press("keepButton")
        hands.reads("Sam Jones can open the log now.")

    def choose_folder(self, folder: Path) -> None:
        """Stand in for the system's own window."""
        self._choose_folder(folder)

    def back_up_and_try(self) -> None:
        hands = self.hands
        self.section("backup")
        self.choose_folder(self.place)
        hands.press("addBackupPlaceButton")
        hands.find("removeBackupPlace0Button")
        hands.press("backUpNowButton")
        hands.reads("backed up and checked")
        hands.press("tryRestoreButton")
        hands.reads("its records and custody record fit this log")

    def lock(self) -> None:
        """Lock with words of the log on the clipboard: they must not stay there."""
        QGuiApplication.clipboard().setText(SECRET_WORDS)
        self.hands.key(Qt.Key.Key_L, CONTROL)
        self.hands.find("unlockButton")
        self.hands.wait("the end of the lock", lambda: not self.program.session.is_closing)
        assert SECRET_WORDS not in QGuiApplication.clipboard().text()

    def unlock(self, who: str, passphrase: str) -> None:
        if who:
            self.hands.choose("whoBox", who)
        self.hands.write("passphraseEdit", passphrase)
        self.hands.press("unlockButton")

    def unlock_as(self, who: str, passphrase: str, name: str) -> None:
        self.unlock(who, passphrase)
        self.hands.find("todayQuickLogButton")
        keyholder = self.program.session.keyholder
        assert keyholder is not None
        assert keyholder.name == name

    def unlock_forgetful(self, recovery_key: str) -> None:
        hands = self.hands
        hands.press("otherWayButton")
        hands.choose("whoBox", LEAD)
        hands.write("recoveryKeyEdit", recovery_key)
        hands.press("unlockButton")
        self._set_a_new_passphrase()

    def remove_the_deputy(self) -> str:
        hands = self.hands
        self.section("keys")
        hands.press("removeKeyholderButton")
        hands.write("keyReasonEdit", "Left the school")
        hands.press("keepButton")
        hands.reads("This is the new recovery key.")
        groups = self._read_key()
        hands.press("keepButton")
        hands.reads("From the paper, so that we both know it can be read.")
        for index, group in enumerate(groups, start=1):
            if hands.sees(f"group{index}Edit"):
                hands.write(f"group{index}Edit", group.lower())
        hands.press("keepButton")
        hands.reads("Sam Jones can no longer open the log.")
        return "-".join(groups)

    def put_back(self, keys: bytes, log_folder: Path) -> None:
        """Put key files into the folder behind the program, and choose the folder again."""
        folder = LogFolder(log_folder)
        for path in (folder.keys_file, folder.keys_copy_file):
            path.write_bytes(keys)
        self.choose_folder(log_folder)
        self.hands.press("otherFolderButton")

    def newest_backup(self) -> Path:
        return find_backups(self.place)[0].path

    def restore_to(self, folder: Path, recovery_key: str) -> None:
        hands = self.hands
        hands.press("restoreButton")
        self.choose_folder(self.place)
        hands.press("lookForBackupsButton")
        hands.find("backupBox")
        hands.press("otherWayButton")
        hands.write("recoveryKeyEdit", recovery_key)
        folder.mkdir()
        self.choose_folder(folder)
        hands.press("otherTargetButton")
        hands.press("startRescueButton")
        hands.reads("The log is back as it was")
        hands.press("openRescuedButton")

    def erase_with_a_witness(self) -> None:
        hands = self.hands
        self.section("retention")
        hands.press("reviewRowButton")
        hands.press("chooseClassButton")
        hands.choose("retentionClassClassBox", own_data().retention.classes[0].title)
        hands.press("keepButton")
        hands.press("eraseRecordButton")
        hands.write("eraseReasonEdit", "The family asked, and the head agreed")
        hands.write("erasePassphraseEdit", NEW_PASSPHRASE)
        hands.write("witnessEdit", "Jo Park, principal")
        hands.write("witnessReasonEdit", "There is one keyholder now")
        hands.press("eraseNowButton")
        hands.reads("The record is erased.")
        hands.press("eraseCancelButton")

    def check_everything(self) -> None:
        self.section("check")
        self.hands.press("checkLogButton")
        self.hands.reads("are unchanged since they were entered")

    def listed(self) -> str:
        """Return what stands in the list of incidents."""
        hands = self.hands
        hands.key(Qt.Key.Key_2, CONTROL)
        table = hands.find("incidentTable")
        assert isinstance(table, QTableView)
        model = table.model()
        hands.wait("the list", model.rowCount)
        cells = (model.index(0, column).data() for column in range(model.columnCount()))
        return " ".join(str(cell) for cell in cells)

    def incidents(self) -> tuple[IncidentLine, ...]:
        answers: list[tuple[IncidentLine, ...]] = []
        owner: QWidget = self.program.window
        self.program.session.run(owner, list_incidents, answers.append)
        return self.hands.wait("the incidents", lambda: answers)[0]


def test_nothing_lost_nobody_in(
    program: Program,
    log_folder: Path,
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    began, place = time.time(), tmp_path / "stick"
    place.mkdir()
    story = KeepingStory(program, Hands(by_mouse=True), tmp_path, monkeypatch)
    first_key = story.make_a_log(log_folder)
    kept = story.log_and_close(place)
    story.back_up_and_try()
    by_hand = story.newest_backup()
    story.add_a_deputy()
    story.lock()
    assert story.newest_backup() != by_hand
    story.unlock_as(DEPUTY, DEPUTY_PASSPHRASE, "Sam Jones")
    story.lock()
    story.unlock_forgetful(first_key)
    old_keys = LogFolder(log_folder).keys_file.read_bytes()
    second_key = story.remove_the_deputy()
    story.lock()
    assert not story.hands.sees("whoBox")
    new_keys = (story.newest_backup() / "keys.json").read_bytes()
    story.put_back(old_keys, log_folder)
    story.unlock(DEPUTY, DEPUTY_PASSPHRASE)
    story.hands.reads("The key file in this folder is older than the log")
    story.put_back(new_keys, log_folder)
    restored = tmp_path / "given back"
    story.restore_to(restored, second_key)
    story.unlock_as("", NEW_PASSPHRASE, "Pat Smith")
    (line,) = story.incidents()
    assert line.status is IncidentStatus.CLOSED
    assert content_of(program.session, story.hands, "PXS/1") == kept
    story.erase_with_a_witness()
    (line,) = story.incidents()
    assert line.erased_at
    assert line.title == ""
    assert "Erased on" in story.listed()
    story.check_everything()
    story.lock()
    _leave_no_trace([log_folder, restored, place, home], began, story, kept)


def _leave_no_trace(places: list[Path], began: float, story: KeepingStory, kept: bytes) -> None:
    story.program.session.close()
    (story.folder / "thing.eml").unlink()
    needles = [SECRET_WORDS.encode(), kept[-80:-20], PASSPHRASE.encode()]
    needles += [DEPUTY_PASSPHRASE.encode(), NEW_PASSPHRASE.encode()]
    assert find_everywhere(needles, [*places, Path("/dev/shm")], began) == []
    assert find_everywhere(needles, [Path("/tmp"), Path("/var/tmp")], began, deep=1) == []
