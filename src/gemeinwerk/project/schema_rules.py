"""What `gemeinwerk schema load` tells about the rules of a schema, and confirms when asked to."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from gemeinwerk.apps.catalogue import preparing, ruling
from gemeinwerk.apps.library import queries
from gemeinwerk.apps.library.actions import Loaded
from gemeinwerk.core.access import Actor
from gemeinwerk.core.rules import translate_schema

STATUS = {"translated": "übersetzt", "partly": "teilweise übersetzt", "unclear": "unklar"}


def of(actor: Actor, loaded: Loaded, *, confirm: bool, now: datetime) -> dict[str, Any]:
    """Return how the rules of the loaded schema were understood; empty without a schema.

    `confirm` begins the draft of the service and confirms what was translated in full.
    """
    if loaded.schema is None:
        return {}
    _, names = queries.package_with_names(actor, loaded.schema.schema_id)
    read = translate_schema(names.schema, names.lists)
    counted = Counter[str](each.status for each in read)
    told: dict[str, Any] = {status: counted[status] for status in STATUS}
    told["open"] = [
        {
            "rule": each.rule_id,
            "place": each.owner,
            "status": each.status,
            "reasons": list(each.reasons),
            "left": list(each.left),
        }
        for each in read
        if each.status != "translated"
    ]
    if confirm:
        key = preparing.begin_from_schema(actor=actor, schema_id=loaded.schema.schema_id, now=now)
        taken, misfits = ruling.confirm_clear(actor=actor, key=key, now=now)
        left = len(ruling.rulings(actor, key).view.open_rules)
        told |= {"service": key, "confirmed": taken, "cannot_act": misfits, "left_open": left}
    return told


def as_text(told: dict[str, Any]) -> list[str]:
    """Return the same for people."""
    if not any(told.get(status) for status in STATUS):
        return []
    counts = ", ".join(f"{told[status]} {word}" for status, word in STATUS.items())
    lines = ["", f"Regeln: {counts}"]
    for one in told["open"]:
        why = " ".join(one["reasons"]) or "; ".join(one["left"])
        lines.append(f"  {one['rule']} {one['place']}: {STATUS[one['status']]}. {why}".rstrip())
    if "service" in told:
        lines += [
            f"{told['confirmed']} Regeln sind bestätigt und wirken im Entwurf {told['service']}.",
            f"{told['left_open']} sind offen, davon kann das Formular {told['cannot_act']} "
            "nicht ausführen.",
        ]
    else:
        lines.append("Keine wirkt, bevor jemand sie bestätigt (Werkstatt oder --confirm-rules).")
    return lines
