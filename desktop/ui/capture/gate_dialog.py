"""The gate: one question before anything is captured, pasted, dropped or chosen."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import AppError
from desktop.domain.gate import DEFINITIONS, QUESTION, Concern, GateAnswer
from desktop.domain.identifiers import IncidentId
from desktop.operations.answer_gate import GateAnswered, GateView, keep_out, let_in, show_gate
from desktop.ui import messages
from desktop.ui.capture.origin_form import breakable
from desktop.ui.kept_words import AGAIN, NO_INCIDENT, KeptWords
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, card_heading, heading, secondary, strong

LETTERS_WIDE = 78
SCREEN_SHARE = 0.92
NAMED = 3
_CONCERN_WORDS = {
    Concern.CHILD_IMAGE: "A sexual image of someone who may be under 18",
    Concern.ADULT_IMAGE: "An intimate image of an adult",
    Concern.TERRORIST: "Terrorist material",
}


class GateDialog(QDialog):
    """Asks for reason to think; emits `answered` with what was recorded, or just closes.

    `single` is what is listed instead when the incident is careful and takes one thing only.
    """

    answered = Signal(object)

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId | None,
        listed: Sequence[str],
        parent: QWidget,
        *,
        single: str = "",
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._listed = tuple(listed)
        self._single = single
        self._answer = GateAnswer.NOT_SURE
        self._careful: dict[str, bool] = {}
        self._ticks: list[QCheckBox] = []
        self._marks: list[QCheckBox] = []
        self.setObjectName("gateDialog")
        self.setWindowTitle("Before anything is copied")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        subject, fields = incident_id or NO_INCIDENT, {"words": self._words_edit}
        self._kept_words = KeptWords(session, subject, "gate", fields, self)
        self._kept_words.restored.connect(partial(self.banner.show_message, AGAIN))
        self._kept_words.restore()
        session.locked.connect(self.reject)

    def ask(self) -> None:
        """Open in front of the window and read which incidents there are."""
        self.open()
        self._fit()
        self._question_label.setFocus()
        self._session.run(self, partial(show_gate, incident_id=self._incident_id), self._on_view)

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._build_question())
        self._stack.addWidget(self._build_description())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(self.banner)
        outer.addWidget(self._stack, 1)

    def _build_question(self) -> QWidget:
        page, inside, column = _scrolling()
        self._asking = inside
        column.addWidget(heading("Before anything is copied", inside))
        self._for_label = strong("&For", inside)
        self._for_box = QComboBox(inside)
        self._for_box.setObjectName("gateForBox")
        self._for_box.setAccessibleName("Which incident this is for")
        self._for_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._for_box.addItem("A new incident", "")
        self._for_box.currentIndexChanged.connect(self._on_for_changed)
        self._for_label.setTextFormat(Qt.TextFormat.AutoText)
        self._for_label.setBuddy(self._for_box)
        column.addWidget(self._for_label)
        column.addWidget(self._for_box)
        for widget in (self._for_label, self._for_box):
            widget.setVisible(self._incident_id is None)
        column.addWidget(strong("What is about to come in", inside))
        self._coming_label = body("", inside)
        self._coming_label.setObjectName("gateComingLabel")
        column.addWidget(self._coming_label)
        self._one_label = secondary(
            "This incident is careful: one thing at a time, with an answer for each.", inside
        )
        self._one_label.hide()
        column.addWidget(self._one_label)
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
        self._coming = QVBoxLayout()
        self._coming.setSpacing(2)
        column.addLayout(self._coming)
        self._list_coming()
        column.addStretch(1)
        self._build_answers(page)
        return page

    def _build_answers(self, page: QWidget) -> None:
        row = QWidget(page)
        flow = FlowLayout(row, spacing=8)
        self._no_button = self._button("gateNoButton", "&No, no reason to think so", row)
        set_role(self._no_button, "primary")
        self._unsure_button = self._button("gateNotSureButton", "I'm not &sure", row)
        self._yes_button = self._button("gateYesButton", "&Yes", row)
        self._leave_button = self._button("gateCancelButton", "&Cancel", row)
        set_role(self._leave_button, "quiet")
        self._no_button.clicked.connect(self._on_no_clicked)
        self._unsure_button.clicked.connect(partial(self._describe, GateAnswer.NOT_SURE))
        self._yes_button.clicked.connect(partial(self._describe, GateAnswer.YES))
        self._leave_button.clicked.connect(self.reject)
        for button in (self._no_button, self._unsure_button, self._yes_button, self._leave_button):
            flow.addWidget(button)
        _layout_of(page).addWidget(row)

    def _build_description(self) -> QWidget:
        page, inside, column = _scrolling()
        self._describing = inside
        column.addWidget(heading("Hold it back", inside))
        column.addWidget(
            body(
                "It stays where it is, unread: it is not opened, not copied and not kept here. "
                "What you write below is kept instead.",
                inside,
            )
        )
        column.addWidget(strong("What is held back", inside))
        self._holding = QVBoxLayout()
        self._holding.setSpacing(2)
        column.addLayout(self._holding)
        column.addWidget(strong("What it may be", inside))
        self._concerns = QButtonGroup(self)
        for number, (concern, words) in enumerate(_CONCERN_WORDS.items()):
            button = QRadioButton(words, inside)
            button.setObjectName(f"concern{concern.name.title().replace('_', '')}Button")
            button.setAccessibleName(words)
            button.setChecked(number == 0)
            self._concerns.addButton(button, number)
            column.addWidget(button)
        label = strong("In words: what is it, where is it, how do you know of it?", inside)
        self._words_edit = QPlainTextEdit(inside)
        self._words_edit.setObjectName("heldBackWordsEdit")
        self._words_edit.setAccessibleName(label.text())
        self._words_edit.setTabChangesFocus(True)
        self._words_edit.setMinimumHeight(self.fontMetrics().lineSpacing() * 5)
        label.setBuddy(self._words_edit)
        column.addWidget(label)
        column.addWidget(self._words_edit)
        column.addStretch(1)
        self._build_holding_buttons(page)
        return page

    def _build_holding_buttons(self, page: QWidget) -> None:
        row = QWidget(page)
        flow = FlowLayout(row, spacing=8)
        self._hold_button = self._button("gateHoldBackButton", "&Hold it back", row)
        set_role(self._hold_button, "primary")
        self._back_button = self._button("gateBackButton", "&Back to the question", row)
        set_role(self._back_button, "quiet")
        self._hold_button.clicked.connect(self._on_hold_clicked)
        self._back_button.clicked.connect(self._on_back_clicked)
        flow.addWidget(self._hold_button)
        flow.addWidget(self._back_button)
        _layout_of(page).addWidget(row)

    def _button(self, name: str, text: str, parent: QWidget) -> QPushButton:
        button = QPushButton(text, parent)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(False)
        return button

    def _list_coming(self) -> None:
        """List what comes in; of several, each can be held back singly."""
        _empty(self._coming)
        self._ticks = []
        coming = self._here()
        self._coming_label.setText(breakable(_summary(coming)))
        if len(coming) == 1:
            return
        self._coming.addWidget(strong("Hold something back singly", self._asking))
        for number, name in enumerate(coming):
            tick = self._row(self._coming, f"holdBack{number}Box", name, "Hold this back")
            self._ticks.append(tick)

    def _row(self, column: QVBoxLayout, object_name: str, name: str, what: str) -> QCheckBox:
        """Add a line with the name of something and a box to tick."""
        line = QWidget(self)
        tick = QCheckBox(what, line)
        tick.setObjectName(object_name)
        tick.setAccessibleName(f"{what}: {name}")
        tick.setProperty("thing", name)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(body(breakable(f"•  {name}"), line), 1)
        row.addWidget(tick)
        column.addWidget(line)
        return tick

    def _here(self) -> tuple[str, ...]:
        """Return what this answer is about: in a careful incident the first thing only."""
        if not self._is_careful():
            return self._listed
        return (self._single,) if self._single else self._listed[:1]

    def _is_careful(self) -> bool:
        return self._careful.get(self._chosen() or "", False)

    def _chosen(self) -> IncidentId | None:
        if self._incident_id is not None:
            return self._incident_id
        return IncidentId(str(self._for_box.currentData())) or None

    def _marked(self, boxes: Sequence[QCheckBox]) -> tuple[str, ...]:
        return tuple(str(box.property("thing")) for box in boxes if box.isChecked())

    def _on_view(self, view: GateView) -> None:
        lines = (view.incident, *view.others) if view.incident else view.others
        self._careful = {line.id: line.careful for line in lines}
        for line in view.others:
            self._for_box.addItem(f"{line.number}  {line.title}", line.id)
        self._on_for_changed()

    @Slot()
    def _on_for_changed(self) -> None:
        self._one_label.setVisible(self._is_careful())
        self._list_coming()

    @Slot()
    def _on_no_clicked(self) -> None:
        if self._marked(self._ticks):
            self._describe(GateAnswer.NOT_SURE)
            return
        self._run(partial(let_in, incident_id=self._chosen(), listed=self._here()))

    def _describe(self, answer: GateAnswer) -> None:
        """Ask for a description in words; what was not ticked singly is all held back."""
        self._answer = answer
        coming, marked = self._here(), self._marked(self._ticks)
        _empty(self._holding)
        self._marks = []
        for number, name in enumerate(coming):
            tick = self._row(self._holding, f"held{number}Box", name, "Hold back")
            tick.setChecked(not marked or name in marked)
            tick.setVisible(len(coming) > 1)
            self._marks.append(tick)
        self._stack.setCurrentIndex(1)
        self._words_edit.setFocus()

    @Slot()
    def _on_back_clicked(self) -> None:
        self._stack.setCurrentIndex(0)
        self._question_label.setFocus()

    @Slot()
    def _on_hold_clicked(self) -> None:
        held = self._marked(self._marks)
        if not held:
            self.banner.show_message("Tick at least one thing, or go back.", "warn")
            return
        concern = tuple(_CONCERN_WORDS)[self._concerns.checkedId()]
        self._run(
            partial(
                keep_out,
                incident_id=self._chosen(),
                answer=self._answer,
                held=held,
                concern=concern,
                description=self._words_edit.toPlainText(),
            )
        )

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
        if self._stack.currentIndex() and self._words_edit.toPlainText() and self._session.is_open:
            self._on_back_clicked()
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
        high = self._asking.heightForWidth(wide - 60) + self.fontMetrics().height() * 8
        self.resize(wide, min(high, round(room.height() * SCREEN_SHARE)))


def _scrolling() -> tuple[QWidget, QWidget, QVBoxLayout]:
    """Return a page, the widget inside that scrolls, and the column in it."""
    page = QWidget()
    scroll = Scroll(page)
    inside, column = scroll.inner, scroll.inner.column
    column.setContentsMargins(2, 2, 12, 2)
    column.setSpacing(8)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(12)
    outer.addWidget(scroll, 1)
    return page, inside, column


def _layout_of(page: QWidget) -> QVBoxLayout:
    layout = page.layout()
    if not isinstance(layout, QVBoxLayout):
        raise TypeError("a page has a column")
    return layout


def _summary(names: Sequence[str]) -> str:
    """Name one thing, or say how many there are and name the first."""
    if len(names) == 1:
        return names[0]
    more = len(names) - NAMED
    first = ", ".join(names[:NAMED])
    return f"{len(names)} things: {first}" + (
        f" and {more} more, listed below" if more > 0 else ""
    )


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
