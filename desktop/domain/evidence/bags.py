"""The text files of a BagIt 1.0 bag (RFC 8493), written and read: names, manifests, tags."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BAGIT_FILE = "bagit.txt"
INFO_FILE = "bag-info.txt"
MANIFEST_FILE = "manifest-sha256.txt"
TAG_MANIFEST_FILE = "tagmanifest-sha256.txt"
START_FILE = "START_HERE.pdf"
PAYLOAD = "data/"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_LINE = re.compile(r"(?P<hash>[0-9A-Fa-f]{64})[ \t]+\*?(?P<path>.+)")
_PATH_LENGTH = 120


@dataclass(frozen=True, slots=True)
class ManifestRead:
    """What a manifest lists (hash by path), and what is wrong with it, in words."""

    entries: Mapping[str, str]
    problems: tuple[str, ...]


def is_plain_path(path: str) -> bool:
    """Say whether a path in a bag is safe everywhere: letters, digits, dot, underscore, hyphen."""
    parts = path.split("/")
    return len(path) <= _PATH_LENGTH and all(
        _PART.fullmatch(part) and not part.endswith(".") and not _RESERVED.fullmatch(part)
        for part in parts
    )


def plain_name(text: str, instead: str = "x") -> str:
    """Make one part of a path from any text; `instead` where nothing of it is left."""
    kept = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")[:40]
    return kept or instead


def write_manifest(hashes: Mapping[str, str]) -> str:
    """Write a manifest that `sha256sum -c` reads too: hash, two spaces, path; sorted by path."""
    for path in hashes:
        if not is_plain_path(path):
            raise ValueError(f"not a plain path: {path!r}")
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))


def read_manifest(text: str, name: str) -> ManifestRead:
    """Read a manifest that anybody may have written; every problem is listed."""
    entries: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            problems.append(f"{name}, line {number}: not a hash and a path.")
            continue
        path = found["path"].strip()
        if not is_plain_path(path):
            problems.append(f"{name}, line {number}: the path is not one that a bundle holds.")
        elif path in entries:
            problems.append(f"{name}, line {number}: {path} is listed twice.")
        else:
            entries[path] = found["hash"].lower()
    return ManifestRead(entries, tuple(problems))


def write_tags(tags: Iterable[tuple[str, str]]) -> str:
    """Write labels and values, one a line, as bag-info.txt holds them."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in tags)


def read_tags(text: str) -> dict[str, str]:
    """Read labels and values; what is no label and value is passed over, a long value goes on."""
    tags: dict[str, str] = {}
    label = ""
    for line in text.removeprefix("\ufeff").splitlines():
        if line[:1] in {" ", "\t"} and label:
            tags[label] = f"{tags[label]} {line.strip()}"
            continue
        head, colon, value = line.partition(":")
        if colon:
            label = head.strip()
            tags[label] = value.strip()
    return tags


def oxum(sizes: Iterable[int]) -> str:
    """Write the Payload-Oxum: bytes and number of payload files."""
    listed = list(sizes)
    return f"{sum(listed)}.{len(listed)}"
