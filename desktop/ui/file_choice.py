"""The only place that opens the system's file windows: three functions, each answers later."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_files(owner: QWidget, title: str, on_chosen: Callable[[Sequence[Path]], None]) -> None:
    """Let the keyholder choose one or more files to read."""
    dialog = _dialog(owner, title)
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
    return dialog
