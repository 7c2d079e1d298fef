"""Keeps a picture from the screen or the clipboard under the answer of the session."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import SetId
from desktop.operations.evidence.take_evidence import add_picture
from desktop.ui.capture.capture_run import CaptureRun
from desktop.ui.capture.screen_grab import encode_png, read_picture
from desktop.ui.capture.screen_taker import Taken
from desktop.ui.job import followed
from desktop.ui.session import Job, Session


class KeepPicture(QObject):
    """After `begun` comes `kept` with what was added, or `failed` with the error."""

    begun = Signal()
    progressed = Signal(float)
    kept = Signal(object)
    failed = Signal(object)

    def __init__(
        self, session: Session, current: Callable[[], CaptureRun], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._current = current
        self._job: Job | None = None

    def keep_offered(self, offered: QMimeData, method: Method) -> bool:
        """Keep the picture that is pasted or dropped; False where there is none."""
        picture = read_picture(offered)
        if picture is None:
            return False
        plain = {
            "kind": ItemKind.PICTURE,
            "method": method,
            "captured_at": self._session.clock.now(),
        }
        self.begun.emit()
        if isinstance(picture, bytes):
            self._keep(plain, picture)
        else:
            self._encode(plain, picture)
        return True

    def keep_taken(self, taken: Taken, set_id: SetId | None) -> None:
        """Keep what was taken from the screen, with what is noted of it."""
        self.begun.emit()
        plain = {
            "kind": taken.kind,
            "method": Method.SCREEN_CAPTURE,
            "captured_at": taken.at,
            "noted": taken.noted,
            "set_id": set_id,
        }
        self._encode(plain, taken.image)

    @Slot()
    def stop(self) -> None:
        """Give up the picture that is being kept."""
        if self._job:
            self._job.cancel()

    def _encode(self, plain: dict[str, object], image: QImage) -> None:
        then = partial(self._keep, plain)
        self._session.run_outside(self, partial(encode_png, image), then, self.failed.emit)

    def _keep(self, plain: dict[str, object], png: bytes) -> None:
        self._job = self._session.run_long(
            self,
            partial(followed, add_picture, {**self._current().where, **plain, "png": png}),
            self.kept.emit,
            self.failed.emit,
            self.progressed.emit,
            name="Adding a picture",
        )
