"""The second question at the gate: what is inside the files, by name, before it is read."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import IncidentId, StatementId
from desktop.operations.evidence.answer_gate import let_in_inside
from desktop.operations.evidence.look_inside import InsideFile
from desktop.ui.capture.gate_frame import GateFrame
from desktop.ui.capture.hold_page import Coming
from desktop.ui.session import Session
from desktop.ui.widgets.words import body, heading, secondary

HOLDS = "Only the names below were read. Nothing inside was opened."
REST = (
    "If you hold something back, an e-mail comes in without it, as headers and text. Any other "
    "file then stays out as a whole."
)
STAYS = (
    "It is not opened and not kept here. An e-mail comes in without it, as headers and text; any "
    "other file stays out as a whole, where it is. What you write below is kept instead."
)


class InsideDialog(GateFrame):
    """Names what files hold and asks once more; each thing inside can be held back singly.

    `held` is what was held back, by the name of the file.
    """

    stays = STAYS

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        statement_id: StatementId,
        files: Sequence[InsideFile],
        parent: QWidget,
    ) -> None:
        self.files = tuple(files)
        self.held: dict[str, tuple[str, ...]] = {}
        self._asked_for = (incident_id, statement_id)
        self._things = [Coming(name, file.name) for file in files for name in file.inside]
        super().__init__(session, incident_id, "gateInside", parent)
        self._build_question(len(files))

    def ask(self) -> None:
        """Open in front of the window."""
        self._come_up()

    def _build_question(self, files: int) -> None:
        inside, column = self.page.inside, self.page.column
        title = "There is more inside" if files == 1 else f"{files} files hold more inside"
        column.addWidget(heading(title, inside))
        column.addWidget(body(HOLDS, inside))
        self._add_question()
        column.addWidget(secondary(REST, inside))
        self._add_ticks()
        self.ticks.show_things(self._things)
        self._add_answers()

    def _coming(self) -> Sequence[Coming]:
        return self._things

    def _let_in(self) -> None:
        self._answer_with({})

    def _hold(self, held: tuple[Coming, ...]) -> None:
        by_file: dict[str, tuple[str, ...]] = {}
        for thing in held:
            by_file[thing.within] = (*by_file.get(thing.within, ()), thing.name)
        self._answer_with(by_file)

    def _answer_with(self, held: dict[str, tuple[str, ...]]) -> None:
        self.held = held
        incident_id, statement_id = self._asked_for
        self._run(
            partial(
                let_in_inside,
                incident_id=incident_id,
                statement_id=statement_id,
                held=held,
                concern=self.hold_page.concern(),
                description=self.hold_page.description(),
                inside=self.files,
                answer=self._answer,
            )
        )
