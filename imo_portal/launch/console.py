"""Words to the person at the terminal."""

import sys
from typing import NoReturn


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def fail(text: str) -> NoReturn:
    """Ends the program with a message and the exit code 1."""
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")
    sys.exit(1)
