"""Which loaded schemas the FIM portal has in a newer version (Aktualität)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gemeinwerk.apps.library.models import StoredSchema
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.schemas import newer, version_key


class Known(Protocol):
    """One answer of the portal: the newest version of a schema, and when it said so."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def fetched_at(self) -> datetime: ...


class Portal(Protocol):
    """FIM-Portal, as far as currency needs it."""

    def newest(self, ids: Iterable[str]) -> Sequence[Known]: ...


@dataclass(frozen=True, slots=True)
class Outdated:
    """A schema of the town that has a newer version (veraltetes Schema)."""

    id: str
    name: str
    ours: str
    newest: str
    fetched_at: datetime


def outdated(actor: Actor, portal: Portal) -> tuple[Outdated, ...]:
    """Return the schemas of the town that are out of date; versions are compared by number."""
    require(actor, Right.LOAD_SCHEMA)
    ours: dict[str, StoredSchema] = {}
    for row in StoredSchema.objects.defer("document", "findings"):
        known = ours.get(row.fim_id)
        if known is None or version_key(row.version) > version_key(known.version):
            ours[row.fim_id] = row
    return tuple(
        Outdated(said.id, ours[said.id].name, ours[said.id].version, said.version, said.fetched_at)
        for said in portal.newest(sorted(ours))
        if newer(said.version, ours[said.id].version)
    )
