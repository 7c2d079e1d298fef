import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import LogDamaged, LogTooNew, WrongPassphrase, WrongRecoveryKey
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.recovery import SECRET_BYTES
from desktop.store.folder import LogFolder
from desktop.store.key_file import Cost, key_file_text, store_key_file
from desktop.store.key_slots import seal_again
from desktop.store.keys import (
    OpenKeys,
    create_keys,
    open_with_passphrase,
    open_with_recovery_key,
    open_with_token,
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


TOKEN = bytes(range(32))
NEW_SECRET = bytes(reversed(range(SECRET_BYTES)))


@pytest.fixture
def both_sets(folder: LogFolder, keys: OpenKeys) -> tuple[OpenKeys, OpenKeys]:
    """Leave keys.json as in the middle of a re-key, with a token beside the passphrase."""
    old = keys.with_token(PAT, TOKEN)
    fresh = old.renewed([PAT], NEW_SECRET, 2)
    store_key_file(folder, fresh.file, old.file)
    return fresh, old


def test_new_keys_open_with_what_people_have(
    folder: LogFolder, both_sets: tuple[OpenKeys, OpenKeys]
) -> None:
    fresh, old = both_sets
    for opened in (
        open_with_passphrase(folder, PASSPHRASE, PAT),
        open_with_token(folder, TOKEN, PAT),
    ):
        assert (opened.log_key, opened.evidence_keys) == (fresh.log_key, fresh.evidence_keys)
        assert [one.log_key for one in opened.others] == [old.log_key]
    assert open_with_recovery_key(folder, NEW_SECRET).log_key == fresh.log_key
    assert open_with_recovery_key(folder, SECRET).log_key == old.log_key
    assert set(fresh.evidence_keys) == {1, 2}
    assert fresh.evidence_keys[1] == old.evidence_keys[1]
    fresh.store()
    with pytest.raises(WrongRecoveryKey):
        open_with_recovery_key(folder, SECRET)
    assert not open_with_token(folder, TOKEN, PAT).others


def test_who_is_not_kept_has_no_slot_in_new_keys(keys: OpenKeys) -> None:
    fresh = keys.with_token(PAT, TOKEN).renewed([], NEW_SECRET, 2)
    assert [slot.kind for slot in fresh.file.slots] == ["recovery"]


def test_change_of_a_slot_keeps_its_place(keys: OpenKeys) -> None:
    changed = keys.with_passphrase(PAT, "Pat", "another one")
    assert [slot.kind for slot in changed.file.slots] == ["passphrase", "recovery"]
    assert changed.shown_as(PAT) == "Pat"
    assert changed.shown_as("nobody") == ""
    assert not changed.has_slot(keys.salt)
    assert keys.has_slot(keys.salt)


@pytest.mark.timeout(120)
def test_any_byte_flipped_2000_times_is_found_or_harmless(
    folder: LogFolder, both_sets: tuple[OpenKeys, OpenKeys]
) -> None:
    fresh, old = both_sets
    good = folder.keys_file.read_bytes()
    right = {bytes(one.log_key): one.evidence_keys for one in both_sets}
    chance, found = random.Random(7), 0
    for number in range(2000):
        harmed = bytearray(good)
        harmed[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
        copies = [(bytes(harmed), good), (good, bytes(harmed)), (bytes(harmed),) * 2][number % 3]
        for path, content in zip((folder.keys_file, folder.keys_copy_file), copies, strict=True):
            path.write_bytes(content)
        secret = chance.choice([NEW_SECRET, SECRET])
        try:
            opened = (
                open_with_token(folder, TOKEN, PAT)
                if number % 2
                else open_with_recovery_key(folder, secret)
            )
        except (LogDamaged, LogTooNew, WrongPassphrase, WrongRecoveryKey):
            found += 1
            assert good not in copies
        else:
            assert opened.evidence_keys == right[bytes(opened.log_key)]
            if good in copies:
                newest = fresh if number % 2 or secret == NEW_SECRET else old
                assert opened.log_key == newest.log_key
    assert found > 100


def test_one_whole_slot_in_one_copy_is_enough(folder: LogFolder, keys: OpenKeys) -> None:
    for name, value in (("sealed", "00" * 48), ("private", "00" * 48), ("salt", "00" * 16)):
        shape = json.loads(folder.keys_file.read_text())
        for slot in shape["sets"][0]["slots"]:
            slot[name] = value
        folder.keys_file.write_text(json.dumps(shape))
        assert _by_recovery(folder).log_key == keys.log_key


def test_key_file_of_a_newer_format_is_told(folder: LogFolder, keys: OpenKeys) -> None:
    for path in (folder.keys_file, folder.keys_copy_file):
        path.write_text('{"format": 7}')
    with pytest.raises(LogTooNew) as caught:
        open_with_recovery_key(folder, SECRET)
    assert (caught.value.found, caught.value.supported) == (7, 2)
    keys.store()
    folder.keys_file.write_text('{"format": 7}')
    assert _by_recovery(folder).log_key == keys.log_key


def test_kept_text_is_taken_only_if_newer_and_authentic(keys: OpenKeys) -> None:
    more = keys.with_token(PAT, TOKEN)
    text = key_file_text(more.file)
    newer = keys.newer(text)
    assert newer is not None
    assert newer.file == more.file
    assert more.newer(text) is None
    assert keys.newer("") is keys.newer(text.replace('"token"', '"tokem"')) is None


def test_slot_without_a_pair_cannot_take_another_key(keys: OpenKeys) -> None:
    direct = replace(keys.file.slots[0], pair=None)
    with pytest.raises(ValueError, match="secret"):
        seal_again(direct, keys.log_key, keys.log_id)


def test_damage_of_what_format_1_left_is_said(folder: LogFolder, keys: OpenKeys) -> None:
    early = replace(keys, was_format=1)
    with pytest.raises(LogDamaged):
        early.mend()
    assert folder.keys_file.exists()
