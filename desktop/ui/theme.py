"""How everything looks: the colours by name, the fonts, and the style sheet filled with them."""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop.resources import resource_path

FAMILY = "Atkinson Hyperlegible Next"
BODY_PX = 15
SCALES = (100, 125, 150, 175, 200)
_FACES = ("Regular", "SemiBold", "Bold", "Italic")
_TOKEN = re.compile(r"@([a-z]+(?:-[a-z]+)*)")


class Look(StrEnum):
    """Which set of colours the keyholder chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one look; every text colour reads at 4.5 to 1 on what it stands on."""

    ground: str
    surface: str
    line: str
    edge: str
    ink: str
    soft: str
    accent: str
    accent_hover: str
    on_accent: str
    tint: str
    due: str
    due_ground: str
    late: str
    late_ground: str
    done: str
    done_ground: str
    side: str
    side_here: str
    side_badge: str
    side_ink: str
    side_soft: str
    side_late: str
    hover: str
    field: str
    shade: str


LIGHT = Tokens(
    ground="#F5F5F2", surface="#FFFFFF", line="#DADEDB", edge="#84908C", ink="#1C262B",
    soft="#556169", accent="#0B5C66", accent_hover="#084851", on_accent="#FFFFFF", tint="#E2F0F0",
    due="#8A5200", due_ground="#FBF0DC", late="#A3231B", late_ground="#FBE6E3", done="#22663B",
    done_ground="#E4F1E7", side="#12343A", side_here="#2E4C52", side_badge="#4A666C",
    side_ink="#FFFFFF", side_soft="#C7D6D8", side_late="#FFB4AB", hover="#EEF1EF", field="#FFFFFF",
    shade="light",
)  # fmt: skip
DARK = Tokens(
    ground="#14191C", surface="#1C2327", line="#333D42", edge="#76848A", ink="#E8ECEC",
    soft="#A3AFB4", accent="#6CC5CC", accent_hover="#8AD5DB", on_accent="#0B1F22", tint="#1B3337",
    due="#F0BE6B", due_ground="#3A2E17", late="#FF9F94", late_ground="#43211E", done="#8FD3A3",
    done_ground="#1D3525", side="#0D2226", side_here="#263D41", side_badge="#42585C",
    side_ink="#FFFFFF", side_soft="#B9C8CA", side_late="#FFB4AB", hover="#252E33", field="#171D20",
    shade="dark",
)  # fmt: skip
CONTRAST = Tokens(
    ground="#000000", surface="#000000", line="#FFFFFF", edge="#FFFFFF", ink="#FFFFFF",
    soft="#FFFFFF", accent="#FFFF00", accent_hover="#FFFFFF", on_accent="#000000", tint="#000000",
    due="#FFD479", due_ground="#000000", late="#FFB0A8", late_ground="#000000", done="#9CFFB2",
    done_ground="#000000", side="#000000", side_here="#003B66", side_badge="#00508A",
    side_ink="#FFFFFF", side_soft="#FFFFFF", side_late="#FFB0A8", hover="#262626", field="#000000",
    shade="contrast",
)  # fmt: skip


class Theme(QObject):
    """Keeps the program in the chosen look and text size, and follows the system's."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._look = Look.SYSTEM
        self._scale = 100
        load_fonts()
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def look(self) -> Look:
        """The look that was chosen."""
        return self._look

    @property
    def scale(self) -> int:
        """The size of text in per cent."""
        return self._scale

    def apply(self, look: Look | None = None, scale: int | None = None) -> None:
        """Use this look and text size from now on; what is not named stays."""
        self._look = look or self._look
        self._scale = min(max(scale or self._scale, SCALES[0]), SCALES[-1])
        system = self._application.styleHints().colorScheme()
        tokens = tokens_for(self._look, system)
        _Current.tokens = tokens
        _Current.scale = self._scale
        self._application.setPalette(palette(tokens))
        self._application.setFont(base_font(self._scale))
        self._application.setStyleSheet(style_sheet(tokens, self._scale))
        self.changed.emit()

    @Slot()
    def _on_scheme_changed(self) -> None:
        if self._look is Look.SYSTEM:
            self.apply()


def tokens_for(look: Look, system: Qt.ColorScheme) -> Tokens:
    """Return the colours of a look, where the system may prefer dark."""
    if look is Look.CONTRAST:
        return CONTRAST
    dark = look is Look.DARK or (look is Look.SYSTEM and system is Qt.ColorScheme.Dark)
    return DARK if dark else LIGHT


class _Current:
    tokens = LIGHT
    scale = 100


def colour(name: str) -> QColor:
    """Return a colour of the present look by its name, for what is painted by hand."""
    return QColor(str(getattr(_Current.tokens, name)))


def px(pixels: float) -> int:
    """Return a length at the present text size, for what is painted by hand."""
    return round(pixels * _Current.scale / 100)


def load_fonts() -> None:
    """Make the shipped typeface known to Qt."""
    if FAMILY in QFontDatabase.families():
        return
    for face in _FACES:
        path = resource_path("fonts", f"AtkinsonHyperlegibleNext-{face}.ttf")
        QFontDatabase.addApplicationFont(str(path))


def base_font(scale: int) -> QFont:
    """Return the body typeface at this text size."""
    font = QFont(FAMILY)
    font.setPixelSize(round(BODY_PX * scale / 100))
    return font


def style_sheet(tokens: Tokens, scale: int) -> str:
    """Return the style sheet with its @names filled; raises KeyError on one that is unknown."""
    sizes = {"body": BODY_PX, "title": 23, "card-title": 16, "secondary": 13.5, "big": 19}
    spaces = {"mark": 18, "small": 12}
    values = {name.replace("_", "-"): str(value) for name, value in asdict(tokens).items()}
    values |= {name: f"{round(size * scale / 100)}px" for name, size in sizes.items()}
    values |= {name: f"{round(size * scale / 100)}px" for name, size in spaces.items()}
    # Half the height of a line and its padding: Qt draws no curve at all beyond that.
    curves = {"pill": (8.5, 1.5), "pill-l": (10, 4), "pill-s": (7.5, 0.5)}
    values |= {
        name: f"{round(line * scale / 100 + padding)}px"
        for name, (line, padding) in curves.items()
    }
    values["round"] = f"{round(18 * scale / 100) // 2 + 2}px"
    values["family"] = FAMILY
    values["icons"] = resource_path("icons").as_posix()
    text = resource_path("styles", "app.qss").read_text(encoding="utf-8")
    return _TOKEN.sub(lambda found: values[found[1]], text)


def palette(tokens: Tokens) -> QPalette:
    """Return the palette for what the style sheet does not reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.ground,
        role.WindowText: tokens.ink,
        role.Base: tokens.field,
        role.AlternateBase: tokens.hover,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.soft,
        role.Button: tokens.surface,
        role.ButtonText: tokens.ink,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.ink,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent,
        role.Mid: tokens.line,
    }
    filled = QPalette()
    for name, value in colours.items():
        filled.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        filled.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.soft))
    return filled
