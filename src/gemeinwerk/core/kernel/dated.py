"""Values that law changes on a day: a rate, a period, a threshold, each with its norm."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from gemeinwerk.core.kernel.errors import DomainError

T = TypeVar("T")


class NoValueError(DomainError):
    """No value is in force on that day."""

    code = "dated.no_value"


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value with the first day it is in force (gültig ab) and the norm that sets it."""

    valid_from: date
    value: T
    norm: str = ""


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value over time (Wert mit Gültigkeit); each entry holds until the next begins.

    Entries are kept by day; two entries for one day are refused.
    """

    entries: tuple[Entry[T], ...]
    name: str = ""

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.entries, key=lambda entry: entry.valid_from))
        days = [entry.valid_from for entry in ordered]
        if len(set(days)) != len(days):
            raise ValueError(f"two values of {self.name or 'one thing'} begin on the same day")
        object.__setattr__(self, "entries", ordered)

    def entry_on(self, day: date) -> Entry[T]:
        """Return the entry in force on `day`, or raise `NoValueError`."""
        index = bisect_right(self.entries, day, key=lambda entry: entry.valid_from)
        if index == 0:
            raise NoValueError(name=self.name, day=day.isoformat())
        return self.entries[index - 1]

    def on(self, day: date) -> T:
        """Return the value in force on `day`, or raise `NoValueError`."""
        return self.entry_on(day).value


def values_on(parameters: Mapping[str, Dated[T]], day: date) -> dict[str, T]:
    """Return the values in force on `day`; a name without one is left out (it is missing)."""
    return {
        name: dated.on(day)
        for name, dated in parameters.items()
        if dated.entries and dated.entries[0].valid_from <= day
    }
