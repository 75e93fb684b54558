"""A town as a file (Steckbrief einer Kommune): what `gemeinwerk town add` takes in, checked."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from gemeinwerk.core.calendars import STATES
from gemeinwerk.core.kernel import Fault, FaultsError

Named = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]

# Without these a notice lacks what R16 asks for, or a page what the imprint owes.
NEEDED = {
    "contact": ("street", "postal_code", "city", "address", "phone", "email"),
    "legal": ("authority", "represented_by", "privacy_officer", "supervisory_authority", "court"),
}


class TownFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Public facts of a municipality; `slug` is its name in addresses, `units` its offices."""

    key: Annotated[str, msgspec.Meta(pattern=r"^\d{12}$")]  # Regionalschlüssel (ARS)
    slug: Annotated[str, msgspec.Meta(pattern=r"^[a-z]([a-z0-9-]*[a-z0-9])?$", max_length=60)]
    name: Named
    kind: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    state: str
    population: Annotated[int, msgspec.Meta(ge=1)]
    contact: dict[str, Any]
    legal: dict[str, Any]
    units: Annotated[list[Named], msgspec.Meta(min_length=1)]
    brand: dict[str, Any] = {}


def read(data: bytes) -> TownFile:
    """Return the town of a TOML file; FaultsError with everything that is missing or wrong."""
    try:
        town = msgspec.toml.decode(data, type=TownFile)
    except msgspec.DecodeError as wrong:  # syntax, or a value of the wrong kind
        raise FaultsError([Fault("file", "town_file.unreadable", {"why": str(wrong)})]) from None
    faults = [
        Fault(f"{part}.{name}", "town_file.missing")
        for part, names in NEEDED.items()
        for name in names
        if not getattr(town, part).get(name)
    ]
    if town.state not in STATES:
        faults.append(Fault("state", "town_file.unknown_state", {"state": town.state}))
    if faults:
        raise FaultsError(faults)
    return town
