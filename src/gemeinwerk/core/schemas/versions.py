"""Compares versions by number: 1.10 comes after 1.9."""

from __future__ import annotations

import re

_PART = re.compile(r"(\d{1,9})|([^\d.]+)")


def version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """Return what versions are sorted by: numbers as numbers, words before them, zeros ignored.

    "1.0" and "1.0.0" are the same version, "1.1-draft" comes before "1.1".
    """
    found: list[tuple[int, int, str]] = []
    for number, word in _PART.findall(version):
        found.append((1, int(number), "") if number else (-1, 0, word.strip("-_ ").casefold()))
    while found and found[-1] == (1, 0, ""):
        found.pop()
    return (*found, (0, 0, ""))


def newer(one: str, other: str) -> bool:
    """Tell whether the first version is newer than the second."""
    return version_key(one) > version_key(other)
