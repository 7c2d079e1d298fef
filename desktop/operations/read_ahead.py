"""Reads the files of the program while a passphrase is typed, so that unlocking waits for none."""

from desktop.operations.program_files import read_program_data
from desktop.operations.steps.load_procedures import read_procedures


def read_ahead() -> None:
    """Read every procedure and data file; the same text is not parsed again at unlock."""
    read_procedures()
    read_program_data()
