"""German wording of dates and enumerations; days and addresses as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.kernel.text import (
    german_date,
    is_email,
    read_date,
)


def test_dates() -> None:
    assert german_date(date(2026, 10, 3)) == "03.10.2026"


@pytest.mark.parametrize("text", ["3.10.2026", "03. 10. 2026", " 2026-10-03 "])
def test_a_day_is_read(text: str) -> None:
    assert read_date(text) == date(2026, 10, 3)


@pytest.mark.parametrize(
    "text", ["", "31.02.2026", "3.10.26", "20261003", "2026-W40-6", "٣.10.2026", "3/10/2026", "x"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text) is None


@given(st.dates())
def test_a_written_day_is_read_again(day: date) -> None:
    assert read_date(german_date(day)) == read_date(day.isoformat()) == day


@pytest.mark.parametrize("text", ["anna@example.org", "a.b+c@mail.müller.de"])
def test_usual_addresses(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "anna", "anna@", "@example.org", "anna@example", "a..b@example.org",
        ".a@example.org", "a@-x.org", "a@x.1", "a@b.c", "a b@example.org", "a@example.org\nBcc: x",
        "a@example.org,b@example.org", '"a"@example.org', "a" * 65 + "@example.org", "@" * 300,
    ],
)  # fmt: skip
def test_no_addresses(text: str) -> None:
    assert not is_email(text)
