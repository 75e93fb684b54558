"""Finds the row of a town's table (Straßenverzeichnis, Tarif) that an answer means.

People write streets in many ways ("Haupt-Str. 3", "hauptstraße 3 a"); the list of the town knows
one. Nothing is guessed beyond spelling: no row found means that a person has a look.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

Row = Mapping[str, str]

_STREET_END = re.compile(r"(?:strasse|str\.?)$")
_STREET_WORD = re.compile(r"\b(?:strasse|str\.?)(?=\s|$)")
_NOT_LETTER = re.compile(r"[^0-9a-zäöüß]+")
_NUMBER = re.compile(r"\s*(\d{1,5})")


def street_key(name: str) -> str:
    """Return the same key for every usual spelling of a street ("Haupt-Str." and "Hauptstraße")."""
    text = unicodedata.normalize("NFC", name).casefold().strip()
    text = _STREET_WORD.sub("strasse", _STREET_END.sub("strasse", text))
    return _NOT_LETTER.sub("", text)


def house_number(text: str) -> int | None:
    """Return the number a house number begins with ("12a" is 12), None without one."""
    found = _NUMBER.match(text)
    return int(found[1]) if found else None


def rows_of_street(rows: Sequence[Row], street: str, number: str) -> tuple[Row, ...]:
    """Return the rows (columns street, from, to, side) in which the house lies.

    An empty `from` or `to` is open on that end; `side` is "gerade", "ungerade" or empty. Without
    a house number only rows of a whole street fit.
    """
    wanted, house = street_key(street), house_number(number)
    if not wanted:
        return ()
    return tuple(
        row for row in rows if street_key(row.get("street", "")) == wanted and _lies_in(row, house)
    )


def matching_rows(rows: Sequence[Row], wanted: Mapping[str, str | None]) -> tuple[Row, ...]:
    """Return the rows whose columns say exactly what is wanted; None fits no row."""
    return tuple(
        row
        for row in rows
        if all(value is not None and row.get(name) == value for name, value in wanted.items())
    )


def one_value(rows: Sequence[Row], column: str) -> str | None:
    """Return what all the rows say in a column; None when there is no row or they differ."""
    found = {row.get(column, "") for row in rows}
    return found.pop() or None if len(found) == 1 else None


def _lies_in(row: Row, house: int | None) -> bool:
    first, last = house_number(row.get("from", "")), house_number(row.get("to", ""))
    side = row.get("side", "")
    if house is None:
        return first is None and last is None and not side
    if (first is not None and house < first) or (last is not None and house > last):
        return False
    return not side or (side == "gerade") == (house % 2 == 0)
