"""Shows names in archives, facts of recordings, the words of a saved page; opens nothing."""

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.inside import InsideName, Listed
from desktop.domain.evidence.shown import ListingView, MediaView, PageTextView
from desktop.ui.evidence.opened import Opened
from desktop.ui.evidence.viewer_words import SHORTENED, WordsView

_KB = 1024
MOST_LINES = 5000
_LISTED = {
    Listed.WHOLE: "",
    Listed.PART: "[There is more in it that cannot be named here.]",
    Listed.NOT: "[What is in it cannot be named here. It is kept as it is.]",
}
NOT_OPENED = "It is kept as it is. Nothing in it was opened."
NOT_PLAYED = "It is kept as it is. It is not played here. This is what the file says of itself:"
NOT_DRAWN = "[The words of the page. Its pictures and links were not loaded.]"


def make_listing_view(opened: Opened, parent: QWidget) -> QWidget:
    """Make the view of an archive or an Office file."""
    shown = opened.shown
    words = listing_words(shown) if isinstance(shown, ListingView) else ""
    return WordsView(words, opened.name, parent)


def make_media_view(opened: Opened, parent: QWidget) -> QWidget:
    """Make the view of a sound or a video."""
    shown = opened.shown
    words = media_words(shown) if isinstance(shown, MediaView) else ""
    return WordsView(words, opened.name, parent)


def make_page_view(opened: Opened, parent: QWidget) -> QWidget:
    """Make the view of a saved page."""
    shown = opened.shown
    words = page_words(shown) if isinstance(shown, PageTextView) else ""
    return WordsView(words, opened.name, parent)


def listing_words(view: ListingView) -> str:
    """Write out what is in an archive or an Office file."""
    parts = [NOT_OPENED]
    parts += ["The file says of itself:\n" + _facts(view.facts)] if view.facts else []
    parts += _inside(view.names, view.listed)
    return "\n\n".join(parts)


def media_words(view: MediaView) -> str:
    """Write out what a recording says of itself."""
    return "\n\n".join(
        [NOT_PLAYED, *(f"{one.heading}\n{_facts(one.facts)}" for one in view.tracks if one.facts)]
    )


def page_words(view: PageTextView) -> str:
    """Write out a saved page: where it is from, its words, what else lies in it."""
    facts = (
        ("Title", view.title),
        ("Saved from", view.saved_from or "not written in the file"),
        ("Address that the page gives for itself", view.claimed_address),
        ("Saved on, as the file says", view.saved_at),
        ("Saved with, as the file says", view.saved_by),
    )
    parts = [_facts(tuple(fact for fact in facts if fact[1])), NOT_DRAWN]
    parts.append(view.text or "[There are no words in it.]")
    parts += [SHORTENED] if view.shortened else []
    parts += _inside(view.inside, Listed.WHOLE) if view.inside else []
    return "\n\n".join(parts)


def _facts(facts: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"  {name}: {value}" for name, value in facts)


def _inside(names: tuple[InsideName, ...], listed: Listed) -> list[str]:
    parts = []
    if names:
        lines = [f"  {one.name}{say_size(one.size)}" for one in names[:MOST_LINES]]
        more = len(names) - MOST_LINES
        lines += [f"  and {more:,} more"] if more > 0 else []
        parts.append(f"In it ({len(names):,}):\n" + "\n".join(lines))
    elif listed is Listed.WHOLE:
        parts.append("Nothing apart from itself lies in it.")
    return [*parts, _LISTED[listed]] if _LISTED[listed] else parts


def say_size(size: int) -> str:
    """Write a size behind a name, nothing where it is not known."""
    if size < 0:
        return ""
    if size < _KB:
        return f"  ({size} bytes)"
    return f"  ({size / _KB:,.0f} KiB)" if size < _KB * _KB else f"  ({size / _KB / _KB:,.1f} MiB)"
