"""Checks a bundle against its own lists and says every problem in words."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.evidence.bags import (
    BAGIT_FILE,
    INFO_FILE,
    MANIFEST_FILE,
    PAYLOAD,
    START_FILE,
    TAG_MANIFEST_FILE,
    is_plain_path,
    oxum,
    read_manifest,
    read_tags,
)
from desktop.intake.bundle_source import MemberUnreadable, Source, open_source, shown

TEXT_LIMIT = 32 * 1024 * 1024
_SIGNATURE = f"{TAG_MANIFEST_FILE}."
_LISTED = (BAGIT_FILE, INFO_FILE, MANIFEST_FILE, START_FILE)


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """What a check found: every problem as a sentence, the fingerprint, how many files."""

    problems: tuple[str, ...]
    fingerprint: str
    files: int

    @property
    def holds(self) -> bool:
        """Whether everything is as it was exported."""
        return not self.problems


def check_bundle(path: Path, passphrase: str = "") -> BundleCheck:
    """Check a folder or ZIP; raises BundleUnusable where there is nothing that can be checked."""
    source = open_source(path, passphrase)
    try:
        return _Check(source).run()
    finally:
        source.close()


@dataclass(frozen=True, slots=True)
class _Found:
    sha256: str
    size: int
    text: str = ""


class _Check:
    """One check: reads every file once, then compares."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._problems = list(source.listing.problems)
        self._found: dict[str, _Found] = {}

    def run(self) -> BundleCheck:
        for path in self._source.listing.files:
            self._read(path)
        self._check_names()
        self._check_declaration()
        fingerprint = self._check_lists()
        self._check_size()
        return BundleCheck(tuple(self._problems), fingerprint, len(self._source.listing.files))

    def _read(self, path: str) -> None:
        digest, size, kept = hashlib.sha256(), 0, bytearray()
        is_text = "/" not in path and path.endswith(".txt")
        try:
            for chunk in self._source.chunks(path):
                digest.update(chunk)
                size += len(chunk)
                if is_text and size <= TEXT_LIMIT:
                    kept += chunk
        except MemberUnreadable:
            self._problems.append(f"{shown(path)}: cannot be read; it is damaged.")
            return
        self._found[path] = _Found(digest.hexdigest(), size, kept.decode("utf-8", "replace"))

    def _check_names(self) -> None:
        seen: dict[str, str] = {}
        for path in self._source.listing.files:
            if not is_plain_path(path):
                self._problems.append(f"{shown(path)}: has a name that no bundle gives a file.")
            twin = seen.setdefault(path.casefold(), path)
            if twin != path:
                self._problems.append(f"{shown(path)}: differs from {shown(twin)} in case only.")

    def _check_declaration(self) -> None:
        found = self._found.get(BAGIT_FILE)
        if found is None:
            return
        tags = read_tags(found.text)
        if tags.get("BagIt-Version") != "1.0":
            self._problems.append(f"{BAGIT_FILE}: does not say that this is a BagIt 1.0 bundle.")
        if tags.get("Tag-File-Character-Encoding", "").upper() != "UTF-8":
            self._problems.append(f"{BAGIT_FILE}: does not say that its texts are UTF-8.")

    def _check_lists(self) -> str:
        payload = {path for path in self._source.listing.files if path.startswith(PAYLOAD)}
        others = {
            path
            for path in self._source.listing.files
            if not path.startswith((PAYLOAD, _SIGNATURE)) and path != TAG_MANIFEST_FILE
        }
        self._compare(MANIFEST_FILE, payload, self._entries(MANIFEST_FILE))
        tags = self._entries(TAG_MANIFEST_FILE)
        self._compare(TAG_MANIFEST_FILE, others, tags)
        for path in _LISTED:
            if path not in tags and path not in others:
                self._problems.append(f"{path}: is missing; every bundle has it.")
        found = self._found.get(TAG_MANIFEST_FILE)
        return found.sha256 if found else ""

    def _entries(self, name: str) -> Mapping[str, str]:
        found = self._found.get(name)
        if found is None:
            if name not in self._source.listing.files:
                self._problems.append(f"{name}: is missing, so nothing it lists can be checked.")
            return {}
        if found.size > TEXT_LIMIT:
            self._problems.append(f"{name}: is too large to be a list.")
            return {}
        read = read_manifest(found.text, name)
        self._problems += read.problems
        return read.entries

    def _compare(self, name: str, there: set[str], listed: Mapping[str, str]) -> None:
        self._problems += list(_differences(name, there, listed, self._found))

    def _check_size(self) -> None:
        found = self._found.get(INFO_FILE)
        if found is None:
            return
        payload = [one.size for path, one in self._found.items() if path.startswith(PAYLOAD)]
        said = read_tags(found.text).get("Payload-Oxum", "")
        if said != oxum(payload):
            self._problems.append(
                f"{INFO_FILE}: says {shown(said)} (bytes and files); there are {oxum(payload)}."
            )


def _differences(
    name: str, there: set[str], listed: Mapping[str, str], found: Mapping[str, _Found]
) -> Iterator[str]:
    for path in sorted(there | listed.keys()):
        if path not in there:
            yield f"{path}: is missing; {name} lists it."
        elif path not in listed:
            yield f"{shown(path)}: was not part of the bundle; {name} does not list it."
        elif path in found and found[path].sha256 != listed[path]:
            yield f"{path}: was changed; its SHA-256 is not the one in {name}."
