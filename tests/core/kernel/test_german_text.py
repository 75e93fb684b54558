"""German wording of dates and enumerations."""

from __future__ import annotations

from datetime import date

from gemeinwerk.core.kernel.text import enumeration, german_date, german_long_date


def test_dates() -> None:
    assert german_date(date(2026, 10, 3)) == "03.10.2026"
    assert german_long_date(date(2026, 3, 3)) == "3. März 2026"


def test_enumeration() -> None:
    assert enumeration([]) == ""
    assert enumeration(["a"]) == "a"
    assert enumeration(["a", "b"]) == "a und b"
    assert enumeration(["a", "b", "c"], "oder") == "a, b oder c"
