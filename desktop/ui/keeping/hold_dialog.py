"""Hold a record, and release a hold: both with a reason."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import IncidentId
from desktop.domain.log.retention import HOLD_NAMES, HoldKind
from desktop.operations.incident.keep_retention import HoldLine, release_hold, set_hold
from desktop.ui.form_dialog import FormDialog
from desktop.ui.keeping.retention_words import say_hold
from desktop.ui.session import Session
from desktop.ui.widgets.words import body


class HoldDialog(FormDialog):
    """Asks who needs the record, and why."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "hold",
            "Hold the record",
            parent,
            keep="Hold it",
            hint="A held record cannot be erased, whatever its review date, until the hold is "
            "released.",
        )
        choices = [(kind.value, HOLD_NAMES[kind]) for kind in HoldKind]
        self.form.add_choice("kind", "For whom or what", choices)
        self.form.add_text("reason", "Why: who asked, when, reference")

    def _keep(self) -> None:
        if self._lacks(
            ("kind", "Choose for whom or what the record is held."),
            ("reason", "Write why. One sentence is enough."),
        ):
            return
        self._run(
            partial(
                set_hold,
                incident_id=self._incident_id,
                kind=HoldKind(self.form.text("kind")),
                reason=self.form.text("reason"),
            )
        )


class ReleaseDialog(FormDialog):
    """Asks why a hold is no longer needed."""

    def __init__(
        self, session: Session, incident_id: IncidentId, hold: HoldLine, parent: QWidget
    ) -> None:
        super().__init__(
            session,
            incident_id,
            "releaseHold",
            "Release the hold",
            parent,
            keep="Release it",
            hint="Nothing is erased by this. The hold stays in the history of the record.",
        )
        self._hold_id = hold.id
        self.form.add_widget(body(say_hold(hold), self.form))
        self.form.add_text("reason", "Why it is released: who said so, when")

    def _keep(self) -> None:
        reason = self.form.text("reason")
        if not reason:
            self._say("Write why it is released. One sentence is enough.")
            self.form.focus("reason")
            return
        self._run(partial(release_hold, hold_id=self._hold_id, reason=reason))
