"""Who may do what (Zugriffsrechte): actors, roles and the one table of rights."""

from gemeinwerk.core.access.actor import Actor, ActorKind, Role, anonymous, system
from gemeinwerk.core.access.rights import (
    TABLE,
    Grant,
    Right,
    holds,
    may,
    require,
    units_with,
)

__all__ = [
    "TABLE",
    "Actor",
    "ActorKind",
    "Grant",
    "Right",
    "Role",
    "anonymous",
    "holds",
    "may",
    "require",
    "system",
    "units_with",
]
