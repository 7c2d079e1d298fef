"""The buttons of one step: what can be done about it, and the two that keep what was typed."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Act, Blank
from desktop.domain.steps.recording import may_leave_out
from desktop.ui.incident.step_context import Aside
from desktop.ui.incident.step_form import Mode
from desktop.ui.incident.step_words import RECORD_FIELD_OF, contact_words
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role

FEW_BUTTONS = 3
# What happens in a window of its own: the step is ticked by that, not by a form inside the step.
OWN_WINDOW = frozenset(
    {
        Act.CAPTURE, Act.CONTACT, Act.CLOSE, Act.LINK, Act.WORKSHEET, Act.THING, Act.DESCRIBE,
        Act.SEAL, Act.MOVE, Act.EXPORT,
    }
)  # fmt: skip
# What the page is asked for, the name of the button, and what it says.
_WINDOWS: dict[Act, tuple[str, str, str]] = {
    Act.CAPTURE: ("capture", "captureButton", "Capture"),
    Act.CONTACT: ("contact", "contactButton", ""),
    Act.CLOSE: ("close", "closeButton", "Close the incident…"),
    Act.LINK: ("link", "linkButton", "Link an incident…"),
    Act.WORKSHEET: ("worksheet", "worksheetButton", "Prepare the report…"),
    Act.THING: ("thing", "thingButton", "List a physical thing…"),
    Act.DESCRIBE: ("describe", "describeButton", "Describe it in words…"),
    Act.SEAL: ("seal", "sealButton", "Seal what was received…"),
    Act.MOVE: ("move", "moveButton", "Move to the restricted log…"),
    Act.EXPORT: ("export", "stepExportButton", "Export for the police…"),
    Act.ACCOUNTS: ("accounts", "accountsButton", "Open the register of accounts"),
}


class StepButtons(QWidget):
    """Only asks: `pressed` names what is wanted of the recording, `act_requested` of the page."""

    pressed = Signal(str, object)
    act_requested = Signal(str, object)

    def __init__(self, view: StepView, aside: Aside, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._aside = aside
        self._names: set[str] = set()
        self._has_primary = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder, spacing=8)
        column.addWidget(self._holder)

    def show_ways(self, *, is_kept: bool = False) -> None:
        """Offer everything that can be done about the step; `is_kept`: words typed before."""
        self._clear()
        if self._view.state is StepState.OPEN:
            self._add_open_ways()
        else:
            self._add_settled_ways()
        if is_kept:
            self._add("forgetButton", "Forget what was typed", "forget", role="quiet")

    def _add_open_ways(self) -> None:
        view, step = self._view, self._view.step
        if view.is_ready:
            for act in step.acts:
                self._add_act(act)
            if OWN_WINDOW.issuperset(step.acts) and not _ticks(view):
                self._add_done()
        elif view.put_off_in:
            self._add_window(
                "askedButton", "Go to the answer it waits for", "step", view.put_off_in
            )
        elif view.prefilled_reason:
            self._add("confirmButton", "Confirm: not applicable", "confirm", role="primary")
        if view.unanswered:
            words = f"Answer question {view.unanswered[0].removeprefix('T')}…"
            self._add_window("questionButton", words, "triage", None)
        if not view.led_by:
            self._add_other_ways()

    def show_keep(self, mode: Mode) -> None:
        """Offer to keep what was filled in, or to go back."""
        self._clear()
        words = "Confirm" if mode is Mode.LEAVE_OUT else "Keep"
        self._add("keepStepButton", words, "keep", role="primary")
        self._add("backButton", "Back", "back")

    def show_again(self) -> None:
        """Offer what a settled step can be recorded as, with the keyboard at the first of it."""
        self._clear()
        view = self._view
        if may_be_done(view):
            self._add("againDoneButton", "Done…", "again done")
        if may_leave_out(view):
            self._add("leaveOutButton", "Not applicable…", "leave out")
        self._add("notPossibleButton", "Not possible…", "not possible")
        self._add("stillToDoButton", "Still to do…", "still to do")
        self._add("backButton", "Back", "back", role="quiet")
        first = self._flow.itemAt(0)
        widget = first.widget() if first else None
        if widget is not None:
            widget.setFocus()

    def _add_settled_ways(self) -> None:
        """Where it was done, why it was late, and the quiet way to put it right."""
        if self._aside.asks_why:
            self._add("keepStepButton", "Keep", "keep", role="primary")
        way = self._aside.way
        if way is not None:
            button = self._make("wayButton", way.words, "quiet")
            button.clicked.connect(partial(self.act_requested.emit, way.what, way.data))
        self._add("againButton", "Record it again…", "again", role="quiet")

    def _clear(self) -> None:
        self._flow.clear()
        self._names = set()
        self._has_primary = False

    def _add_other_ways(self) -> None:
        view, step = self._view, self._view.step
        in_window = OWN_WINDOW.issuperset(step.acts)
        if step.acts and (view.waiting_for or view.prefilled_reason or not in_window):
            applies = view.prefilled_reason and not (view.put_off_in or view.waiting_for)
            words = "It applies after all…" if applies else "It already happened…"
            self._add("earlierButton", words, "earlier", role="quiet")
        if may_leave_out(view):
            self._add("leaveOutButton", "Not applicable…", "leave out", role="quiet")
        self._add("notPossibleButton", "Not possible…", "not possible", role="quiet")

    def _add_act(self, act: Act) -> None:
        field = RECORD_FIELD_OF.get(self._view.step.ticked_by, "")
        if act in _WINDOWS:
            what, name, words = _WINDOWS[act]
            words = words or contact_words(self._view)
            if act is Act.WORKSHEET and self._aside.is_sent:
                words = "Prepare an addition…"
            self._add_window(name, words, what, None if act is Act.CAPTURE else self._view)
        elif act is Act.DECIDE:
            self._add_decisions()
        elif act is Act.RECORD and field:
            self._add_window("recordButton", "Write it in the record", "record", field)
        elif "doneButton" not in self._names:
            self._add_done()

    def _add_done(self) -> None:
        self._add("doneButton", "Done", "done", role="" if self._names else "primary")

    def _add_decisions(self) -> None:
        blank = _decided_by(self._view)
        if blank is None or len(blank.choices) > FEW_BUTTONS:
            self._add("decideButton", "Record the decision…", "decide", role="primary")
            return
        for number, choice in enumerate(blank.choices):
            words = f"{choice[0].upper()}{choice[1:]}, because…"
            self._add(f"decide{number + 1}Button", words, "decide", (blank.name, choice))
        self._has_primary = True  # no answer is put forward, and nothing else beside them

    def _add_window(self, name: str, words: str, what: str, data: object) -> None:
        """Add a button that asks the page for a window, or for another place on it."""
        again = name == "worksheetButton" and self._aside.is_sent
        primary = name != "questionButton" and not again
        self._make(name, words, "primary" if primary else "").clicked.connect(
            partial(self.act_requested.emit, what, data)
        )

    def _add(self, name: str, words: str, what: str, data: object = None, role: str = "") -> None:
        self._make(name, words, role).clicked.connect(partial(self.pressed.emit, what, data))

    def _make(self, name: str, words: str, role: str) -> QPushButton:
        button = QPushButton(words.replace("&", "&&"), self._holder)
        button.setObjectName(name)
        button.setAccessibleName(f"{words.rstrip('…')}: {self._view.step.title}")
        if role and not (role == "primary" and self._has_primary):
            set_role(button, role)
        self._has_primary = self._has_primary or role == "primary"
        self._flow.addWidget(button)
        self._names.add(name)
        return button


def fills_in_at_once(view: StepView) -> bool:
    """Say whether the fields of the step stand open in it, without a button that opens them."""
    acts = view.step.acts
    plain = not OWN_WINDOW.intersection(acts) and Act.DECIDE not in acts
    asks = bool(view.step.blanks or view.step.second or view.is_overdue)
    return plain and view.is_ready and asks


def may_be_done(view: StepView) -> bool:
    """Say whether Done may be recorded: a capture is done by the evidence itself alone."""
    by_evidence = view.step.acts == (Act.CAPTURE,) and bool(view.step.ticked_by)
    return view.is_ticked or not by_evidence


def _decided_by(view: StepView) -> Blank | None:
    """Return the one answer that the decision is; None if it has several, or none to choose."""
    asked = [one for one in view.step.blanks if one.choices]
    required = [one for one in asked if one.required] or asked
    return required[0] if len(required) == 1 else None


def _ticks(view: StepView) -> bool:
    """Say whether what its windows do ticks the step; what two people check never does so."""
    if Act.CONTACT in view.step.acts:
        return True
    return bool(view.step.ticked_by) and not view.step.second
