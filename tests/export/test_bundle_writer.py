import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import pyzipper

from desktop.domain.errors import (
    Cancelled,
    DestinationExists,
    DestinationNotWritable,
    DiskFailed,
    DiskFull,
    ItemsAltered,
    LogDamaged,
)
from desktop.domain.evidence.items import EvidenceItem, Fingerprint
from desktop.domain.leaving.bundle import BundleForm
from desktop.export.bundle_writer import Exhibit, Order, Written, write_bundle
from tests.evidence_pieces import ignore, never
from tests.export.bundle_contents import MAIL, PICTURE, a_content, an_item
from tests.export.papers import text_of
from tests.small_disk import make_read_only, small_disk

__all__ = ["small_disk"]

PASSPHRASE = "ABCD-EFGH-JKMN-2345"
BYTES = {"PXS/1": PICTURE, "PXS/2": MAIL}


def an_exhibit(item: EvidenceItem, chunks: Iterable[bytes]) -> Exhibit:
    return Exhibit(item, lambda: iter(chunks))


def an_order(folder: Path, form: BundleForm = BundleForm.ZIP, **changes: object) -> Order:
    content = a_content()
    order = Order(
        content=content,
        exhibits=[an_exhibit(item, [BYTES[str(item.mark)]]) for item in content.kept],
        form=form,
        folder=folder,
        passphrase=PASSPHRASE if form is BundleForm.AES else None,
    )
    return replace(order, **changes)  # type: ignore[arg-type]


def members(path: Path) -> dict[str, bytes]:
    """Return every file of a bundle by its path in the bag."""
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.is_file())
        return {one.relative_to(path).as_posix(): one.read_bytes() for one in files}
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(PASSPHRASE.encode())
        names = archive.namelist()
        assert {name.split("/")[0] for name in names} == {path.stem}
        return {name.partition("/")[2]: archive.read(name) for name in sorted(names)}


@pytest.mark.parametrize("form", BundleForm)
def test_a_bundle_is_whole_in_every_form_with_receipt(form: BundleForm, tmp_path: Path) -> None:
    shares: list[float] = []
    written = write_bundle(an_order(tmp_path, form), shares.append, never)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(
        [written.path.name, written.receipt.name]
    )
    found = members(written.path)
    assert found["data/exhibits/PXS-1_original.png"] == PICTURE
    assert found["data/exhibits/PXS-2_original.eml"] == MAIL
    assert hashlib.sha256(found["tagmanifest-sha256.txt"]).hexdigest() == written.fingerprint
    assert written.fingerprint in text_of(written.receipt.read_bytes())
    assert shares[-1] == 1.0


def test_the_inner_bytes_and_the_fingerprint_are_the_same_in_every_form(tmp_path: Path) -> None:
    found = []
    for form in BundleForm:
        folder = tmp_path / form.name
        folder.mkdir()
        written = write_bundle(an_order(folder, form), ignore, never)
        found.append((members(written.path), written.fingerprint))
    assert found[0] == found[1] == found[2]


def test_foreign_tools_find_the_bag_valid(tmp_path: Path) -> None:
    written = write_bundle(an_order(tmp_path, BundleForm.FOLDER), ignore, never)
    for command in (
        [sys.executable, "-m", "bagit", "--validate", str(written.path)],
        ["sha256sum", "--check", "--strict", "manifest-sha256.txt"],
        ["sha256sum", "--check", "--strict", "tagmanifest-sha256.txt"],
    ):
        ended = subprocess.run(command, cwd=written.path, check=False, capture_output=True)
        assert ended.returncode == 0, ended.stderr


def test_start_here_is_the_first_member_and_times_are_those_of_the_bundle(tmp_path: Path) -> None:
    written = write_bundle(an_order(tmp_path), ignore, never)
    subprocess.run(["unzip", "-tq", str(written.path)], check=True, capture_output=True)
    with zipfile.ZipFile(written.path) as archive:
        infos = archive.infolist()
    assert infos[0].filename.endswith("/START_HERE.pdf")
    assert {info.date_time for info in infos} == {(2026, 11, 20, 14, 5, 0)}
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}


@pytest.mark.parametrize("form", BundleForm)
def test_every_altered_item_is_named_and_nothing_leaves(form: BundleForm, tmp_path: Path) -> None:
    first, second = a_content().kept
    third = an_item(4, b"fine")

    def damaged() -> Iterator[bytes]:
        yield PICTURE[:3]
        raise LogDamaged("0001.db")

    exhibits = [
        an_exhibit(first, [PICTURE[:-1] + b"!"]),
        Exhibit(second, damaged),
        an_exhibit(third, [b"fine"]),
    ]
    with pytest.raises(ItemsAltered) as raised:
        write_bundle(an_order(tmp_path, form, exhibits=exhibits), ignore, never)
    assert raised.value.marks == ("PXS/1", "PXS/2")
    assert list(tmp_path.iterdir()) == []


def after(calls: int) -> Callable[[], bool]:
    """Return a cancel button that is pressed after so many questions."""
    left = iter(range(calls))
    return lambda: next(left, None) is None


@pytest.mark.parametrize("form", BundleForm)
@pytest.mark.parametrize("calls", [0, 1, 2])
def test_cancelled_at_any_point_nothing_stays(
    form: BundleForm, calls: int, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        write_bundle(an_order(tmp_path, form), ignore, after(calls))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", BundleForm)
@pytest.mark.parametrize("what", ["bundle", "receipt", "part"])
def test_nothing_is_ever_overwritten(form: BundleForm, what: str, tmp_path: Path) -> None:
    order = an_order(tmp_path, form)
    taken = {"bundle": order.path, "receipt": order.receipt, "part": order.parts[0]}[what]
    taken.write_text("mine")
    with pytest.raises(DestinationExists) as raised:
        write_bundle(order, ignore, never)
    assert raised.value.path == taken
    assert [one.read_text() for one in tmp_path.iterdir()] == ["mine"]


def test_a_name_that_is_taken_while_it_is_written_is_left_alone(tmp_path: Path) -> None:
    order = an_order(tmp_path)

    def take(_share: float) -> None:
        order.path.write_text("mine")

    with pytest.raises(DestinationExists):
        write_bundle(order, take, never)
    assert [one.read_text() for one in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("form", BundleForm)
def test_a_full_disk_leaves_nothing_half(form: BundleForm, small_disk: Path) -> None:
    large = bytes(1 << 20)
    item = replace(an_item(1, large), fingerprint=None)
    # Nobody knows beforehand that it will not fit.
    exhibit = an_exhibit(item, (large for _ in range(100)))
    with pytest.raises(DiskFull) as raised:
        write_bundle(an_order(small_disk, form, exhibits=[exhibit]), ignore, never)
    assert raised.value.folder == small_disk
    assert list(small_disk.iterdir()) == []


def test_what_cannot_fit_is_refused_before_anything_is_written(small_disk: Path) -> None:
    item = an_item(1, b"x")
    claimed = replace(item, fingerprint=Fingerprint("a" * 64, 1 << 30))

    def unread() -> Iterator[bytes]:
        raise AssertionError("it was read")

    order = an_order(small_disk, exhibits=[Exhibit(claimed, unread)])
    with pytest.raises(DiskFull):
        write_bundle(order, ignore, never)


def test_a_folder_that_cannot_be_written_to_or_is_gone(small_disk: Path, tmp_path: Path) -> None:
    make_read_only(small_disk)
    for folder in (small_disk, tmp_path / "gone"):
        with pytest.raises(DestinationNotWritable):
            write_bundle(an_order(folder), ignore, never)


def test_another_error_of_the_disk_is_said_as_such(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        raise OSError(5, "Input/output error")

    exhibit = Exhibit(a_content().kept[0], broken)
    with pytest.raises(DiskFailed) as raised:
        write_bundle(an_order(tmp_path, exhibits=[exhibit]), ignore, never)
    assert raised.value.detail == "Input/output error"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("form", "passphrase"), [(BundleForm.AES, None), (BundleForm.ZIP, "x"), (BundleForm.AES, "")]
)
def test_a_passphrase_belongs_to_the_sealed_form_alone(
    form: BundleForm, passphrase: str | None, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="passphrase"):
        write_bundle(an_order(tmp_path, form, passphrase=passphrase), ignore, never)


@pytest.mark.parametrize("form", BundleForm)
def test_a_bundle_is_on_record_before_it_has_its_name(form: BundleForm, tmp_path: Path) -> None:
    order = an_order(tmp_path, form)
    seen: list[tuple[Written, set[Path]]] = []

    def record(written: Written) -> None:
        seen.append((written, set(tmp_path.iterdir())))

    written = write_bundle(order, ignore, never, record)
    assert seen == [(written, set(order.parts))]
    assert set(tmp_path.iterdir()) == {order.path, order.receipt}


def test_a_bundle_that_cannot_be_recorded_gets_no_name(tmp_path: Path) -> None:
    def fail(_written: Written) -> None:
        raise DiskFull(tmp_path)

    with pytest.raises(DiskFull):
        write_bundle(an_order(tmp_path), ignore, never, fail)
    assert list(tmp_path.iterdir()) == []


def test_the_passphrase_stands_in_no_record_of_the_order(tmp_path: Path) -> None:
    assert PASSPHRASE not in repr(an_order(tmp_path, BundleForm.AES))
