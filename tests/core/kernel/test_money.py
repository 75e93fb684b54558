"""German money and numbers: written, read, refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.kernel.money import (
    TooManyDecimalsError,
    UnreadableNumberError,
    euro,
    german_number,
    read_money,
    read_number,
    to_cents,
)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1234.5", "1.234,50 EUR"),
        ("0", "0,00 EUR"),
        ("-1234567.891", "-1.234.567,89 EUR"),
        ("0.005", "0,01 EUR"),
        ("1E+3", "1.000,00 EUR"),
    ],
)
def test_euro(amount: str, written: str) -> None:
    assert euro(Decimal(amount)) == written


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1234,5", "1234.50"),
        (" 1 234,50 € ", "1234.50"),
        ("EUR 12", "12.00"),
        ("12 Euro", "12.00"),
        ("12,-", "12.00"),
        ("12,-- EUR", "12.00"),
        ("1.234", "1234.00"),
        ("12.50", "12.50"),
        ("-5", "-5.00"),
        ("0,01", "0.01"),
        ("1\u202f234\u00a0EUR", "1234.00"),
    ],
)
def test_money_is_read(text: str, amount: str) -> None:
    assert read_money(text) == Decimal(amount)
    assert str(read_money(text)) == amount


@pytest.mark.parametrize(
    "text",
    [
        "", "EUR", "zwölf", "1.23,45", "1,2,3", "1.2.3", "12.3456", "1,234.50", "٣", "1e5", "--1",
        "NaN", "Infinity", "1_000", "9" * 16, "9" * 5000, "12" + " " * 60 + "34", "1\n2", ",5",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UnreadableNumberError):
        read_money(text)


def test_money_has_two_places() -> None:
    with pytest.raises(TooManyDecimalsError):
        read_money("1,234")
    assert read_number("1,234") == Decimal("1.234")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_is_written_is_read_again(amount: Decimal) -> None:
    assert read_money(euro(amount)) == amount
    assert read_number(german_number(amount)) == amount


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_money(text)
    except DomainError:
        return


def test_half_a_cent_goes_up() -> None:
    assert to_cents(Decimal("0.125")) == Decimal("0.13")
    assert to_cents(Decimal("-0.125")) == Decimal("-0.13")
