"""Checks a bundle that anybody made, without a log: for the command line and the self-test."""

from pathlib import Path

from desktop.intake.bundle_check import BundleCheck, check_bundle

__all__ = ["BundleCheck", "verify_bundle"]


def verify_bundle(path: Path, passphrase: str = "") -> BundleCheck:
    """Check a bundle as folder or ZIP; raises BundleUnusable where none can be checked."""
    return check_bundle(path, passphrase)
