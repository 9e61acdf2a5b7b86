"""Passwords: argon2 digests, and the one-time ones that a person must change."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"  # without l, 1, o, 0, i: they are read out by phone
_GROUPS, _GROUP = 3, 4


def digest(password: str) -> str:
    """Return what the database keeps of a password."""
    return _HASHER.hash(password)


def fits(kept: str, password: str) -> bool:
    """Tell whether `password` is the one behind `kept`.

    Without `kept` (nobody, or no password) it takes as long as with it and is never true.
    """
    try:
        _HASHER.verify(kept or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def one_time() -> str:
    """Return a new one-time password, legible on paper: three groups of four characters."""
    return "-".join(
        "".join(secrets.choice(_LEGIBLE) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )


@lru_cache(maxsize=1)
def _nobody() -> str:
    return digest(secrets.token_hex(16))
