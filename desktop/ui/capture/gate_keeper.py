"""Asks before anything comes in: about a colleague where the incident is new, then the gate."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.operations.evidence.answer_gate import GateAnswered
from desktop.ui.capture.capture_run import SESSION, SINGLE, CaptureRun
from desktop.ui.capture.colleague_question import ColleagueDialog
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.capture.screen_session import ScreenSession
from desktop.ui.session import Session


class GateKeeper(QObject):
    """The answer goes to the session's run. What it keeps out is told by `kept_out`.

    `left`: somebody went away without an answer. `colleague_named`: it is about a colleague, and
    belongs into a restricted log.
    """

    kept_out = Signal(object)
    left = Signal()
    colleague_named = Signal()

    def __init__(
        self,
        session: Session,
        screen: ScreenSession,
        current: Callable[[], CaptureRun],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._screen = screen
        self._current = current

    def ask(
        self, listed: Sequence[str], then: Callable[[], None], also: Sequence[str] = ()
    ) -> None:
        """Ask about what is listed, and go on with `then` once it may come in."""
        run = self._current()
        if not run.asked:
            question = ColleagueDialog(self._session, self._screen.front)
            question.somebody_else.connect(partial(self._on_somebody_else, listed, then))
            question.colleague.connect(self.colleague_named)
            question.rejected.connect(self.left)
            question.open()
            return
        single = SINGLE if listed == (SESSION,) else ""
        gate = GateDialog(
            self._session,
            run.incident_id,
            listed,
            self._screen.front,
            single=single,
            also=also,
        )
        gate.answered.connect(partial(self._on_answered, then))
        gate.rejected.connect(self.left)
        gate.ask()

    def _on_somebody_else(self, listed: Sequence[str], then: Callable[[], None]) -> None:
        self._current().asked = True
        self.ask(listed, then)

    def _on_answered(self, then: Callable[[], None], answered: GateAnswered) -> None:
        run = self._current()
        run.incident_id = answered.incident_id
        run.number = answered.number
        run.careful = answered.careful
        if answered.lets_in:
            run.statement_id = answered.statement_id
            then()
            return
        run.statement_id = None
        self.kept_out.emit(answered)
