"""What is said of files that are taken in: their names, what came of them, what is left out."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.read_folder import MOST_FILES, FolderFiles
from desktop.ui.capture.capture_run import shown_name

TOO_MANY = "Choose at most {most} files at a time. {count} were chosen; nothing was read of them."
NO_FILE = "There is no file in that folder that could be taken in."
MORE = "More than {most} files are in it: the first {most} are listed. Take in the rest after."


def told_apart(paths: Sequence[Path]) -> list[str]:
    """Name files as they can be shown; of two with one name the folder is named too."""
    names = [shown_name(path) for path in paths]
    counted = Counter(names)
    longer = [
        f"{shown_name(path.parent)}/{name}" if counted[name] > 1 else name
        for path, name in zip(paths, names, strict=True)
    ]
    seen: Counter[str] = Counter()
    told = []
    for name in longer:
        seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told


def say_left_out(found: FolderFiles) -> str:
    """Say what of a folder is not listed, or nothing."""
    parts = [MORE.format(most=MOST_FILES)] if found.more else []
    for count, words in (
        (found.too_deep, "left out: too deep inside"),
        (found.unreadable, "left out: cannot be opened"),
    ):
        if count:
            parts.append(f"{count} {'folder' if count == 1 else 'folders'} in it {words}.")
    if found.odd:
        parts.append(
            f"{found.odd} left out that {'is' if found.odd == 1 else 'are'} no plain file."
        )
    return " ".join(parts)


def say_kept(added: ItemAdded) -> str:
    """Say under which mark it is kept, and what else there is to say of it."""
    parts = [f"{added.mark}, kept, unchanged"]
    if added.same_as:
        parts.append(f"the same content as {', '.join(added.same_as)}")
    if added.inside:
        parts.append(f"what came inside: {', '.join(added.inside)}")
    if added.not_taken:
        parts.append(f"did not come out: {', '.join(added.not_taken)}")
    return "; ".join(parts)
