"""Makes what can be shown of chats, saved pages, recordings, archives and Office files."""

from desktop.domain.evidence.items import EvidenceItem, ItemKind
from desktop.domain.evidence.shown import PageTextView, Shown
from desktop.operations.workspace import Workspace

_ZIP = "application/zip"
_PAGES = frozenset({"text/html", "multipart/related"})


def show_format(
    workspace: Workspace, item: EvidenceItem, content: bytes, name: str
) -> Shown | None:
    """Return what can be shown; None where the item is of another kind, or cannot be read so."""
    shown: Shown | None = None
    if item.kind is ItemKind.CHAT:
        shown = workspace.decode("chat", content, file_name=name)
    elif item.media_type in _PAGES:
        page: PageTextView = workspace.decode(
            "saved page", content, file_name=name, kind=item.media_type
        )
        shown = page if page.text or page.inside else None
    elif item.kind in (ItemKind.SOUND, ItemKind.VIDEO):
        shown = workspace.decode("media", content, file_name=name)
    listed = item.kind in (ItemKind.ARCHIVE, ItemKind.OFFICE) or item.media_type == _ZIP
    if shown is None and listed:
        shown = workspace.decode("listing", content, kind=item.media_type, file_name=name)
    return shown
