"""Writes a bundle as a BagIt 1.0 bag with its receipt beside it: whole, or not at all."""

import hashlib
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.errors import (
    Cancelled,
    DestinationExists,
    DiskFull,
    ItemsAltered,
    LogDamaged,
)
from desktop.domain.evidence.bags import (
    BAGIT_FILE,
    DECLARATION,
    INFO_FILE,
    MANIFEST_FILE,
    PAYLOAD,
    START_FILE,
    TAG_MANIFEST_FILE,
    oxum,
    write_manifest,
    write_tags,
)
from desktop.domain.evidence.items import EvidenceItem, Fingerprint
from desktop.domain.leaving.bundle import BundleContent, BundleForm, exhibit_path
from desktop.export.containers import Container, FolderContainer, ZipContainer
from desktop.export.disk import disk_errors, sync_folder, write_whole
from desktop.export.documents import build_documents, build_start_here
from desktop.export.read_ahead import read_ahead
from desktop.export.receipt import build_receipt, receipt_name

SPARE = 8 * 1024 * 1024
PART = ".part"

Progress = Callable[[float], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An item whose original goes in, and where its bytes come from."""

    item: EvidenceItem
    read: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to write, where, in which form; the passphrase is for the sealed form only."""

    content: BundleContent
    exhibits: Sequence[Exhibit]
    form: BundleForm
    folder: Path
    passphrase: str | None = field(default=None, repr=False)

    @property
    def path(self) -> Path:
        """Where the bundle will lie."""
        return self.folder / f"{self.content.name}{self.form.ending}"

    @property
    def receipt(self) -> Path:
        """Where its receipt will lie."""
        return self.folder / receipt_name(self.content)

    @property
    def parts(self) -> tuple[Path, Path]:
        """What the two are called until they are complete."""
        return _part(self.path), _part(self.receipt)


@dataclass(frozen=True, slots=True)
class Written:
    """A complete bundle: where it lies, its receipt, its fingerprint."""

    path: Path
    receipt: Path
    fingerprint: str


def write_bundle(
    order: Order,
    progress: Progress,
    cancelled: Cancel,
    record: Callable[[Written], None] = lambda _written: None,
) -> Written:
    """Write bundle and receipt; raises ItemsAltered if an original is not what was entered.

    Until everything is on the disk, and `record` has put it on record, both have other names;
    whatever goes wrong, nothing stays.
    """
    part, receipt_part = order.parts
    _refuse_if_there(order.path, order.receipt, part, receipt_part)
    _check_room(order)
    with disk_errors(order.path):
        container = _container(order, part)
        try:
            fingerprint = _Bag(container, order, progress, cancelled).write()
            container.finish()
            _write_receipt(order, receipt_part, fingerprint)
            sync_folder(order.folder)
            _refuse_if_there(order.path, order.receipt)
            record(Written(order.path, order.receipt, fingerprint))
            _publish(order)
        except BaseException:
            container.discard()
            receipt_part.unlink(missing_ok=True)
            raise
    return Written(order.path, order.receipt, fingerprint)


class _Bag:
    """One bag in the making: adds members, hashes each on its way, writes the lists last."""

    def __init__(
        self, container: Container, order: Order, progress: Progress, cancelled: Cancel
    ) -> None:
        self._container = container
        self._order = order
        self._progress = progress
        self._cancelled = cancelled
        self._payload: dict[str, Fingerprint] = {}
        self._tags: dict[str, str] = {}
        self._done = 0
        self._total = max(_size(order), 1)

    def write(self) -> str:
        """Write everything; returns the fingerprint of the bag."""
        content = self._order.content
        documents = build_documents(content)
        self._stop_if_cancelled()
        self._add_tag(START_FILE, build_start_here(content, documents))
        self._add_tag(BAGIT_FILE, DECLARATION.encode())
        for document in documents:
            self._payload[document.path] = self._add(PAYLOAD + document.path, [document.content])
        self._add_exhibits()
        hashes = {PAYLOAD + path: found.sha256 for path, found in self._payload.items()}
        self._add_tag(MANIFEST_FILE, write_manifest(hashes).encode())
        self._add_tag(INFO_FILE, self._info().encode())
        listed = write_manifest(self._tags).encode()
        return self._add(TAG_MANIFEST_FILE, [listed]).sha256

    def _add_exhibits(self) -> None:
        altered = []
        for exhibit in self._order.exhibits:
            item, path = exhibit.item, exhibit_path(exhibit.item)
            try:
                with closing(self._watched(exhibit)) as chunks:
                    found: Fingerprint | None = self._add(PAYLOAD + path, chunks, _bytes(item))
            except LogDamaged:
                # This bundle will not be, but whoever reads the error learns of every such item.
                found = None
            if found != item.fingerprint:
                altered.append(str(item.mark))
            elif found:
                self._payload[path] = found
        if altered:
            raise ItemsAltered(tuple(altered))

    def _watched(self, exhibit: Exhibit) -> Generator[bytes, None, None]:
        with closing(read_ahead(exhibit.read())) as chunks:
            for chunk in chunks:
                self._stop_if_cancelled()
                yield chunk
                self._done += len(chunk)
                self._progress(min(self._done / self._total, 1.0))

    def _stop_if_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled

    def _add_tag(self, path: str, data: bytes) -> None:
        self._tags[path] = self._add(path, [data]).sha256

    def _add(self, path: str, chunks: Iterable[bytes], size: int = 0) -> Fingerprint:
        hashed = _Hashed(chunks)
        self._container.add(path, hashed, size)
        return hashed.fingerprint()

    def _info(self) -> str:
        content = self._order.content
        return write_tags(
            (
                ("Source-Organization", content.organisation),
                ("External-Identifier", content.name),
                ("External-Description", f"Police bundle of incident {content.incident.number}"),
                ("Bagging-Date", content.made_at.local.date().isoformat()),
                ("Payload-Oxum", oxum(found.size for found in self._payload.values())),
                ("Bag-Software-Agent", content.made_with),
            )
        )


class _Hashed:
    """A stream that is hashed while somebody else reads it."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self._digest = hashlib.sha256()
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._digest.update(chunk)
            self._size += len(chunk)
            yield chunk

    def fingerprint(self) -> Fingerprint:
        return Fingerprint(self._digest.hexdigest(), self._size)


def _container(order: Order, part: Path) -> Container:
    if order.form is BundleForm.FOLDER:
        return FolderContainer(part)
    sealed = order.form is BundleForm.AES
    if sealed != bool(order.passphrase):
        raise ValueError("a passphrase belongs to the sealed form, and to it alone")
    content = order.content
    return ZipContainer(part, content.name, content.made_at, order.passphrase or None)


def _write_receipt(order: Order, part: Path, fingerprint: str) -> None:
    write_whole(part, build_receipt(order.content, order.form, fingerprint))


def _publish(order: Order) -> None:
    """Give both their names, the bundle last: it never lies there without its receipt."""
    part, receipt_part = order.parts
    _refuse_if_there(order.path, order.receipt)
    receipt_part.rename(order.receipt)
    try:
        part.rename(order.path)
        sync_folder(order.folder)
    except BaseException:
        order.receipt.unlink(missing_ok=True)
        raise


def _refuse_if_there(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            raise DestinationExists(path)


def _check_room(order: Order) -> None:
    with disk_errors(order.path):
        free = shutil.disk_usage(order.folder).free
    if free < _size(order) + SPARE:
        raise DiskFull(order.folder)


def _size(order: Order) -> int:
    return sum(_bytes(exhibit.item) for exhibit in order.exhibits)


def _bytes(item: EvidenceItem) -> int:
    return item.fingerprint.size if item.fingerprint else 0


def _part(path: Path) -> Path:
    return path.with_name(path.name + PART)
