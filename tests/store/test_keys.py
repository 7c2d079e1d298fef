import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import LogDamaged, WrongPassphrase, WrongRecoveryKey
from desktop.domain.identifiers import KeyholderId
from desktop.domain.recovery import SECRET_BYTES
from desktop.store.folder import LogFolder
from desktop.store.key_file import Cost
from desktop.store.keys import (
    OpenKeys,
    create_keys,
    open_with_passphrase,
    open_with_recovery_key,
)

PASSPHRASE = "caf\u00e9 with seven chairs"
SECRET = bytes(range(SECRET_BYTES))
PAT = KeyholderId("pat")


@pytest.fixture
def folder(tmp_path: Path) -> LogFolder:
    return LogFolder(tmp_path)


@pytest.fixture
def keys(folder: LogFolder) -> OpenKeys:
    return create_keys(folder, keyholder=PAT, passphrase=PASSPHRASE, recovery_secret=SECRET)


def _by_recovery(folder: LogFolder) -> OpenKeys:
    opened = open_with_recovery_key(folder, SECRET)
    opened.mend()
    return opened


def test_passphrase_and_recovery_key_open_the_same_log(folder: LogFolder, keys: OpenKeys) -> None:
    by_passphrase = open_with_passphrase(folder, PASSPHRASE)
    by_recovery = _by_recovery(folder)
    assert by_passphrase.keyholder == PAT
    assert by_recovery.keyholder is None
    for opened in (by_passphrase, by_recovery):
        assert opened.derive("log.db") == keys.derive("log.db")
        assert opened.evidence_keys == keys.evidence_keys
        assert opened.log_id == keys.log_id


def test_passphrase_may_be_typed_with_combined_accents(folder: LogFolder, keys: OpenKeys) -> None:
    opened = open_with_passphrase(folder, PASSPHRASE.replace("\u00e9", "e\u0301"))
    assert opened.log_key == keys.log_key


@pytest.mark.usefixtures("keys")
def test_wrong_secrets_are_refused(folder: LogFolder) -> None:
    for wrong in ("", "cafe with seven chairs", PASSPHRASE + " ", "\ud800"):
        with pytest.raises(WrongPassphrase):
            open_with_passphrase(folder, wrong)
    with pytest.raises(WrongRecoveryKey) as caught:
        open_with_recovery_key(folder, bytes(SECRET_BYTES))
    assert not caught.value.mistyped


def test_keys_of_purposes_differ_and_nothing_secret_shows(
    folder: LogFolder, keys: OpenKeys
) -> None:
    assert len({keys.derive(name) for name in ("log.db", "a", "b")} | {bytes(keys.log_key)}) == 4
    for secret in (bytes(keys.log_key), keys.evidence_keys[1]):
        assert secret.hex() not in folder.keys_file.read_text()
        assert repr(secret) not in repr(keys)
    assert PASSPHRASE not in folder.keys_file.read_text()


@pytest.mark.usefixtures("keys")
def test_passphrase_costs_at_least_64_mib(folder: LogFolder) -> None:
    slot = json.loads(folder.keys_file.read_text())["sets"][0]["slots"][0]
    assert (slot["memory_kib"], slot["passes"], slot["lanes"]) == (65536, 3, 4)
    assert Cost(slot["memory_kib"], slot["passes"], slot["lanes"]) == Cost()


@pytest.mark.parametrize("which", ["keys_file", "keys_copy_file"])
@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-20]),
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.write_text("[]"),
        lambda path: path.write_text("{" * 5000),
        lambda path: path.write_text('{"format": Infinity, "slots": 1e999}'),
        lambda path: path.write_text(path.read_text().replace('"mac": "', '"mac": "00')),
    ],
)
def test_damaged_copy_is_mended_from_the_other(
    folder: LogFolder, keys: OpenKeys, which: str, harm: Callable[[Path], None]
) -> None:
    good = folder.keys_file.read_bytes()
    harm(getattr(folder, which))
    assert _by_recovery(folder).log_key == keys.log_key
    assert folder.keys_file.read_bytes() == folder.keys_copy_file.read_bytes() == good


@given(st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_flipped_bit_is_noticed_and_mended(
    folder: LogFolder, keys: OpenKeys, data: st.DataObject
) -> None:
    good = folder.keys_file.read_bytes()
    harmed = bytearray(good)
    place = data.draw(st.integers(0, len(good) - 1))
    harmed[place] ^= 1 << data.draw(st.integers(0, 7))
    which = data.draw(st.sampled_from([folder.keys_file, folder.keys_copy_file]))
    which.write_bytes(harmed)
    assert _by_recovery(folder).log_key == keys.log_key
    assert folder.keys_file.read_bytes() == folder.keys_copy_file.read_bytes() == good


@pytest.mark.usefixtures("keys")
def test_passphrase_mends_a_damaged_slot(folder: LogFolder) -> None:
    good = folder.keys_file.read_text()
    shape = json.loads(good)
    sealed = shape["sets"][0]["slots"][0]["sealed"]
    shape["sets"][0]["slots"][0]["sealed"] = sealed[:-2] + f"{int(sealed[-2:], 16) ^ 1:02x}"
    folder.keys_file.write_text(json.dumps(shape))
    open_with_passphrase(folder, PASSPHRASE).mend()
    assert folder.keys_file.read_text() == good


@pytest.mark.usefixtures("keys")
def test_both_copies_damaged_is_said(folder: LogFolder) -> None:
    folder.keys_file.write_text("{}")
    folder.keys_copy_file.unlink()
    with pytest.raises(LogDamaged) as caught:
        open_with_passphrase(folder, PASSPHRASE)
    assert caught.value.file_name == "keys.json"


def _change(folder: LogFolder, change: Callable[[dict[str, Any]], object]) -> None:
    for path in (folder.keys_file, folder.keys_copy_file):
        shape = json.loads(path.read_text())
        change(shape["sets"][0])
        path.write_text(json.dumps(shape))


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    "change",
    [
        lambda shape: shape.update(generation=7),
        lambda shape: shape["evidence_keys"].clear(),
        lambda shape: shape["slots"].pop(0),
        lambda shape: shape["evidence_keys"][0].update(number=2),
    ],
)
def test_change_to_both_copies_is_noticed(
    folder: LogFolder, change: Callable[[dict[str, Any]], object]
) -> None:
    _change(folder, change)
    with pytest.raises(LogDamaged):
        _by_recovery(folder)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 8},
        {"memory_kib": 2**40},
        {"passes": 10**6},
        {"lanes": 0},
        {"salt": "00"},
        {"nonce": ""},
    ],
)
def test_parameters_out_of_bounds_are_refused(folder: LogFolder, change: dict[str, Any]) -> None:
    _change(folder, lambda shape: shape["slots"][0].update(change))
    with pytest.raises(LogDamaged):
        open_with_passphrase(folder, PASSPHRASE)


@pytest.mark.usefixtures("keys")
def test_too_many_slots_are_refused(folder: LogFolder) -> None:
    _change(folder, lambda shape: shape["slots"].extend(shape["slots"][:1] * 64))
    with pytest.raises(LogDamaged):
        open_with_passphrase(folder, PASSPHRASE)


def test_further_evidence_key_is_kept_in_both_copies(folder: LogFolder, keys: OpenKeys) -> None:
    more = keys.with_evidence_key(2, bytes(32))
    assert (
        _by_recovery(folder).evidence_keys
        == more.evidence_keys
        == {
            1: keys.evidence_keys[1],
            2: bytes(32),
        }
    )
    assert folder.keys_file.read_bytes() == folder.keys_copy_file.read_bytes()


def test_copy_that_lags_behind_is_brought_up(folder: LogFolder, keys: OpenKeys) -> None:
    old = folder.keys_file.read_bytes()
    keys.with_evidence_key(2, bytes(32))
    for lagging in (folder.keys_copy_file, folder.keys_file):
        lagging.write_bytes(old)
        assert set(_by_recovery(folder).evidence_keys) == {1, 2}
        assert folder.keys_file.read_bytes() == folder.keys_copy_file.read_bytes() != old


def test_keys_go_on_after_the_folder_was_renamed(tmp_path: Path) -> None:
    before, after = LogFolder(tmp_path / "a"), LogFolder(tmp_path / "b")
    before.path.mkdir()
    keys = create_keys(before, keyholder=PAT, passphrase="x", recovery_secret=SECRET)
    before.path.rename(after.path)
    keys.at(after).with_evidence_key(2, bytes(32))
    assert set(_by_recovery(after).evidence_keys) == {1, 2}
