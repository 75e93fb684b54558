"""Who acts (Akteur): the person or machine every query and action asks for its rights."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from uuid import UUID

ActorKind = Literal["citizen", "staff", "system", "anonymous"]


class Role(StrEnum):
    """What a member of staff (Beschäftigte) is entrusted with; one person may hold several."""

    CASEWORKER = "caseworker"  # Sachbearbeitung
    TEAM_LEAD = "team_lead"  # Teamleitung
    AUTHOR = "author"  # Redaktion
    OPERATOR = "operator"  # Betrieb
    MAYOR = "mayor"  # Rathausspitze


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting person (Akteur), as the session or the job proves it.

    `dossier_ids` are the drafts and cases this citizen session has opened with a second thing
    (access code, the browser that began, or the account); an id from the address bar is no proof.
    `unit_ids` are the units a member of staff works in; a role counts only there.
    """

    kind: ActorKind
    municipality_id: int | None = None
    staff_id: UUID | None = None
    name: str = ""
    unit_ids: frozenset[UUID] = frozenset()
    roles: frozenset[Role] = frozenset()
    dossier_ids: frozenset[UUID] = frozenset()
    session_id: str = ""


def anonymous(municipality_id: int | None = None, *, session_id: str = "") -> Actor:
    """Return the actor of a visitor who has shown nothing yet."""
    return Actor(kind="anonymous", municipality_id=municipality_id, session_id=session_id)


def system(municipality_id: int, *, name: str) -> Actor:
    """Return the actor of a job or command; `name` says which one, for the audit chain."""
    return Actor(kind="system", municipality_id=municipality_id, name=name)
