"""What can be done with an item beside looking at it: one row for each button."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.items import EvidenceItem
from desktop.ui.evidence.confirm_dialog import is_copy, start_confirming
from desktop.ui.evidence.redaction_editor import can_be_drawn_on, start_redaction
from desktop.ui.evidence.seal_dialog import can_be_sealed, start_sealing
from desktop.ui.evidence.statement_dialog import can_be_corrected, start_correction
from desktop.ui.evidence.text_redaction import has_words, start_text_redaction
from desktop.ui.evidence.thing_card import has_hands, start_handling
from desktop.ui.evidence.transcript_form import can_be_written_down, start_transcript
from desktop.ui.evidence.who_form import is_kept, start_who
from desktop.ui.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAction:
    """A button on the tiles, in the viewer, or on both, for each item that `offered` names.

    `start` gets the session, the item and the window that its own window belongs to.
    """

    name: str
    text: str
    offered: Callable[[EvidenceItem], bool]
    start: Callable[[Session, EvidenceItem, QWidget], None]
    on_tile: bool = True
    in_viewer: bool = True


ITEM_ACTIONS: tuple[ItemAction, ...] = (
    ItemAction(
        name="itemHandsButton",
        text="In whose hands…",
        offered=has_hands,
        start=start_handling,
    ),
    ItemAction(
        name="itemCorrectButton",
        text="Correct the answer…",
        offered=can_be_corrected,
        start=start_correction,
    ),
    ItemAction(
        name="itemRedactButton",
        text="Copy with parts covered or marked…",
        offered=can_be_drawn_on,
        start=start_redaction,
        on_tile=False,
    ),
    ItemAction(
        name="itemRedactTextButton",
        text="Copy of chosen words…",
        offered=has_words,
        start=start_text_redaction,
        on_tile=False,
    ),
    ItemAction(
        name="itemTranscriptButton",
        text="Write down what is in it…",
        offered=can_be_written_down,
        start=start_transcript,
        on_tile=False,
    ),
    ItemAction(
        name="itemWhoButton",
        text="Who can be seen or named…",
        offered=is_kept,
        start=start_who,
        on_tile=False,
    ),
    ItemAction(
        name="itemConfirmButton",
        text="Confirm this copy…",
        offered=is_copy,
        start=start_confirming,
    ),
    ItemAction(
        name="itemSealButton",
        text="Seal…",
        offered=can_be_sealed,
        start=start_sealing,
    ),
)


def actions_for(item: EvidenceItem, *, in_viewer: bool) -> tuple[ItemAction, ...]:
    """Return what is offered for an item at one of the two places."""
    return tuple(
        action
        for action in ITEM_ACTIONS
        if (action.in_viewer if in_viewer else action.on_tile) and action.offered(item)
    )
