"""Passwords of staff: what is allowed, how they are kept (Argon2id), one time for every answer."""

from __future__ import annotations

import unicodedata
from functools import cache

from django.contrib.auth.hashers import check_password, make_password

from gemeinwerk.apps.identity.errors import WeakPasswordError

LEAST, MOST = 12, 128  # characters
LEAST_DIFFERENT = 5


def normal(text: str) -> str:
    """Return the text as keyboards of different makers agree on it (NFKC, RFC 8265)."""
    return unicodedata.normalize("NFKC", text)


def hashed(password: str) -> str:
    """Return the Argon2id hash of a password."""
    return make_password(normal(password))


def matches(password: str, kept: str) -> bool:
    """Compare with a kept hash; without one the same work is done and the answer is no (S24)."""
    text = normal(password[: MOST * 4])
    right = check_password(text, kept or _nobody())
    return right and bool(kept)


def check(password: str, *, names: tuple[str, ...]) -> None:
    """Refuse passwords that are short, uniform or made of the person's own names."""
    text = normal(password)
    if len(text) < LEAST:
        raise WeakPasswordError("short")
    if len(text) > MOST:
        raise WeakPasswordError("long")
    if len(set(text)) < LEAST_DIFFERENT:
        raise WeakPasswordError("uniform")
    rest = text.casefold()
    for part in {part for name in names for part in _parts(name) if len(part) > 2}:
        rest = rest.replace(part, "")
    if len(rest) < LEAST // 2:
        raise WeakPasswordError("name")


def _parts(name: str) -> list[str]:
    folded = normal(name).casefold()
    for sign in "@.-_,":
        folded = folded.replace(sign, " ")
    return folded.split()


@cache
def _nobody() -> str:
    return make_password("nobody has this password")
