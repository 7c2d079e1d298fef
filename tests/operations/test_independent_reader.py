"""A log is read by a script that knows resources/help/format.md and nothing of this program."""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.log.roles import KeyholderRole
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import unlock_with_recovery_key
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.keys.keep_keyholders import rekey
from desktop.resources import resource_path
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, closing, environment, folder, new_log
from tests.operations.keys.keyholders import NEW_KEY, SECOND, THIRD, add, keep
from tests.operations.rich_log import make_rich_log
from tests.operations.story_procedures import POLICY
from tests.operations.story_writer import an_environment
from tests.workspaces import own_procedures

__all__ = ["environment", "folder"]

FROZEN = Path(__file__).parents[1] / "frozen_logs" / "schema_1"
READER = resource_path("help", "read_a_log.py")
# Tables that a stranger is told of.
TOLD = {
    "item", "content", "capture_set", "sealed_content", "handling", "clock_check", "checklist",
    "procedure_version", "step_entry", "triage_answer", "worksheet", "contact_entry",
    "incident_link", "organisation_entry", "tombstone", "involvement", "evidence_file",
}  # fmt: skip
QUESTIONS = """
import json, re, runpy, sys
from pathlib import Path
reader = runpy.run_path(sys.argv[1] + "/read_a_log.py")
log = reader["open_log"](Path(sys.argv[2]), sys.stdin.readline().strip())
def ask(sql):
    return log.execute(sql).fetchall()
(text,) = ask("SELECT v.text FROM checklist c JOIN procedure_version v "
              "ON (v.id, v.version) = (c.procedure_id, c.version) "
              "WHERE c.procedure_id = 'P00' AND v.text LIKE '%added_deadlines%'")[0]
print(re.findall('Tell the team of [a-z]+', text)[0])
((texts, details),) = ask("SELECT w.texts, c.details FROM worksheet w "
                          "JOIN contact_entry c ON c.id = w.contact_id")
assert all(len(pair) == 2 for pair in json.loads(texts))
print(json.loads(details)["reference"])
((reason,),) = ask("SELECT reason FROM incident_link WHERE state = 'linked'")
print(reason)
print(ask("SELECT value FROM organisation_entry WHERE topic = 'policy' ORDER BY id")[-1][0])
print(*sorted(row[0] for row in ask("SELECT kind FROM tombstone")))
assert not any(name.partition(".")[0] == "desktop" for name in sys.modules)
"""
BIG = bytes(range(256)) * 4096 * 2 + b"and a bit"


def _read(folder: Path, out: Path, secret: str) -> subprocess.CompletedProcess[str]:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    return subprocess.run(
        [sys.executable, "-I", str(READER), str(folder), str(out)],
        input=secret + "\n",
        capture_output=True,
        text=True,
        check=False,
    )


def test_reader_is_short_and_uses_nothing_of_ours() -> None:
    text = READER.read_text("utf-8")
    assert len(text.splitlines()) <= 60
    assert "desktop" not in text


def test_every_secret_reads_a_log_after_a_rekey(
    environment: Environment, folder: Path, tmp_path: Path
) -> None:
    environment = replace(environment, procedures=own_procedures())
    with closing(create_log(environment, new_log(folder))) as workspace:
        start_incident(workspace, "Comments under a picture")
        add(workspace)
        add(workspace, THIRD, "Rea Dermot", KeyholderRole.READER)
        keep(workspace, "before", BIG)
        rekey(workspace, reason="a stick was lost", recovery_key=NEW_KEY)
        keep(workspace, "after", b"after")
    for secret in (PASSPHRASE, SECOND, THIRD, NEW_KEY, NEW_KEY.lower().replace("0", "o")):
        done = _read(folder, tmp_path / "out", secret)
        assert done.returncode == 0, done.stderr
        assert "2026-0001 open: " in done.stdout
        for name, content in (("before", BIG), ("after", b"after")):
            assert (tmp_path / "out" / name).read_bytes() == content
            line = f"{name} {len(content)} {hashlib.sha256(content).hexdigest()} unchanged"
            assert line in done.stdout.splitlines()
    for secret in (RECOVERY_KEY, "wrong"):
        done = _read(folder, tmp_path / "out", secret)
        assert done.returncode == 1
        assert "opens with that" in done.stderr


@pytest.mark.parametrize("secret", [PASSPHRASE, RECOVERY_KEY])
def test_log_of_version_1_is_read(tmp_path: Path, secret: str) -> None:
    shutil.copytree(FROZEN, tmp_path / "log")
    done = _read(tmp_path / "log", tmp_path / "out", secret)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(" unchanged") == 4


def test_what_is_sealed_is_not_written_out(tmp_path: Path) -> None:
    key = make_rich_log(tmp_path / "place", lambda *_told: None, picture=900, video=900)
    folder = tmp_path / "place" / "log"
    with closing(unlock_with_recovery_key(an_environment(), folder, key)) as workspace:
        contents = {row.id for row in workspace.log.evidence.contents()}
        readable = {row.id for row in workspace.log.evidence.unsealed_contents()}
        tables = {
            str(row[0])
            for row in workspace.log._connection.rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            )
        }
    assert len(contents) == len(readable) + 3
    done = _read(folder, tmp_path / "out", key)
    assert done.returncode == 0, done.stderr
    assert {file.name for file in (tmp_path / "out").iterdir()} == readable
    assert done.stdout.count(" unchanged") == len(readable)
    told = resource_path("help", "format.md").read_text("utf-8")
    assert tables >= TOLD
    assert all(f"`{name}`" in told for name in TOLD)


def test_a_stranger_finds_procedures_worksheets_links_and_the_own_copy(tmp_path: Path) -> None:
    """By the page alone: which text a checklist ran on, what was sent, what is linked."""
    key = make_rich_log(tmp_path / "place", lambda *_told: None, picture=900, video=900)
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            QUESTIONS,
            str(READER.parent),
            str(tmp_path / "place" / "log"),
        ],
        input=key + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *answers, kinds = done.stdout.splitlines()
    assert answers == ["Tell the team of quixotic", "EX/RHC/1", "quixotic is in both", POLICY]
    assert kinds == "erased moved"
