"""Puts a notice into the town's letter (Bescheid als Brief)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemeinwerk.apps import ports
from gemeinwerk.apps.municipalities.models import Municipality
from gemeinwerk.apps.notices.facts import town_name
from gemeinwerk.core.decisions import NoticeDraft

CLOSING_NOTE = "Dieser Bescheid wurde elektronisch erstellt und gilt ohne Unterschrift."


def set_notice(draft: NoticeDraft, town: Municipality) -> bytes:
    """Return the notice as PDF/UA-1 and PDF/A-3a."""
    name = draft.addressee.lines[0] if draft.addressee.lines else ""
    return ports.typesetter().notice(
        ports.NoticeLetter(
            draft=draft,
            letterhead=letterhead(town),
            salutation=f"Guten Tag {name}," if name else "Guten Tag,",
            introduction="auf Ihren Antrag haben wir entschieden:",
            infos=_infos(draft),
            closing_note=CLOSING_NOTE,
        )
    )


def letterhead(town: Municipality) -> ports.Letterhead:
    """Return the face of the town for letters."""
    contact: Mapping[str, Any] = town.contact
    name, street = town_name(town), str(contact.get("street", ""))
    parts = (str(contact.get("postal_code", "")), str(contact.get("city", town.name)))
    place = " ".join(part for part in parts if part)
    reached = [str(contact[key]) for key in ("phone", "email") if contact.get(key)]
    columns = ("\n".join(part for part in (name, street, place) if part), "\n".join(reached))
    return ports.Letterhead(
        town=name,
        motto=str(town.brand.get("claim", "")),
        colour=str(town.brand.get("colour", "")),
        crest=str(town.brand.get("crest", "")),
        return_line=" · ".join(part for part in (name, street, place) if part),
        footer=tuple(column for column in columns if column),
    )


def _infos(draft: NoticeDraft) -> tuple[ports.LabelledText, ...]:
    told = (
        ("Stelle", draft.authority.unit),
        ("Telefon", draft.authority.telephone),
        ("E-Mail", draft.authority.email),
    )
    return tuple(ports.LabelledText(label, text) for label, text in told if text)
