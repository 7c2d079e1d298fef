"""Sees what the program opens, reads of what is offered, and when it looks at the screen."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QMetaType, QMimeData
from PySide6.QtGui import QColor, QImage, QPixmap, QScreen

from desktop.ui.capture import screen_grab

LOOKED = "looked at the screen"
PICTURE = "application/x-qt-image"


class Watch:
    """What was looked at since it began: files under a folder, data that was offered, screens."""

    _all: ClassVar[list["Watch"]] = []
    _hooked: ClassVar[bool] = False

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self.seen: list[str] = []

    def note(self, event: str, about: object) -> None:
        """Note an opening by Python below the folder."""
        if event == "open" and isinstance(about, str | bytes | os.PathLike):
            name = os.fsdecode(os.fspath(about))
            if name.startswith(self._folder) and not Path(name).is_dir():
                self.seen.append(f"opened {name}")

    @classmethod
    @contextmanager
    def over(cls, folder: Path, patch: pytest.MonkeyPatch) -> Iterator["Watch"]:
        """Watch while the block lasts: a hook of the interpreter itself cannot be taken out."""
        if not cls._hooked:
            sys.addaudithook(cls._on_event)
            cls._hooked = True
        watch = cls(folder)
        grab = QScreen.grabWindow

        def look(screen: QScreen, window: int) -> QPixmap:
            watch.seen.append(LOOKED)
            return grab(screen, window)

        patch.setattr(QScreen, "grabWindow", look)
        cls._all.append(watch)
        try:
            yield watch
        finally:
            cls._all.remove(watch)

    @classmethod
    def _on_event(cls, event: str, about: tuple[object, ...]) -> None:
        for watch in cls._all:
            if about:
                watch.note(event, about[0])


class OfferedPicture(QMimeData):
    """A picture as another program offers it: what is asked of it beyond its name is noted."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def formats(self) -> list[str]:
        return ["image/png", PICTURE]

    def hasFormat(self, name: str) -> bool:  # noqa: N802
        return name in self.formats()

    def retrieveData(  # noqa: N802
        self, name: str, _kind: QMetaType | QMetaType.Type
    ) -> object:
        self._watch.seen.append(f"read {name} of what was offered")
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("teal"))
        return image if name == PICTURE else screen_grab.encode_png(image)
