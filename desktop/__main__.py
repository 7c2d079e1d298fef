"""Starts the program: `python -m desktop`, and the command `safeguarding-log`."""

import sys

from desktop.app import run


def main() -> None:
    """Run the command line, and end with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
