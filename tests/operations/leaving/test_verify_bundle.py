import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.leaving.bundle import BundleForm
from desktop.export.bundle_writer import write_bundle
from tests.evidence_pieces import ignore, never
from tests.export.test_bundle_writer import PASSPHRASE, an_order

ROOT = Path(__file__).parents[3]


def verify(*words: str) -> tuple[int, str]:
    """Run the command as anybody would who was handed a bundle."""
    command = [sys.executable, "-m", "desktop", "verify", *words]
    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert ended.stderr == ""
    return ended.returncode, ended.stdout


@pytest.mark.parametrize("form", BundleForm)
def test_the_command_says_whether_a_bundle_holds(form: BundleForm, tmp_path: Path) -> None:
    written = write_bundle(an_order(tmp_path, form), ignore, never)
    sealed = ("--passphrase", PASSPHRASE) if form is BundleForm.AES else ()
    code, said = verify(str(written.path), *sealed)
    assert code == 0
    assert written.fingerprint in said


def test_the_command_lists_every_problem(tmp_path: Path) -> None:
    written = write_bundle(an_order(tmp_path, BundleForm.FOLDER), ignore, never)
    (written.path / "data/06_Contacts.pdf").unlink()
    (written.path / "data/extra.txt").write_text("x")
    code, said = verify(str(written.path))
    assert code == 1
    assert "data/06_Contacts.pdf: is missing" in said
    assert "data/extra.txt: was not part of the bundle" in said


def test_the_command_says_what_it_cannot_use(tmp_path: Path) -> None:
    assert verify(str(tmp_path / "nothing"))[0] == 2
    written = write_bundle(an_order(tmp_path, BundleForm.AES), ignore, never)
    code, said = verify(str(written.path))
    assert code == 2
    assert "passphrase" in said
