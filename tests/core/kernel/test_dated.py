"""Values that change by law: which one holds on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from gemeinwerk.core.kernel.dated import Dated, Entry, NoValueError, values_on

RATE = Dated(
    (
        Entry(date(2026, 1, 1), Decimal("96.00"), "§ 4 Satzung 2026"),
        Entry(date(2020, 7, 1), Decimal("84.00"), "§ 4 Satzung 2020"),
    ),
    name="dog_rate",
)


def test_each_value_holds_until_the_next_begins() -> None:
    assert RATE.on(date(2020, 7, 1)) == Decimal("84.00")
    assert RATE.on(date(2025, 12, 31)) == Decimal("84.00")
    assert RATE.on(date(2026, 1, 1)) == Decimal("96.00")
    assert RATE.entry_on(date(2040, 1, 1)).norm == "§ 4 Satzung 2026"


def test_before_the_first_day_there_is_no_value() -> None:
    with pytest.raises(NoValueError) as refused:
        RATE.on(date(2020, 6, 30))
    assert refused.value.code == "dated.no_value"
    assert refused.value.params == {"name": "dog_rate", "day": "2020-06-30"}


def test_two_values_of_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match="same day"):
        Dated((Entry(date(2026, 1, 1), 1), Entry(date(2026, 1, 1), 2)))


def test_values_of_a_day_leave_out_what_is_not_in_force() -> None:
    later = Dated((Entry(date(2027, 1, 1), Decimal(1)),), name="later")
    assert values_on({"rate": RATE, "later": later}, date(2026, 5, 1)) == {"rate": Decimal("96.00")}


def test_a_dated_value_survives_as_a_document() -> None:
    assert msgspec.json.decode(msgspec.json.encode(RATE), type=Dated[Decimal]) == RATE
