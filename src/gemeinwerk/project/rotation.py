"""Rotation of a town's key (Schlüsselwechsel): dossier keys wrapped, town columns sealed anew."""

from __future__ import annotations

from datetime import UTC, datetime

from gemeinwerk.apps import ports
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.identity import totp
from gemeinwerk.apps.mailbox import actions as mailbox
from gemeinwerk.core.access import system


def new_version(town_id: int) -> dict[str, int]:
    """Add a key version and record it; new data are sealed with it at once."""
    version = ports.key_store().rotate_town(town_id)
    audit.record(
        system(town_id, name="command.keys_rotate"),
        "key.rotated",
        now=datetime.now(UTC),
        object_kind="key",
        object_id=str(version),
    )
    return {"version": version}


def seal_anew(town_id: int) -> dict[str, int]:
    """Bring what older versions wrapped or sealed over to the newest; may be repeated."""
    columns = totp.seal_all_anew() + mailbox.seal_all_anew()
    return {"dossiers": ports.key_store().rewrap(town_id), "columns": columns}
