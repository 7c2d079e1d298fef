"""The gate: one question before anything is captured, pasted, dropped or chosen."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.answer_gate import GateView, keep_out, let_in, show_gate
from desktop.ui.capture.gate_frame import GateFrame
from desktop.ui.capture.hold_page import Coming
from desktop.ui.session import Session
from desktop.ui.widgets.words import body, breakable, heading, secondary, strong

NAMED = 3


class GateDialog(GateFrame):
    """Asks for reason to think about what is listed, before anything is read of it.

    `single` is what is listed instead when the incident is careful and takes one thing only;
    `also` says line by line what comes in with it: it is let in or held back as one.
    """

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId | None,
        listed: Sequence[str],
        parent: QWidget,
        *,
        single: str = "",
        also: Sequence[str] = (),
    ) -> None:
        self._listed = tuple(listed)
        self._single = single
        self._also = tuple(also)
        self._careful: dict[str, bool] = {}
        super().__init__(session, incident_id, "gate", parent)
        self._build_question()

    def ask(self) -> None:
        """Open in front of the window and read which incidents there are."""
        self._come_up()
        self._session.run(self, partial(show_gate, incident_id=self._incident_id), self._on_view)

    def _build_question(self) -> None:
        inside, column = self.page.inside, self.page.column
        column.addWidget(heading("Before anything is copied", inside))
        self._add_incidents()
        column.addWidget(strong("What is about to come in", inside))
        self._coming_label = body("", inside)
        self._coming_label.setObjectName("gateComingLabel")
        column.addWidget(self._coming_label)
        if self._also:
            lines = "\n".join(f"•  {line}" for line in self._also)
            column.addWidget(body(breakable(lines), inside))
        self._one_label = secondary(
            "Something was held back here before. So things come in one at a time, each with its "
            "own answer.",
            inside,
        )
        self._one_label.hide()
        column.addWidget(self._one_label)
        self._add_question()
        self._add_ticks()
        self._list_coming()
        self._add_answers()

    def _add_incidents(self) -> None:
        inside, column = self.page.inside, self.page.column
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
        for widget in (self._for_label, self._for_box):
            column.addWidget(widget)
            widget.setVisible(self._incident_id is None)

    def _list_coming(self) -> None:
        """List what comes in; of several, each can be held back singly."""
        coming = self._coming()
        self._coming_label.setText(breakable(_summary([thing.name for thing in coming])))
        self.ticks.show_things(coming if len(coming) > 1 else ())
        for widget in (self._ticks_label, self.ticks):
            widget.setVisible(len(coming) > 1)

    def _coming(self) -> Sequence[Coming]:
        """Return what this answer is about: in a careful incident the first thing only."""
        if not self._is_careful():
            return [Coming(name) for name in self._listed]
        return [Coming(self._single or self._listed[0])]

    def _is_careful(self) -> bool:
        return self._careful.get(self._chosen() or "", False)

    def _chosen(self) -> IncidentId | None:
        if self._incident_id is not None:
            return self._incident_id
        return IncidentId(str(self._for_box.currentData())) or None

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

    def _let_in(self) -> None:
        listed = self._also or tuple(thing.name for thing in self._coming())
        self._run(partial(let_in, incident_id=self._chosen(), listed=listed))

    def _hold(self, held: tuple[Coming, ...]) -> None:
        self._run(
            partial(
                keep_out,
                incident_id=self._chosen(),
                answer=self._answer,
                held=tuple(thing.name for thing in held),
                concern=self.hold_page.concern(),
                description=self.hold_page.description(),
            )
        )


def _summary(names: Sequence[str]) -> str:
    """Name one thing, or say how many there are and name the first."""
    if len(names) == 1:
        return names[0]
    more = len(names) - NAMED
    first = ", ".join(names[:NAMED])
    return f"{len(names)} things: {first}" + (
        f" and {more} more, listed below" if more > 0 else ""
    )
