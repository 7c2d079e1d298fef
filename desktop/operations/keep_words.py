"""Reads back what was typed into a window and never entered."""

import json

from desktop.operations.workspace import Workspace


def read_words(workspace: Workspace, subject: str, name: str) -> dict[str, str]:
    """Return the texts by field, as they were kept; nothing where none were."""
    kept = workspace.log.drafts.of(subject).get(name, "")
    found = json.loads(kept) if kept else {}
    return {str(field): str(text) for field, text in found.items()}
