"""Reads PDFs with tools that are not ours."""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image


def text_of(pdf: bytes) -> str:
    """Return the text as pdftotext finds it."""
    return subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    ).stdout.decode()


def fonts_of(pdf: bytes, folder: Path) -> list[tuple[str, str]]:
    """Return the fonts and whether they are embedded."""
    path = folder / "fonts.pdf"
    path.write_bytes(pdf)
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True)
    rows = [line.split() for line in listed.stdout.splitlines()[2:]]
    return [(row[0].partition("+")[2] or row[0], row[-5]) for row in rows]


def check_with_qpdf(pdf: bytes, folder: Path) -> None:
    """Raise if qpdf finds anything wrong."""
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=True)


def pages_of(pdf: bytes) -> list[Image.Image]:
    """Return every page as pdftoppm draws it."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "paper.pdf"
        path.write_bytes(pdf)
        command = ["pdftoppm", "-r", "150", "-png", str(path), str(path.with_suffix(""))]
        subprocess.run(command, capture_output=True, check=True)
        pages = []
        for page in sorted(Path(place).glob("*.png")):
            with Image.open(page) as image:
                pages.append(image.convert("RGB"))
    return pages
