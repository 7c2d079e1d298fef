"""Is it unchanged?: the check, the page for the paper register, paper compared, what was given."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.calendar.times import say
from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import AppError
from desktop.domain.log.log_checks import Finding, LastCheck
from desktop.operations.checking.check_log import LogCheck, check_log, last_check
from desktop.operations.checking.compare_head import (
    Compared,
    GivenOut,
    HeadCompared,
    compare_head,
    list_given_out,
)
from desktop.operations.leaving.make_papers import REGISTER_PAGE, RegisterPage, make_register_page
from desktop.operations.workspace import Workspace
from desktop.ui import messages
from desktop.ui.entry import Entry
from desktop.ui.keeping.log_section import LogSection
from desktop.ui.paper import offer_paper
from desktop.ui.session import Cancelled, Job, Progress, Session
from desktop.ui.when_seen import WhenSeen
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, field_label, row_line, secondary, strong

SHOWN = 20
NOT_FITTING = "That paper does not fit this log. Read below what to do."
_NEVER = "This log has not been checked yet."
_ROLES = {Compared.SAME: "good", Compared.NOT_HERE: "problem", Compared.MISTYPED: "problem"}


class CheckSection(LogSection):
    """The check of everything, and what paper outside the computer adds to it."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._job: Job | None = None
        self._when_seen = WhenSeen(self, self.reload)
        self._fresh: LogCheck | None = None
        self.body.addWidget(self._build_check_card())
        self.body.addWidget(self._build_register_card())
        self.body.addWidget(self._build_compare_card())
        self.body.addWidget(self._build_given_card())
        session.changed.connect(self._on_changed)
        session.about_to_lock.connect(self._on_stop_clicked)
        session.locked.connect(self._on_locked)

    def _build_check_card(self) -> Card:
        card = Card(
            "Is everything unchanged?",
            self,
            hint="Reads every exhibit and every entry again and compares them with what was "
            "written when they were entered. While nobody works, the program does the same in "
            "small parts.",
        )
        self._check_button = _button("Check the log now", "checkLogButton", card)
        self._check_button.clicked.connect(self._on_check_clicked)
        self._stop_button = _button("Stop", "stopCheckButton", card)
        self._stop_button.setAccessibleName("Stop the check")
        self._stop_button.clicked.connect(self._on_stop_clicked)
        self._stop_button.hide()
        self._progress_bar = QProgressBar(card)
        self._progress_bar.setAccessibleName("How far the check is")
        self._progress_bar.setRange(0, 100)
        self._progress_bar.setTextVisible(False)
        self._progress_bar.hide()
        self._result_label: QLabel = body(_NEVER, card)
        self._result_label.setObjectName("checkResultLabel")
        self._alarm_frame = AlarmFrame(card)
        card.buttons.addWidget(self._check_button)
        card.buttons.addWidget(self._stop_button)
        for widget in (self._progress_bar, self._alarm_frame, self._result_label):
            card.body.addWidget(widget)
        return card

    def _build_register_card(self) -> Card:
        card = Card(
            "Page for the paper register",
            self,
            hint="One page that says where the custody record ends now. Filed on paper outside "
            "this computer, it shows later that nothing before it was changed or taken away. It "
            "holds no names and nothing about a child.",
        )
        self._page_button = _button("Make a page…", "registerPageButton", card)
        self._page_button.clicked.connect(self._on_page_clicked)
        card.buttons.addWidget(self._page_button)
        return card

    def _build_compare_card(self) -> Card:
        card = Card(
            "Compare with paper",
            self,
            hint="From a page of the register: the number of the entry and the four groups. From "
            "a report, a receipt or a certificate: the number and the long line below it.",
        )
        self.head_edit = QLineEdit(card)
        self.head_edit.setObjectName("headEdit")
        self.head_edit.setPlaceholderText("1234 ABCDE-FGHJK-MNPQR-STVWX")
        self.head_edit.returnPressed.connect(self._on_compare_clicked)
        card.body.addWidget(field_label("&Number and groups", self.head_edit, card))
        card.body.addWidget(self.head_edit)
        row = QWidget(card)
        flow = FlowLayout(row, spacing=8)
        self._compare_button = _button("Compare", "compareHeadButton", row)
        self._compare_button.setAccessibleName("Compare with paper")
        self._compare_button.clicked.connect(self._on_compare_clicked)
        flow.addWidget(self._compare_button)
        card.body.addWidget(row)
        self._compared_label = body("", card)
        self._compared_label.setObjectName("headComparedLabel")
        self._compared_label.hide()
        card.body.addWidget(self._compared_label)
        return card

    def _build_given_card(self) -> Card:
        card = Card(
            "What was given out",
            self,
            hint="Where the custody record ended when something left this log. Each check looks "
            "for all of them, and for those in the backups.",
        )
        self._given_rows = QVBoxLayout()
        card.body.addLayout(self._given_rows)
        return card

    @Slot()
    def reload(self) -> None:
        """Read again the last result and what was given out."""
        self._when_seen.note_read()
        self._session.run(self, last_check, self._show_last)
        self._session.run(self, list_given_out, self._show_given)

    def _show_last(self, last: LastCheck | None) -> None:
        if last is None:
            self._result_label.setText(_NEVER)
            set_role(self._result_label, "secondary")
            return
        how = ", while nobody worked" if last.in_parts else ""
        when = f"Checked {say(last.at)}{how}."
        if self._fresh is None or self._fresh.sentence != last.sentence:
            self._show_result(last.sentence, when, () if last.holds else (Finding("", ""),))

    def _show_result(self, sentence: str, when: str, findings: tuple[Finding, ...]) -> None:
        named = tuple(one for one in findings if one.happened) or (Finding(sentence, ""),)
        self._alarm_frame.show_findings(named if findings else ())
        self._result_label.setText(when if findings else f"{sentence} {when}")
        set_role(self._result_label, "problem" if findings else "good")

    def _show_given(self, given: tuple[GivenOut, ...]) -> None:
        while (item := self._given_rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, one in enumerate(given[:SHOWN]):
            if number:
                self._given_rows.addWidget(row_line(self))
            text = f"{say(one.at)} · entry {one.number:,} · {one.what}"
            self._given_rows.addWidget(body(text, self))
        if len(given) > SHOWN:
            more = f"And {len(given) - SHOWN:,} earlier ones."
            self._given_rows.addWidget(secondary(more, self))
        if not given:
            self._given_rows.addWidget(secondary("Nothing yet.", self))

    @Slot()
    def _on_check_clicked(self) -> None:
        self._show_running(running=True)
        self._job = self._session.run_long(
            self, check_log, self._on_checked, self._on_check_failed, self._on_progress
        )

    @Slot()
    def _on_stop_clicked(self) -> None:
        if self._job:
            self._job.cancel()

    def _on_progress(self, share: float) -> None:
        self._progress_bar.setValue(round(share * 100))

    def _on_checked(self, check: LogCheck) -> None:
        self._show_running(running=False)
        self._fresh = check
        when = f"Checked {say(self._session.clock.now())}."
        self._show_result(check.sentence, when, check.findings)
        if not check.holds:
            messages.tell(self, "The check found something. Read what to do below.", "error")

    def _on_check_failed(self, error: AppError) -> None:
        self._show_running(running=False)
        messages.show(self, error)

    def _show_running(self, *, running: bool) -> None:
        self._progress_bar.setValue(0)
        self._progress_bar.setVisible(running)
        self._check_button.setDisabled(running)
        if running:
            self._stop_button.show()
            self._stop_button.setFocus()
        elif self._stop_button.hasFocus():
            self._check_button.setFocus()
        self._stop_button.setVisible(running)
        self._result_label.setVisible(not running)

    @Slot()
    def _on_page_clicked(self) -> None:
        self._page_button.setDisabled(True)
        self._session.run_long(self, _make_page, self._on_page_made, self._on_page_failed)

    def _on_page_made(self, page: RegisterPage) -> None:
        self._page_button.setEnabled(True)
        offer_paper(self, self._session, REGISTER_PAGE, page.pdf)

    def _on_page_failed(self, error: AppError) -> None:
        self._page_button.setEnabled(True)
        messages.show(self, error)

    @Slot()
    def _on_compare_clicked(self) -> None:
        compare = partial(compare_head, typed=self.head_edit.text())
        self._session.run(self, compare, self._on_compared)

    def _on_compared(self, compared: HeadCompared) -> None:
        self._compared_label.setText(compared.sentence)
        set_role(self._compared_label, _ROLES[compared.result])
        self._compared_label.show()
        if compared.result is Compared.NOT_HERE:
            messages.tell(self, NOT_FITTING, "error")

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, Topic.LOG, Topic.CUSTODY):
            self._when_seen.ask()

    @Slot()
    def _on_locked(self) -> None:
        self._job = None
        self._fresh = None


class AlarmFrame(QFrame):
    """What a check found, each with what to do; hidden where it found nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("alarmFrame")
        set_role(self, "banner-error")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(16, 12, 16, 12)
        self._rows.setSpacing(6)
        self.hide()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show these instead of what was shown before."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for finding in findings:
            self._rows.addWidget(strong(finding.happened, self))
            if finding.to_do:
                self._rows.addWidget(body(finding.to_do, self))
        self.setAccessibleName(" ".join(finding.sentence for finding in findings))
        self.setVisible(bool(findings))


def _button(words: str, name: str, parent: QWidget) -> QPushButton:
    button = QPushButton(words, parent)
    button.setObjectName(name)
    button.setAccessibleName(words.replace("…", ""))
    return button


def _make_page(workspace: Workspace, _progress: Progress, _cancelled: Cancelled) -> RegisterPage:
    return make_register_page(workspace)
