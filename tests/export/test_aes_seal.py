import io
import subprocess
import zipfile
from pathlib import Path

import pytest
import pyzipper
from hypothesis import given
from hypothesis import strategies as st
from pyzipper.zipfile_aes import AESZipEncrypter

from desktop.export.aes_seal import QuickSeal, SealedZip, _KeyStream
from tests.benchmarks.bench_export import _seven_zip

PASSPHRASE = "ABCD-EFGH-2345"


def sealed(members: dict[str, list[bytes]]) -> bytes:
    file = io.BytesIO()
    with SealedZip(file, PASSPHRASE) as archive:
        for name, chunks in members.items():
            with archive.open(name, "w") as member:
                for chunk in chunks:
                    member.write(chunk)
    return file.getvalue()


def opened(archive: bytes, name: str, passphrase: str = PASSPHRASE) -> bytes:
    with pyzipper.AESZipFile(io.BytesIO(archive)) as zipped:
        zipped.setpassword(passphrase.encode())
        return bytes(zipped.read(name))


@given(st.lists(st.binary(max_size=100), max_size=12))
def test_pyzipper_opens_what_was_sealed_whatever_the_chunks(chunks: list[bytes]) -> None:
    assert opened(sealed({"a": chunks}), "a") == b"".join(chunks)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 2**20 - 16, 2**20, 3 * 2**20 + 5])
def test_runs_of_counters_join_without_a_seam(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    odd = [data[:size][at : at + 700_001] for at in range(0, size, 700_001)]
    assert opened(sealed({"a": odd}), "a") == data[:size]
    assert opened(sealed({"a": [data[:size]]}), "a") == data[:size]


def test_a_counter_goes_on_beyond_its_lower_bytes() -> None:
    theirs = AESZipEncrypter(pwd=b"x")
    theirs.encrypter = pyzipper.zipfile_aes.AES.new(
        b"k" * 32,
        pyzipper.zipfile_aes.AES.MODE_CTR,
        counter=pyzipper.zipfile_aes.Counter.new(
            128, initial_value=2**16 * 0x1FF, little_endian=True
        ),
    )
    stream = _KeyStream(b"k" * 32)
    stream._number = 0x1FE
    stream._next_run()
    zeros = bytes(2**20 + 16)
    assert bytes(stream.cover(zeros)) == theirs.encrypter.encrypt(zeros)


def test_seven_zip_and_unzip_know_the_form(tmp_path: Path) -> None:
    path = tmp_path / "sealed.zip"
    path.write_bytes(sealed({"top/a.txt": [b"words"], "top/b.bin": [bytes(3_000_000)]}))
    seven_zip = _seven_zip()
    assert seven_zip
    test = [seven_zip, "t", f"-p{PASSPHRASE}", str(path)]
    assert subprocess.run(test, check=False, capture_output=True).returncode == 0
    wrong = [seven_zip, "t", "-pwrong", str(path)]
    assert subprocess.run(wrong, check=False, capture_output=True).returncode != 0
    listed = subprocess.run(
        [seven_zip, "l", "-slt", str(path)], check=True, capture_output=True, text=True
    ).stdout
    assert "AES-256 Store" in listed


def test_no_checksum_of_the_content_stands_outside_the_seal() -> None:
    with zipfile.ZipFile(io.BytesIO(sealed({"a": [b"words"]}))) as archive:
        assert [info.CRC for info in archive.infolist()] == [0]


def test_each_member_has_its_own_salt_and_a_changed_byte_breaks_the_seal() -> None:
    one, other = QuickSeal(b"x"), QuickSeal(b"x")
    assert one.encryption_header() != other.encryption_header()
    archive = bytearray(sealed({"a": [b"some words"]}))
    place = archive.index(b"a", 26) + 1 + 11 + 18 + 3
    archive[place] ^= 1
    with pytest.raises((RuntimeError, pyzipper.BadZipFile)):
        opened(bytes(archive), "a")
