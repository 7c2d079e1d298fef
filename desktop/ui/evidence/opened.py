"""What a view of the viewer is given: the item, what can be shown of it, and how to go on."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.evidence.shown import Shown
from desktop.domain.identifiers import ItemId
from desktop.operations.evidence.view_evidence import ItemContent
from desktop.ui.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An item that was read, checked and noted as looked at.

    `inside` are the items that came inside it; `go_to` turns the viewer to another item.
    """

    session: Session
    content: ItemContent = field(repr=False)
    inside: tuple[EvidenceItem, ...] = ()
    go_to: Callable[[ItemId], None] = field(default=lambda _item_id: None)

    @property
    def item(self) -> EvidenceItem:
        """The item itself."""
        return self.content.item

    @property
    def shown(self) -> Shown:
        """What can be shown of it."""
        return self.content.shown

    @property
    def name(self) -> str:
        """What a screen reader calls the view."""
        return f"{self.item.mark} {self.item.label}"

    def bytes_or_none(self) -> bytes | None:
        """Return the content, None where it is too large to be held."""
        return self.content.content


ViewFactory = Callable[[Opened, QWidget], QWidget]
