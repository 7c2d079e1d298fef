"""Every control has names and is reached by Tab, on every page and dialog; nothing is cut off."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

import desktop.ui
from desktop.ui.capture.gate_frame import GateFrame
from desktop.ui.dialog import Dialog
from desktop.ui.entering.front_page import FrontPage
from desktop.ui.entering.rescue_page import RescuePage
from desktop.ui.evidence.copy_dialog import CopyDialog
from desktop.ui.form_dialog import FormDialog
from desktop.ui.keeping.key_dialog import KeyDialog
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.panel import Panel
from desktop.ui.theme import Look
from desktop.ui.widgets.page import Page
from desktop.ui.working_dialog import WorkingDialog
from tests import fits
from tests.scenes import SCENES, Scene
from tests.stage import Stage

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
FRAMES = (
    CopyDialog, Dialog, FormDialog, FrontPage, GateFrame, KeyDialog, OwnForm, Page, Panel,
    RescuePage, WorkingDialog,
)  # fmt: skip
# Dialogs that no scene can bring up here, and why.
NOT_A_SCENE: dict[str, str] = {}


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Keep one program for all scenes of this module."""
    stage = Stage(qapp, tmp_path_factory.mktemp("stage"))
    yield stage
    stage.close()


@pytest.fixture
def cleared(stage: Stage) -> Iterator[Stage]:
    """Leave nothing open for the next scene."""
    yield stage
    stage.clear()


def controls_of(root: QWidget) -> list[QWidget]:
    """Return what can be worked with the keyboard, leaving out the inner parts of Qt's own."""
    return [
        one
        for one in root.findChildren(QWidget)
        if isinstance(one, CONTROLS)
        and one.isVisible()
        and one.isEnabled()
        and one.window() is root.window()
        and not isinstance(one, QScrollBar)
        and not one.objectName().startswith("qt_")
        and not isinstance(one.parentWidget(), QComboBox | QAbstractSpinBox | QTabBar)
        and not isinstance(one.parentWidget(), QAbstractItemView)
    ]


def spoken_name(widget: QWidget) -> str:
    """Return what a screen reader says first."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def reached_by_tab(root: QWidget, most: int) -> list[QWidget]:
    """Press Tab until it comes round; return what had the focus, in this order."""
    root.window().activateWindow()
    assert QTest.qWaitForWindowActive(root.window())
    seen: list[QWidget] = []
    for _ in range(most):
        here = QApplication.focusWidget()
        if here is not None and here in seen:
            return seen
        if here is not None:
            seen.append(here)
        QTest.keyClick(here or root.window(), Qt.Key.Key_Tab)
        QApplication.processEvents()  # what a control shows when it gets the focus is there then
    return seen


def is_reached(control: QWidget, seen: list[QWidget]) -> bool:
    """Say whether Tab, or the arrow keys inside what Tab reaches, leads to a control."""
    proxy = control.focusProxy() or control
    if proxy in seen:
        return True
    if isinstance(control, QAbstractButton) and is_one_of_several(control):
        return any(mate in seen for mate in mates_of(control))
    return isinstance(control, QAbstractScrollArea) and control.viewport() in seen


def group_of(button: QAbstractButton) -> QButtonGroup | None:
    """Return the group of a button; Qt's types forget that most have none."""
    return button.group()


def is_one_of_several(button: QAbstractButton) -> bool:
    """Say whether only one of a set can be chosen: the arrow keys go through the set."""
    group = group_of(button)
    return button.autoExclusive() or (group is not None and group.exclusive())


def mates_of(button: QAbstractButton) -> list[QAbstractButton]:
    group, parent = group_of(button), button.parentWidget()
    if group is not None:
        return group.buttons()
    return parent.findChildren(QAbstractButton) if parent is not None else []


def say(widget: QWidget) -> str:
    above: QObject | None = widget.parent()
    while above is not None and not type(above).__module__.startswith("desktop."):
        above = above.parent()
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} {widget.objectName()!r} “{text}” in {type(above).__name__}"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_window_fits_has_names_and_is_worked_by_keys(cleared: Stage, scene: Scene) -> None:
    shown = scene.show(cleared)
    cleared.settle()
    assert fits.problems(shown) == []
    controls = controls_of(shown)
    assert controls
    nameless = [f"no objectName: {say(one)}" for one in controls if not one.objectName()]
    silent = [f"no accessible name: {say(one)}" for one in controls if not spoken_name(one)]
    assert nameless + silent == []
    seen = reached_by_tab(shown, 3 * len(controls) + 10)
    cleared.settle()
    assert [say(one) for one in controls_of(shown) if not is_reached(one, seen)] == []


@pytest.mark.timeout(900)  # every scene in turn: a busy machine may take its time
def test_every_window_is_a_scene_and_fits_in_large_text(cleared: Stage) -> None:
    cleared.entry.theme.apply(Look.LIGHT, 200)
    found: list[str] = []
    seen: set[type[QWidget]] = set()
    for scene in SCENES:
        shown = scene.show(cleared)
        cleared.settle()
        found += [f"{scene.name}: {problem}" for problem in fits.problems(shown)]
        seen |= {type(one) for one in [shown, *shown.window().findChildren(QWidget)]}
        cleared.clear()
    cleared.entry.theme.apply(Look.LIGHT, 100)
    assert found == []
    unseen = {kind.__name__ for kind in windows_and_pages() if kind not in seen}
    assert unseen == set(NOT_A_SCENE)


def windows_and_pages() -> Iterator[type[QWidget]]:
    """Yield every dialog and page class of the program."""
    folder = Path(str(desktop.ui.__file__)).parent
    for found in pkgutil.walk_packages([str(folder)], "desktop.ui."):
        module = importlib.import_module(found.name)
        for _name, kind in inspect.getmembers(module, inspect.isclass):
            is_ours = kind.__module__ == found.name and kind not in FRAMES
            if is_ours and issubclass(kind, (QDialog, *FRAMES)):
                yield kind


def test_the_walk_notices_a_control_without_names(qapp: QApplication) -> None:
    window = QWidget()
    edit = QLineEdit(window)
    edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    window.show()
    assert controls_of(window) == [edit]
    assert not edit.objectName()
    assert not spoken_name(edit)
    assert not is_reached(edit, reached_by_tab(window, 5))
    window.close()
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
