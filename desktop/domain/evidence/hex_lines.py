"""Writes bytes out as numbers and letters, a page at a time."""

WIDTH = 16
PAGE_BYTES = 4096


def hex_lines(piece: bytes, start: int) -> str:
    """Return lines of 16 bytes: where they stand, their values, the letters that they would be."""
    lines = []
    for place in range(0, len(piece), WIDTH):
        row = piece[place : place + WIDTH]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)  # noqa: PLR2004
        lines.append(f"{start + place:010x}  {row.hex(' '):<{WIDTH * 3 - 1}}  {letters}")
    return "\n".join(lines)


def page_count(size: int) -> int:
    """Return how many pages this many bytes take; nothing takes one."""
    return max(1, -(-size // PAGE_BYTES))
