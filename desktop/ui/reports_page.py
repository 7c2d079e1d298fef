"""Reports: the figures of a quarter on screen, and how they are issued."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop.domain.calendar.quarters import Quarter
from desktop.domain.calendar.times import say, say_date
from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import AppError, Cancelled
from desktop.operations.leaving.issue_report import (
    Issued,
    ReportLine,
    ReportPreview,
    issue_report,
    list_quarters,
    preview_report,
)
from desktop.operations.workspace import Workspace
from desktop.ui import file_choice, messages
from desktop.ui.figures_view import FiguresView
from desktop.ui.session import Cancelled as CancelCheck
from desktop.ui.session import Job, Progress, Session
from desktop.ui.when_seen import WhenSeen
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, field_label, row_line, secondary

_COUNTED = (
    Topic.INCIDENT, Topic.CHECKLIST, Topic.CONTACT, Topic.PEOPLE, Topic.EVIDENCE, Topic.REPORT,
)  # fmt: skip


class ReportsPage(Page):
    """The figures of one quarter, and every report that was issued."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Reports", parent)
        self._session = session
        self._quarters: tuple[Quarter, ...] = ()
        self._job: Job | None = None
        self._issuing = False
        self._when_seen = WhenSeen(self, self.reload)
        self._build_ui()
        session.changed.connect(self._on_changed)
        session.about_to_lock.connect(self._stop)

    def _build_ui(self) -> None:
        self.issue_button = QPushButton("&Issue the report…", self)
        self.issue_button.setObjectName("issueReportButton")
        self.issue_button.setAccessibleName("Issue the report as PDF")
        self.issue_button.setEnabled(False)
        set_role(self.issue_button, "primary")
        self.issue_button.clicked.connect(self._on_issue_clicked)
        self.stop_button = QPushButton("Stop", self)
        self.stop_button.setObjectName("stopReportButton")
        self.stop_button.setAccessibleName("Stop making the report")
        self.stop_button.hide()
        self.stop_button.clicked.connect(self._stop)
        self.buttons.addWidget(self.stop_button)
        self.buttons.addWidget(self.issue_button)
        self._progress_bar = QProgressBar(self)
        self._progress_bar.setAccessibleName("How far the report is")
        self._progress_bar.setRange(0, 100)
        self._progress_bar.setTextVisible(False)
        self._progress_bar.hide()
        self.figures_view = FiguresView(self)
        self._issued_card = Card("Issued reports", self)
        self._issued_card.hide()
        self.body.addWidget(self._progress_bar)
        self.body.addWidget(self._build_quarter_card())
        self.body.addWidget(self.figures_view)
        self.body.addWidget(self._issued_card)

    def _build_quarter_card(self) -> Card:
        card = Card("Quarterly report to the executive team", self)
        card.set_hint(
            "Numbers only: no name, no date of an incident and none of your words goes into it."
        )
        self.quarter_box = QComboBox(card)
        self.quarter_box.setObjectName("quarterBox")
        self.quarter_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.quarter_box.currentIndexChanged.connect(self._on_quarter_chosen)
        name = field_label("&Quarter", self.quarter_box, card)
        name.setWordWrap(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(name)
        row.addWidget(self.quarter_box)
        row.addStretch(1)
        self.state_label = body("", card)
        self.state_label.setObjectName("reportStateLabel")
        card.body.addLayout(row)
        card.body.addWidget(self.state_label)
        return card

    @property
    def quarter(self) -> Quarter | None:
        """The quarter that is chosen; None until the quarters are known."""
        place = self.quarter_box.currentIndex()
        return self._quarters[place] if 0 <= place < len(self._quarters) else None

    def reload(self) -> None:
        """Count again."""
        self._when_seen.note_read()
        self._session.run(self, list_quarters, self._on_quarters)

    def _on_quarters(self, quarters: tuple[Quarter, ...]) -> None:
        chosen = self.quarter
        self._quarters = quarters
        self.quarter_box.blockSignals(True)
        self.quarter_box.clear()
        self.quarter_box.addItems([quarter.name for quarter in quarters])
        self.quarter_box.setCurrentIndex(quarters.index(chosen) if chosen in quarters else 0)
        self.quarter_box.blockSignals(False)
        self._preview()

    @Slot(int)
    def _on_quarter_chosen(self, _place: int) -> None:
        self._preview()

    def _preview(self) -> None:
        if self.quarter is None or self._issuing:
            return
        self._stop()
        self.state_label.setText("Counting…")
        self._job = self._session.run_long(
            self,
            partial(_count, self.quarter),
            self._on_previewed,
            self._on_failed,
        )

    def _on_previewed(self, preview: ReportPreview) -> None:
        if preview.figures.quarter != self.quarter:
            return
        self.figures_view.show_figures(preview.figures)
        self.state_label.setText("\n".join(self._state(preview)))
        self.issue_button.setEnabled(not self._issuing)
        self._show_issued(preview.issued)

    def _state(self, preview: ReportPreview) -> list[str]:
        quarter = preview.figures.quarter
        days = f"{say_date(quarter.first_day)} to {say_date(quarter.last_day)}."
        if preview.first_issued:
            lines = [f"{days} Issued {say(preview.first_issued)}: the figures are as issued then."]
            if preview.restatements:
                lines.append("Changed since; a report issued now says so:")
                lines += [f"•  {one.words}" for one in preview.restatements]
            return lines
        today = self._session.clock.now().local.date()
        if today <= quarter.last_day:
            return [f"{days} Not over yet: a report issued now says that it is an interim one."]
        return [f"{days} Not issued yet."]

    def _show_issued(self, issued: tuple[ReportLine, ...]) -> None:
        while (item := self._issued_card.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, line in enumerate(issued):
            if place:
                self._issued_card.body.addWidget(row_line(self._issued_card))
            kind = ", interim" if line.is_interim else ""
            words = f"{line.quarter.name}{kind}: issued {say(line.issued_at)} by {line.by}"
            self._issued_card.body.addWidget(body(words, self._issued_card))
            fingerprint = secondary(f"Figures: {_broken(line.sha256)}", self._issued_card)
            self._issued_card.body.addWidget(fingerprint)
        self._issued_card.setVisible(bool(issued))

    @Slot()
    def _on_issue_clicked(self) -> None:
        if self.quarter is None:
            return
        name = f"Online-safety-report-{self.quarter.short_name}.pdf"
        chosen = partial(self._on_path_chosen, self.quarter)
        file_choice.ask_save_path(self, "Issue the report", name, "PDF (*.pdf)", chosen)

    def _on_path_chosen(self, quarter: Quarter, path: Path) -> None:
        if path.suffix.casefold() != ".pdf":
            path = path.with_name(f"{path.name}.pdf")
        self._stop()
        self._show_issuing(issuing=True)
        self._job = self._session.run_long(
            self,
            partial(_issue, quarter, path),
            self._on_issued,
            self._on_issue_failed,
            self._on_progress,
        )

    def _on_progress(self, share: float) -> None:
        self._progress_bar.setValue(round(share * 100))

    def _on_issued(self, issued: Issued) -> None:
        self._show_issuing(issuing=False)
        messages.tell(self, f"The report is issued: {issued.path}")

    def _on_issue_failed(self, error: AppError) -> None:
        self._show_issuing(issuing=False)
        messages.show(self, error)
        self._preview()

    def _on_failed(self, error: AppError) -> None:
        if not isinstance(error, Cancelled):
            messages.show(self, error)

    def _show_issuing(self, *, issuing: bool) -> None:
        self._issuing = issuing
        self.issue_button.setEnabled(not issuing)
        self.quarter_box.setEnabled(not issuing)
        self.stop_button.setVisible(issuing)
        self._progress_bar.setValue(0)
        self._progress_bar.setVisible(issuing)

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, *_COUNTED):
            self._when_seen.ask()


def _count(
    quarter: Quarter, workspace: Workspace, progress: Progress, cancelled: CancelCheck
) -> ReportPreview:
    return preview_report(workspace, quarter, progress, cancelled)


def _issue(
    quarter: Quarter,
    path: Path,
    workspace: Workspace,
    progress: Progress,
    cancelled: CancelCheck,
) -> Issued:
    return issue_report(workspace, quarter, path, progress, cancelled)


def _broken(sha256: str) -> str:
    """Break a fingerprint into groups, so that it wraps and can be read out."""
    return " ".join(sha256[place : place + 8] for place in range(0, len(sha256), 8))
