"""The page about the organisation over a real log, for the tests of its tabs and forms."""

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.policy.own_copy import OwnCopy
from desktop.operations.steps.in_force import own_copy
from desktop.ui.organisation.organisation_page import OrganisationPage
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.session import Session
from tests.conftest import Perform

W = TypeVar("W", bound=QWidget)


class OwnPage:
    """The page with one tab in front, and hands to work it."""

    def __init__(self, session: Session, qtbot: QtBot, perform: Perform, tab: str) -> None:
        self.page = OrganisationPage(session)
        self._qtbot = qtbot
        self._perform = perform
        qtbot.addWidget(self.page)
        self.page.resize(1000, 700)
        self.page.show_section(tab)
        self.page.show()
        self.section = self.page.sections[tab]
        qtbot.waitUntil(lambda: self.section.view is not None)

    @property
    def own(self) -> OwnCopy:
        """What the log holds now."""
        return self._perform(own_copy)

    @property
    def words(self) -> str:
        """Everything that can be read on the tab in front."""
        QApplication.processEvents()
        labels = self.section.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisibleTo(self.section))

    def button(self, name: str, within: QWidget | None = None) -> QAbstractButton:
        """Return the button that can be seen."""
        QApplication.processEvents()
        place = within or self.page
        found = [
            one for one in place.findChildren(QAbstractButton, name) if one.isVisibleTo(place)
        ]
        assert found, name
        return found[-1]

    @property
    def buttons(self) -> list[str]:
        """The names of all buttons that can be seen on the tab in front."""
        QApplication.processEvents()
        found = self.section.findChildren(QAbstractButton)
        return [one.objectName() for one in found if one.isVisibleTo(self.section)]

    def press(self, name: str) -> None:
        """Press a button of the tab."""
        self.button(name).click()

    def form(self, name: str) -> OwnForm:
        """Press a button that opens a form, and return the form."""
        self.press(name)
        forms = [one for one in self.page.findChildren(OwnForm) if one.isVisible()]
        assert forms
        return forms[-1]

    def keep(self, form: OwnForm, **texts: str) -> None:
        """Fill a form in and keep it; wait until the page shows it."""
        form.form.set_texts(texts)
        seen = self.section.view
        with self._qtbot.waitSignal(form.accepted):
            form.keep_button.click()
        self._qtbot.waitUntil(lambda: self.section.view not in (None, seen))

    def refuse(self, form: OwnForm, said: str, **texts: str) -> None:
        """Try to keep a form that lacks something: it says what, and stays."""
        form.form.set_texts(texts)
        form.keep_button.click()
        self._qtbot.waitUntil(lambda: said in form.banner.text)
        assert form.isVisible()

    def answer(self, yes: bool = True) -> None:
        """Answer the question in front."""
        name = "questionYesButton" if yes else "questionBackButton"
        boxes = self.page.findChildren(QDialog, "questionBox")
        (box,) = [one for one in boxes if one.isVisible()]
        self.button(name, box).click()

    def wait(self, words: str) -> None:
        """Wait until the banner of the page says this."""
        self._qtbot.waitUntil(lambda: words in self.page.banner.text)

    def wait_for_words(self, words: str) -> None:
        """Wait until the tab says this."""
        self._qtbot.waitUntil(lambda: words in self.words)
