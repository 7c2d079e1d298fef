"""Makes what can be shown of the content of an item: asks for it by the kind of the bytes."""

from collections.abc import Mapping

from desktop.domain.errors import AppError, DecoderStopped, MailUnreadable, PictureUnreadable
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.evidence.shown import PICTURE_TYPES, NotShown, Pages, Picture, Shown, TextView
from desktop.operations.evidence.show_formats import show_format
from desktop.operations.workspace import Workspace

PDF = "application/pdf"
HEX_BYTES = 4096
_HEX_WIDTH = 16
_TOO_LARGE = NotShown("it is too large to be shown here")
_NOT_WHAT_IT_SEEMS = NotShown("it cannot be read as what it seems to be")
_STOPPED = NotShown("reading it took too much time or memory")

# Which task shows which kind of bytes; text that is not listed is shown as it stands.
TASK_OF: Mapping[str, str] = {
    **dict.fromkeys(PICTURE_TYPES, "picture"),
    PDF: "count pages",
    "message/rfc822": "mail",
    "application/vnd.ms-outlook": "mail",
    "image/svg+xml": "text",
}
# What is shown as plain lines where its task cannot read it.
_ALSO_TEXT = frozenset({"message/rfc822"})


def shown_name(item: EvidenceItem) -> str:
    """Name an item in a sentence: its file name, else its mark."""
    return item.original_name or str(item.mark)


def has_picture(item: EvidenceItem) -> bool:
    """Say whether a small picture can be made of an item."""
    return item.media_type in PICTURE_TYPES or item.media_type == PDF


def make_shown(workspace: Workspace, item: EvidenceItem, content: bytes | None) -> Shown:
    """Return what can be shown of the content of an item; None: it is too large."""
    if content is None:
        return _TOO_LARGE
    task = TASK_OF.get(item.media_type) or ("text" if item.media_type[:5] == "text/" else "")
    try:
        shown = show_format(workspace, item, content, shown_name(item))
        if shown is None and task:
            shown = _ask(workspace, task, item, content)
    except DecoderStopped:
        return _STOPPED
    except AppError:
        return _NOT_WHAT_IT_SEEMS
    start = content[:HEX_BYTES]
    return shown or TextView(_hex(start), is_hex=True, shortened=len(content) > HEX_BYTES)


def make_small(
    workspace: Workspace, item: EvidenceItem, content: bytes, longest: int
) -> Picture | None:
    """Return the small picture for a tile; None where there is none."""
    try:
        if item.media_type != PDF:
            return _picture(workspace, item, content, longest)
        page = draw_page(workspace, content, 0, 0.1, shown_name(item))
        largest = max(page.full_width, page.full_height, 1)
        return draw_page(workspace, content, 0, longest / largest, shown_name(item))
    except (PictureUnreadable, DecoderStopped):
        return None


def draw_page(workspace: Workspace, content: bytes, page: int, scale: float, name: str) -> Picture:
    """Draw one page of a PDF that was opened; raises PictureUnreadable or DecoderStopped."""
    drawn: Picture = workspace.decode("draw page", content, page=page, scale=scale, file_name=name)
    return drawn


def _picture(workspace: Workspace, item: EvidenceItem, content: bytes, longest: int) -> Picture:
    name = shown_name(item)
    small: Picture = workspace.decode("picture", content, file_name=name, longest=longest)
    return small


def _ask(workspace: Workspace, task: str, item: EvidenceItem, content: bytes) -> Shown:
    if task == "text":
        return _as_text(workspace, content)
    try:
        answer: Shown | int = workspace.decode(task, content, file_name=shown_name(item))
    except MailUnreadable:
        if item.media_type not in _ALSO_TEXT:
            raise
        return _as_text(workspace, content)
    return Pages(answer) if isinstance(answer, int) else answer


def _as_text(workspace: Workspace, content: bytes) -> TextView:
    shown: TextView = workspace.decode("text", content)
    return shown


def _hex(content: bytes) -> str:
    lines = []
    for start in range(0, len(content), _HEX_WIDTH):
        row = content[start : start + _HEX_WIDTH]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)  # noqa: PLR2004
        lines.append(f"{start:08x}  {row.hex(' '):<{_HEX_WIDTH * 3 - 1}}  {letters}")
    return "\n".join(lines)
