"""Outside tools look at what left, and nothing of it may lie about in plain text."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

NAMES = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/")
BIGGEST = 64 * 1024 * 1024


def check_bundle(bundle: Path, png: bytes, mail: bytes, *, held_back: str) -> None:
    """Unpack a bundle and have it checked by bagit.py, sha256sum, qpdf and pdftotext."""
    folder = bundle.parent / "unpacked"
    with zipfile.ZipFile(bundle) as packed:
        assert all(set(name) <= NAMES for name in packed.namelist())
        packed.extractall(folder)
    (bag,) = [path.parent for path in folder.rglob("bagit.txt")]
    bagit = shutil.which("bagit.py") or _beside_python("bagit.py")
    _run(bagit, "--validate", str(bag), cwd=bag)
    _run("sha256sum", "-c", "--quiet", "manifest-sha256.txt", cwd=bag)
    originals = {hashlib.sha256(path.read_bytes()).hexdigest() for path in bag.rglob("PXS-*")}
    for content in (png, mail):
        assert hashlib.sha256(content).hexdigest() in originals
    text = ""
    pdfs = sorted(bag.rglob("*.pdf"))
    assert bag / "START_HERE.pdf" in pdfs
    for pdf in pdfs:
        _run("qpdf", "--check", str(pdf), cwd=bag)
        text += _run("pdftotext", "-layout", str(pdf), "-", cwd=bag)
    squeezed = "".join(text.split())
    assert "PXS/1" in text
    assert held_back in text
    assert hashlib.sha256(png).hexdigest() in squeezed
    shutil.rmtree(folder)


def find_everywhere(
    needles: Sequence[bytes], places: Sequence[Path], began: float, *, deep: int = 9
) -> list[str]:
    """Return the files written since `began` that hold one of the needles, also as UTF-16."""
    wanted = list(needles)
    wanted += [needle.decode("latin-1").encode("utf-16-le") for needle in needles]
    found = []
    for path in _files(places, began, deep):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        found += [str(path) for needle in wanted if needle in content]
    return found


def _files(places: Sequence[Path], began: float, deep: int) -> Iterator[Path]:
    for place in places:
        for folder, inside, names in os.walk(place):
            if len(Path(folder).relative_to(place).parts) >= deep:
                inside.clear()
            for name in names:
                path = Path(folder) / name
                if path.is_file() and not path.is_symlink():
                    about = path.stat()
                    if about.st_mtime >= began and about.st_size < BIGGEST:
                        yield path


def _run(*command: str, cwd: Path) -> str:
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{command}: {ended.stdout}{ended.stderr}"
    return ended.stdout


def _beside_python(name: str) -> str:
    return str(Path(sys.executable).with_name(name))
