"""Codes of verification: made so that they survive being read aloud and typed from paper."""

import re
import secrets

# Of each pair that looks alike in print (0/O, 1/I/L, 2/Z, 5/S, 6/G, 8/B, 9/Q, U/V) one sign at most is here.
ALPHABET = "234679ACDEFHKMNPRTWXY"
LENGTH = 12
GROUP = 4

# What people type instead: letters of the Russian keyboard with the same picture, and near twins.
_TWINS = str.maketrans("АСЕНКМРТХУЗЧБZGQ", "ACEHKMPTXY346269")
_NOT_SIGN = re.compile(r"[\W_]+")


def new_code() -> str:
    """A random code such as «4AC9-XK7D-2MPT»: 12 signs, about 52 bits."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def canonical_code(typed: str) -> str | None:
    """What was typed as a code, or None when no code can look so.

    Case, spaces, dashes and other punctuation don't matter; look-alike letters, Russian ones too, are read
    as those of the alphabet.
    """
    signs = _NOT_SIGN.sub("", typed[:100]).upper().translate(_TWINS)
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return None
    return _grouped(signs)


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))
