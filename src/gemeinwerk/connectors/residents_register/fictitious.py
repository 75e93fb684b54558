"""A fictitious residents' register: says whether everything matches, never what it holds (R40).

Everything has to match completely, but for the spelling: case, umlauts written out, spaces and
hyphens, "Str." for "Straße".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from gemeinwerk.core.kernel.latin import search_form

_GAPS = re.compile(r"[\s\-\u2010-\u2015'’.,]+")
_STREET = re.compile(r"STR(?:ASSE)?$")


@dataclass(frozen=True, slots=True)
class Resident:
    """An invented person with her main residence; `born_on` in ISO form."""

    family_name: str
    first_names: str
    born_on: str
    street: str
    house_number: str
    postcode: str
    city: str


class Question(Protocol):
    """What is asked; the shape that the apps hand over."""

    @property
    def family_name(self) -> str: ...
    @property
    def first_names(self) -> str: ...
    @property
    def born_on(self) -> str: ...
    @property
    def street(self) -> str: ...
    @property
    def house_number(self) -> str: ...
    @property
    def postcode(self) -> str: ...
    @property
    def city(self) -> str: ...


class FictitiousRegister:
    """Answers from invented residents by key of the municipality (ARS)."""

    def __init__(self, residents: Mapping[str, Iterable[Resident]]) -> None:
        self._known = {
            key: frozenset(_plain(resident) for resident in those)
            for key, those in residents.items()
        }

    @classmethod
    def read(cls, path: Path) -> FictitiousRegister:
        """Read a JSON file: by key of the municipality a list of residents."""
        return cls(msgspec.json.decode(path.read_bytes(), type=dict[str, list[Resident]]))

    def matches(self, municipality_key: str, question: Question) -> bool:
        """Tell whether a resident matches in everything; an empty field matches nobody."""
        asked = _plain(question)
        return all(asked) and asked in self._known.get(municipality_key, frozenset())


def _plain(one: Question) -> tuple[str, ...]:
    return (
        _spelled(one.family_name),
        _spelled(one.first_names),
        one.born_on.strip(),
        _STREET.sub("STRASSE", _spelled(one.street)),
        _spelled(one.house_number),
        _spelled(one.postcode),
        _spelled(one.city),
    )


def _spelled(text: str) -> str:
    return _GAPS.sub("", search_form(text))
