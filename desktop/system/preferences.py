"""The few choices that belong to this computer: where the log lies, look, text size, idle lock."""

import json
from pathlib import Path

from platformdirs import user_config_path

_NAME = "preferences.json"


def preferences_file() -> Path:
    """Return where the choices are kept; it holds nothing about anybody."""
    return user_config_path("safeguarding-log", appauthor=False) / _NAME


def read_preferences(path: Path) -> dict[str, str]:
    """Return the choices; none at all if there is no file or it cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): str(value) for name, value in found.items()}


def keep_preferences(path: Path, changed: dict[str, str]) -> bool:
    """Add these choices to those kept; False if nothing can be written there."""
    text = json.dumps(read_preferences(path) | changed, indent=1, sort_keys=True)
    beside = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except OSError:
        return False
    return True
