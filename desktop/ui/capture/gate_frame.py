"""The frame of both questions at the gate: answers, holding back, nothing answered by reflex."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.evidence.gate import DEFINITIONS, QUESTION, GateAnswer
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.answer_gate import GateAnswered
from desktop.ui import messages
from desktop.ui.capture.hold_page import STAYS, Coming, GatePage, HoldPage, TickList
from desktop.ui.dialog import Dialog
from desktop.ui.kept_words import AGAIN, NO_INCIDENT, KeptWords
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.words import body, card_heading, secondary, strong

LETTERS_WIDE = 78
SCREEN_SHARE = 0.92


class GateFrame(Dialog):
    """One question, three answers; emits `answered` with what was recorded, or just closes."""

    answered = Signal(object)
    stays = STAYS

    def __init__(
        self, session: Session, incident_id: IncidentId | None, name: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._answer = GateAnswer.NOT_SURE
        self.setObjectName(f"{name}Dialog")
        self.setWindowTitle("Before anything is copied")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_frame()
        subject, fields = incident_id or NO_INCIDENT, {"words": self.hold_page.words_edit}
        self._kept_words = KeptWords(session, subject, name, fields, self)
        self._kept_words.restored.connect(partial(self.banner.show_message, AGAIN))
        self._kept_words.restore()
        session.locked.connect(self.reject)

    def _build_frame(self) -> None:
        self.banner = Banner(self)
        self._stack = QStackedWidget(self)
        self.page = GatePage(self)
        self.ticks = TickList("holdBack", "Hold this back", self.page.inside)
        self.hold_page = HoldPage(self, self.stays)
        self.hold_page.hold_requested.connect(self._on_hold_requested)
        self.hold_page.back_requested.connect(self._on_back_requested)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.hold_page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(self.banner)
        outer.addWidget(self._stack, 1)

    def _add_question(self) -> None:
        """Put the question and its definitions where the page has come to."""
        inside, column = self.page.inside, self.page.column
        self._question_label = card_heading(QUESTION, inside)
        self._question_label.setObjectName("gateQuestionLabel")
        self._question_label.setAccessibleName(QUESTION)
        self._question_label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(self._question_label)
        for words in DEFINITIONS.values():
            column.addWidget(body(f"•  {words}", inside))
        column.addWidget(
            secondary("You do not have to look at it to answer. Being unsure is enough.", inside)
        )

    def _add_ticks(self) -> None:
        """Put the list of what can be held back singly where the page has come to."""
        self._ticks_label = strong("Hold back only some of it", self.page.inside)
        self.page.column.addWidget(self._ticks_label)
        self.page.column.addWidget(self.ticks)

    def _add_answers(self) -> None:
        self.page.column.addStretch(1)
        add = self.page.add_button
        no_button = add("gateNoButton", "&No, no reason to think so", "primary")
        no_button.clicked.connect(self._on_no_clicked)
        unsure_button = add("gateNotSureButton", "I'm not &sure")
        unsure_button.clicked.connect(partial(self._describe, GateAnswer.NOT_SURE))
        yes_button = add("gateYesButton", "&Yes")
        yes_button.clicked.connect(partial(self._describe, GateAnswer.YES))
        add("gateCancelButton", "&Cancel", "quiet").clicked.connect(self.reject)

    def _come_up(self) -> None:
        """Open in front of the window, with the focus on the question and on no answer."""
        self.open()
        self._fit()
        self._question_label.setFocus()

    def _coming(self) -> Sequence[Coming]:
        """Return what this answer is about."""
        raise NotImplementedError

    def _let_in(self) -> None:
        """Record that there is no reason to think so."""
        raise NotImplementedError

    def _hold(self, held: tuple[Coming, ...]) -> None:
        """Record that these are held back."""
        raise NotImplementedError

    @Slot()
    def _on_no_clicked(self) -> None:
        if self.ticks.ticked():
            self._describe(GateAnswer.NOT_SURE)
        else:
            self._let_in()

    def _describe(self, answer: GateAnswer) -> None:
        self._answer = answer
        self._stack.setCurrentIndex(1)
        self.hold_page.begin(self._coming(), self.ticks.ticked())

    @Slot()
    def _on_back_requested(self) -> None:
        self._stack.setCurrentIndex(0)
        self._question_label.setFocus()

    @Slot()
    def _on_hold_requested(self) -> None:
        held = self.hold_page.things.ticked()
        if held:
            self._hold(held)
        else:
            self.banner.show_message("Tick at least one thing, or go back.", "warn")

    def _run(self, operation: "partial[GateAnswered]") -> None:
        self._stack.setEnabled(False)
        self._session.run(self, operation, self._on_answered, self._on_error)

    def _on_answered(self, answered: GateAnswered) -> None:
        if answered.held:
            self._kept_words.forget()
        self.answered.emit(answered)
        self.accept()

    def _on_error(self, error: AppError) -> None:
        self._stack.setEnabled(True)
        messages.show(self, error)

    @Slot()
    def reject(self) -> None:
        """Escape leaves; where words were typed it only goes back, so that none are lost."""
        typed = self.hold_page.description()
        if self._stack.currentIndex() and typed and self._session.is_open:
            self._on_back_requested()
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus and no other: nobody answers by reflex."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        room = QGuiApplication.primaryScreen().availableSize()
        wide = min(self.fontMetrics().averageCharWidth() * LETTERS_WIDE, room.width())
        high = self.page.inside.heightForWidth(wide - 60) + self.fontMetrics().height() * 8
        self.resize(wide, min(high, round(room.height() * SCREEN_SHARE)))
