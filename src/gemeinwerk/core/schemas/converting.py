"""What both directions of a conversion share: notes with places, codes, dates, versions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from gemeinwerk.core.schemas.elements import Notes
from gemeinwerk.core.schemas.model import Severity
from gemeinwerk.core.schemas.words import Code, Identification

# a date the standard demands and nobody knows; told in a finding
NO_MOMENT = "1970-01-01T00:00:00Z"
# the portal itself puts this profile where none is known
NO_PROFILE = "D99000000001"

_FIM = "urn:xoev-de:fim:codeliste:xdatenfelder."
STATUS_2, STATUS_3 = _FIM + "status", "urn:xoev-de:xprozess:codeliste:status"
STATUS_3_VERSION = "2022-07-12"


@dataclass(slots=True)
class Report:
    """Collects what the target cannot hold, each with the path of the element."""

    notes: Notes = field(default_factory=Notes)
    place: str = ""
    told: set[tuple[str, str, str]] = field(default_factory=set)

    @contextmanager
    def inside(self, identification: Identification | None) -> Iterator[None]:
        """Go into an element for a while."""
        above = self.place
        number = (identification.id if identification is not None else "") or "?"
        self.place = f"{above}.{number}" if above else number
        yield
        self.place = above

    def lost(self, what: str, value: object) -> None:
        """Tell that the target has no place for something, when it says anything."""
        if value is None or value in ("", ()):
            return
        shown = value if isinstance(value, str) else ""
        self.tell("warning", "schema.convert_lost", what=what, value=shown)

    def tell(self, severity: Severity, code: str, **params: str | int) -> None:
        """Tell something about the element at this place."""
        self.notes.add(severity, self.place, code, **params)

    def tell_once(self, severity: Severity, code: str, **params: str | int) -> None:
        """Tell something about the whole file, once."""
        key = (severity, code, repr(sorted(params.items())))
        if key not in self.told:
            self.told.add(key)
            self.notes.add(severity, "", code, **params)


def coded(name: str, code: str, version: str) -> Code:
    """Return a code of one of the lists of the standard."""
    return Code(list_uri=_FIM + name, list_version=version, code=code)


def code_of(held: Code | None) -> str:
    """Return the code alone, "" when there is none."""
    return (held.code or "").strip() if held is not None else ""


def given(text: str | None) -> str | None:
    """Return a text, None when it says nothing."""
    return text if text else None
