"""The only place that opens windows for choosing files and folders; each answers later."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileInfo, Qt
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QStyle, QWidget


def ask_files(owner: QWidget, title: str, on_chosen: Callable[[Sequence[Path]], None]) -> None:
    """Let the keyholder choose one or more files to take in; none is looked into."""
    dialog = _unread_dialog(owner, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: on_chosen([Path(name) for name in names]))
    dialog.open()


def ask_folder(
    owner: QWidget, title: str, start: Path | None, on_chosen: Callable[[Path], None]
) -> None:
    """Let the keyholder choose a folder."""
    dialog = _dialog(owner, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if start is not None:
        dialog.setDirectory(str(start))
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.open()


def ask_folder_unread(owner: QWidget, title: str, on_chosen: Callable[[Path], None]) -> None:
    """Let the keyholder choose a folder to take in; nothing in it is looked into."""
    dialog = _unread_dialog(owner, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.open()


def ask_save_path(
    owner: QWidget, title: str, name: str, kind: str, on_chosen: Callable[[Path], None]
) -> None:
    """Let the keyholder choose where to save; `kind` is a filter such as 'PDF (*.pdf)'."""
    dialog = _dialog(owner, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: on_chosen(Path(chosen)))
    dialog.open()


def _dialog(owner: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(owner, title)
    dialog.setObjectName("fileDialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.finished.connect(partial(_forget, dialog))
    return dialog


def _forget(dialog: QFileDialog, _result: int) -> None:
    """Leave no name behind: Qt writes where it was into its settings when the window goes."""
    dialog.setDirectory(str(Path.home()))
    dialog.setHistory([])


def _unread_dialog(owner: QWidget, title: str) -> QFileDialog:
    """Return a window that shows names only.

    The system's own windows open files for their icons and small pictures, and so does Qt's with
    its own icons: of what is to be taken in nothing may be read before the answer at the gate.
    """
    dialog = _dialog(owner, title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    icons = _NamesOnly(dialog.style())
    dialog.setIconProvider(icons)
    dialog.setProperty("icons", icons)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.setDirectory(str(Path.home()))
    return dialog


class _NamesOnly(QAbstractFileIconProvider):
    """Tells a folder from a file, and no more; it is asked on a thread of Qt's."""

    def __init__(self, style: QStyle) -> None:
        super().__init__()
        self._folder = style.standardIcon(QStyle.StandardPixmap.SP_DirIcon)
        self._file = style.standardIcon(QStyle.StandardPixmap.SP_FileIcon)

    def icon(self, asked: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        if isinstance(asked, QFileInfo):
            return self._folder if asked.isDir() else self._file
        is_file = asked is QAbstractFileIconProvider.IconType.File
        return self._file if is_file else self._folder

    def type(self, asked: QFileInfo) -> str:
        return "Folder" if asked.isDir() else asked.suffix().upper() or "File"
