import hashlib
import os
import shutil
import stat
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import BundleUnusable
from desktop.domain.evidence.bags import write_manifest
from desktop.domain.leaving.bundle import BundleForm
from desktop.export.bundle_writer import write_bundle
from desktop.intake import bundle_source
from desktop.intake.bundle_check import check_bundle
from tests.evidence_pieces import ignore, never
from tests.export.test_bundle_writer import PASSPHRASE, an_order

FILES = 21
EXHIBIT = "data/exhibits/PXS-1_original.png"


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[BundleForm, tuple[Path, str]]:
    """Write one bundle in each form; tests spoil copies."""
    written = {}
    for form in BundleForm:
        folder = tmp_path_factory.mktemp("bundle")
        one = write_bundle(an_order(folder, form), ignore, never)
        written[form] = (one.path, one.fingerprint)
    return written


@pytest.fixture
def bag(originals: dict[BundleForm, tuple[Path, str]], tmp_path: Path) -> Path:
    """Return a folder bundle that may be spoiled."""
    target = tmp_path / "bag"
    shutil.copytree(originals[BundleForm.FOLDER][0], target)
    return target


@pytest.fixture
def zipped(originals: dict[BundleForm, tuple[Path, str]], tmp_path: Path) -> Path:
    """Return a ZIP bundle that may be spoiled."""
    return Path(shutil.copy(originals[BundleForm.ZIP][0], tmp_path / "bundle.zip"))


def problems(path: Path, passphrase: str = "") -> tuple[str, ...]:
    return check_bundle(path, passphrase).problems


@pytest.mark.parametrize("form", BundleForm)
def test_a_bundle_as_it_was_exported_holds_in_every_form(
    form: BundleForm, originals: dict[BundleForm, tuple[Path, str]]
) -> None:
    path, fingerprint = originals[form]
    check = check_bundle(path, PASSPHRASE)
    assert check.problems == ()
    assert check.holds
    assert check.fingerprint == fingerprint
    assert check.files == FILES


def test_a_bundle_in_a_folder_of_its_own_is_found(bag: Path) -> None:
    assert problems(bag.parent) == ()


def files_of(bag: Path) -> list[str]:
    return sorted(one.relative_to(bag).as_posix() for one in bag.rglob("*") if one.is_file())


def test_a_flipped_byte_in_any_file_is_noticed_and_named(bag: Path) -> None:
    for name in files_of(bag):
        path = bag / name
        content = path.read_bytes()
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        check = check_bundle(bag)
        if name == "tagmanifest-sha256.txt":
            assert check.problems
        else:
            assert any(name in problem for problem in check.problems), name
        path.write_bytes(content)
    assert problems(bag) == ()


@pytest.mark.parametrize("form", [BundleForm.ZIP, BundleForm.AES])
def test_a_flipped_byte_in_any_member_of_a_zip_is_noticed(
    form: BundleForm, originals: dict[BundleForm, tuple[Path, str]], tmp_path: Path
) -> None:
    path, _fingerprint = originals[form]
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
    assert len(infos) == FILES
    spoiled = tmp_path / "spoiled.zip"
    for info in infos:
        start = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
        spoiled.write_bytes(content[:start] + bytes([content[start] ^ 4]) + content[start + 1 :])
        try:
            found = problems(spoiled, PASSPHRASE)
        except BundleUnusable:
            continue
        assert found, info.filename


@pytest.mark.parametrize("name", ["data/01_Summary.pdf", "START_HERE.pdf", "manifest-sha256.txt"])
def test_a_missing_file_is_named(bag: Path, name: str) -> None:
    (bag / name).unlink()
    assert any(problem.startswith(f"{name}: is missing") for problem in problems(bag))


def test_without_its_tag_manifest_it_falls_short_and_has_no_fingerprint(bag: Path) -> None:
    (bag / "tagmanifest-sha256.txt").unlink()
    check = check_bundle(bag)
    words = "tagmanifest-sha256.txt: is missing, so nothing it lists can be checked."
    assert words in check.problems
    assert check.fingerprint == ""


@pytest.mark.parametrize("name", ["data/new.txt", "note.txt", "data/a b.txt", "data/é.txt"])
def test_a_file_that_was_added_is_named(bag: Path, name: str) -> None:
    (bag / name).write_text("more")
    assert any(f"{name}: was not part of the bundle" in problem for problem in problems(bag))


def test_a_signature_beside_the_tag_manifest_is_no_problem(bag: Path) -> None:
    (bag / "tagmanifest-sha256.txt.p7s").write_bytes(b"signature")
    assert problems(bag) == ()


def test_every_problem_is_listed_at_once(bag: Path) -> None:
    (bag / EXHIBIT).write_bytes(b"other")
    (bag / "data/06_Contacts.pdf").unlink()
    (bag / "data/extra.txt").write_text("x")
    found = problems(bag)
    assert f"{EXHIBIT}: was changed; its SHA-256 is not the one in manifest-sha256.txt." in found
    assert "data/06_Contacts.pdf: is missing; manifest-sha256.txt lists it." in found
    assert (
        "data/extra.txt: was not part of the bundle; manifest-sha256.txt does not list it."
        in found
    )
    assert any("bag-info.txt: says" in problem for problem in found)


def test_lists_that_were_all_made_again_hold_but_have_another_fingerprint(
    bag: Path, originals: dict[BundleForm, tuple[Path, str]]
) -> None:
    (bag / EXHIBIT).write_bytes((bag / EXHIBIT).read_bytes()[::-1])

    def hashes(names: list[str]) -> dict[str, str]:
        return {name: hashlib.sha256((bag / name).read_bytes()).hexdigest() for name in names}

    payload = [name for name in files_of(bag) if name.startswith("data/")]
    (bag / "manifest-sha256.txt").write_text(write_manifest(hashes(payload)))
    tags = [name for name in files_of(bag) if "/" not in name and not name.startswith("tagm")]
    (bag / "tagmanifest-sha256.txt").write_text(write_manifest(hashes(tags)))
    check = check_bundle(bag)
    assert check.holds
    assert check.fingerprint != originals[BundleForm.FOLDER][1]


def test_a_declaration_of_something_else_is_said(bag: Path) -> None:
    (bag / "bagit.txt").write_text("BagIt-Version: 0.97\n")
    found = problems(bag)
    assert "bagit.txt: does not say that this is a BagIt 1.0 bundle." in found
    assert "bagit.txt: does not say that its texts are UTF-8." in found


def test_without_bag_info_its_size_is_not_checked(bag: Path) -> None:
    (bag / "bag-info.txt").unlink()
    assert problems(bag) == ("bag-info.txt: is missing; tagmanifest-sha256.txt lists it.",)


def test_a_list_that_leaves_start_here_out_is_said(bag: Path) -> None:
    path = bag / "tagmanifest-sha256.txt"
    kept = [line for line in path.read_text().splitlines(keepends=True) if "START" not in line]
    path.write_text("".join(kept))
    (bag / "START_HERE.pdf").unlink()
    assert problems(bag) == ("START_HERE.pdf: is missing; every bundle has it.",)


def test_names_that_differ_in_case_only_are_said(bag: Path) -> None:
    (bag / "data/01_summary.pdf").write_bytes(b"x")
    assert any("in case only" in problem for problem in problems(bag))


def test_a_list_too_large_to_be_one_is_not_kept_in_memory(
    bag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.intake.bundle_check.TEXT_LIMIT", 100)
    assert "manifest-sha256.txt: is too large to be a list." in problems(bag)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need a right there")
def test_links_and_pipes_are_never_followed_or_opened(bag: Path) -> None:
    (bag / EXHIBIT).unlink()
    (bag / EXHIBIT).symlink_to("/etc/passwd")
    os.mkfifo(bag / "data/pipe")
    (bag / "data/loop").symlink_to(bag)
    found = problems(bag)
    for name in (EXHIBIT, "data/pipe", "data/loop"):
        assert f"{name}: is a link or device, not a file." in found


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_file_that_turns_into_a_link_is_not_followed(bag: Path) -> None:
    source = bundle_source.open_source(bag, "")
    (bag / EXHIBIT).unlink()
    (bag / EXHIBIT).symlink_to("/etc/passwd")
    with pytest.raises(bundle_source.MemberUnreadable):
        list(source.chunks(EXHIBIT))
    source.close()


def test_folders_too_deep_are_said(bag: Path) -> None:
    deep = bag.joinpath("data", *("d" for _ in range(bundle_source.MOST_DEPTH + 1)))
    deep.mkdir(parents=True)
    assert any("too deep" in problem for problem in problems(bag))


def test_a_folder_that_cannot_be_read_is_said(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "exhibits":
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert any("the folder cannot be read" in problem for problem in problems(bag))


def rezip(
    zipped: Path, change: Callable[[zipfile.ZipFile, list[tuple[str, bytes]]], None]
) -> Path:
    with zipfile.ZipFile(zipped) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    target = zipped.with_name("changed.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        change(archive, members)
    return target


def write_all(archive: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    for name, content in members:
        archive.writestr(name, content)


def test_a_bundle_that_somebody_zipped_again_holds(zipped: Path) -> None:
    def flat(archive: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
        archive.mkdir("data")
        write_all(archive, [(name.partition("/")[2], content) for name, content in members])

    assert problems(rezip(zipped, write_all)) == ()
    assert problems(rezip(zipped, flat)) == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../../evil.txt", "lies outside the bundle's folder"),
        ("/etc/cron.d/evil", "lies outside the bundle's folder"),
        ("{top}/../evil.txt", "has a name that no bundle gives a file"),
        ("{top}/data/\u202egnp.exe", "data/gnp.exe: was not part of the bundle"),
        ("{top}/data/01_Summary.pdf", "is in the ZIP twice"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_with_hostile_names_are_said(zipped: Path, name: str, words: str) -> None:
    def change(archive: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
        write_all(archive, members)
        archive.writestr(name.format(top=members[0][0].partition("/")[0]), b"evil")

    assert any(words in problem for problem in problems(rezip(zipped, change)))


def test_a_link_in_a_zip_is_said(zipped: Path) -> None:
    def change(archive: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
        write_all(archive, members)
        link = zipfile.ZipInfo(members[0][0].partition("/")[0] + "/data/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")

    assert "data/link: is a link or device, not a file." in problems(rezip(zipped, change))


def test_a_method_that_no_bundle_uses_is_not_unpacked(zipped: Path) -> None:
    def change(archive: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
        write_all(archive, members[1:])
        archive.writestr(*members[0], compress_type=zipfile.ZIP_LZMA)

    assert problems(rezip(zipped, change)) == ("START_HERE.pdf: cannot be read; it is damaged.",)


def unusable(path: Path, passphrase: str = "") -> str:
    with pytest.raises(BundleUnusable) as raised:
        check_bundle(path, passphrase)
    return raised.value.reason


def test_what_is_no_bundle_is_not_usable(tmp_path: Path) -> None:
    assert unusable(tmp_path / "nothing") == "there is nothing of this name"
    assert unusable(tmp_path) == "there is no bundle in this folder"
    (tmp_path / "words.zip").write_text("no ZIP at all")
    assert unusable(tmp_path / "words.zip") == (
        "it is neither a folder nor a ZIP that can be read"
    )
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    assert unusable(tmp_path / "other.zip") == "there is no bundle in this ZIP"


def test_a_sealed_bundle_needs_its_passphrase(
    originals: dict[BundleForm, tuple[Path, str]],
) -> None:
    path, _fingerprint = originals[BundleForm.AES]
    assert unusable(path) == "it is sealed: its passphrase is needed"
    assert unusable(path, "WRONG-WORD") == "the passphrase does not open it"


def test_too_many_files_are_not_usable(
    bag: Path, zipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_source, "MOST_FILES", 5)
    assert "more than 5 files" in unusable(bag)
    assert "more than 5 files" in unusable(zipped)


def test_a_zip_that_would_grow_without_end_is_not_usable(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bagit.txt", "x")
        with archive.open("data/bomb", "w") as member:
            for _ in range(bundle_source.FREE_GROWTH // 2**20 + 80):
                member.write(bytes(2**20))
    assert unusable(path) == "it would grow far beyond the size of a bundle"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), form=st.sampled_from([BundleForm.ZIP, BundleForm.AES]))
def test_however_a_zip_is_spoiled_the_check_says_so_in_words(
    data: st.DataObject, form: BundleForm, originals: dict[BundleForm, tuple[Path, str]],
    tmp_path: Path,
) -> None:  # fmt: skip
    content = bytearray(originals[form][0].read_bytes())
    directory = content.rindex(b"PK\x05\x06") - 4000
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(directory, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    path = tmp_path / "spoiled.zip"
    path.write_bytes(content)
    with suppress(BundleUnusable):
        # Anything else that is raised fails the test.
        assert all(isinstance(problem, str) for problem in problems(path, PASSPHRASE))


def test_what_is_shown_of_a_name_is_safe() -> None:
    assert bundle_source.shown("\x1b[31m\u202edata") == "[31mdata"
    assert bundle_source.shown("\x00") == "a file without a name"
