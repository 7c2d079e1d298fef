"""The recovery key on paper: what it opens, how to keep it, and the yearly drill to be signed."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from desktop.domain.calendar.times import Moment
from desktop.domain.log.heads import in_groups
from desktop.domain.log.recovery import groups_of
from desktop.export.blocks import (
    bullets,
    dress,
    facts,
    gap,
    heading,
    note,
    paragraph,
    small,
    title_block,
    together,
)
from desktop.export.page_style import (
    ACCENT,
    BIG,
    INK,
    LABEL,
    LINE,
    TINT,
    WIDTH,
    PaperHead,
    compose,
)
from desktop.export.qr import qr_code

FOOT = "Secret: whoever holds this sheet can open the log"
_COLUMNS = 4
_QR_SIDE = 34 * mm
_DRILLS = 5
_KEY = ParagraphStyle("recovery key", parent=BIG, fontSize=20, leading=26, textColor=INK)


def draw_recovery_sheet(
    *, organisation: str, folder: str, recovery_key: str, fingerprint: str, at: Moment
) -> bytes:
    """Write the sheet as PDF; `fingerprint` may be empty where the log is only being made."""
    head = PaperHead(
        title="Recovery sheet",
        left=organisation,
        right="Recovery sheet",
        foot=FOOT,
        made_at=at,
    )
    return compose(head, _story(organisation, folder, recovery_key, fingerprint))


def _story(organisation: str, folder: str, key: str, fingerprint: str) -> list[Flowable]:
    story = title_block(
        "Recovery sheet",
        "The key on this sheet opens the safeguarding log when every passphrase is forgotten or "
        "nobody who knows one is there.",
    )
    about = [("Log of", organisation), ("It lies in", folder)]
    if fingerprint:
        about.append(("Key fingerprint", in_groups(fingerprint)))
    story += [facts(about), gap(8), _key_block(key)]
    story.append(
        small(
            "The last characters are a checksum worked out from the others, so a slip of the pen "
            "or the finger is noticed. The letters I, L, O and U are never used: read a round "
            "sign as zero and a single stroke as one. Capitals, spaces and dashes do not matter."
        )
    )
    story += _keeping()
    story += _opening()
    story += _drill()
    return story


def _key_block(key: str) -> Flowable:
    groups = groups_of(key)
    rows = [
        [
            [paragraph(f"{start + place}", LABEL), paragraph(group, _KEY)]
            for place, group in enumerate(groups[start : start + _COLUMNS], 1)
        ]
        for start in range(0, len(groups), _COLUMNS)
    ]
    wide = WIDTH - _QR_SIDE - 20
    inner = Table(rows, colWidths=[wide / _COLUMNS] * _COLUMNS, rowHeights=[52] * len(rows))
    dress(inner, [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    table = Table([[inner, qr_code(key, side=_QR_SIDE)]], colWidths=[wide + 10, _QR_SIDE + 10])
    dress(
        table,
        [
            ("BACKGROUND", (0, 0), (0, 0), TINT),
            ("BOX", (0, 0), (-1, -1), 1.2, ACCENT),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, 0), 12),
            ("RIGHTPADDING", (0, 0), (0, 0), 0),
        ],
    )
    return together([heading("The recovery key"), table, gap(6)])


def _keeping() -> list[Flowable]:
    lines = (
        "Put this sheet into an envelope, seal it, sign over the seal and write the date on it.",
        (
            "Keep the envelope in a safe, or with somebody who is trusted with such things. Never "
            "keep it beside the computer or in the same room."
        ),
        "Do not photograph, scan, copy or send this sheet.",
        (
            "If somebody may have seen it who should not open the log, make a new recovery key "
            "under Log and keys. Backups made before still open with this one: keep it until "
            "they are gone, then destroy it."
        ),
    )
    return [
        heading("Keep it safe"),
        note(
            "Whoever holds this key and the log, or a backup of it, can read everything in it. "
            "If every passphrase and this key are lost, nobody can open the log again.",
            warn=True,
        ),
        gap(6),
        *bullets(lines),
    ]


def _opening() -> list[Flowable]:
    lines = (
        "Start Safeguarding Log on a computer that has the log folder or a backup of it.",
        (
            "On the page that asks for the passphrase choose to use the recovery key, and type "
            "the eight groups in their order. A code reader plugged into the computer can read "
            "the square code; a telephone never should."
        ),
        "Then set a new passphrase under Log and keys. Opening with this key is recorded.",
        (
            "Without the program: its Help describes the format of the log, so that a technician "
            "can open it with this key and free tools."
        ),
    )
    return [together([heading("How to open the log with it"), *bullets(lines)])]


def _drill() -> list[Flowable]:
    words = paragraph(
        "Once a year open the envelope, choose Try the recovery key in the program under Log and "
        "keys, and type it. The program says whether it fits and records the drill. Then sign "
        "below and seal the sheet in a new envelope."
    )
    titles = ("Date", "The key fits (yes or no)", "Name", "Signature")
    shares = (0.17, 0.23, 0.3, 0.3)
    rows: list[list[Flowable | str]] = [[paragraph(title, LABEL) for title in titles]]
    rows += [["", "", "", ""] for _ in range(_DRILLS)]
    table = Table(
        rows, colWidths=[WIDTH * share for share in shares], rowHeights=[None, *[26] * _DRILLS]
    )
    dress(
        table,
        [
            ("LINEBELOW", (0, 0), (-1, -1), 0.6, LINE),
            ("LINEAFTER", (0, 0), (-2, -1), 0.4, LINE),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ],
    )
    return [together([heading("The yearly drill"), words, table])]
