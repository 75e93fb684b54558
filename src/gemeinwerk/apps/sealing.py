"""Sealed columns (Versiegelung): JSON under a dossier's key or the town's, bound to its place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from gemeinwerk.apps import ports
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.kernel import crypto


def open_dossier_key(dossier_id: UUID) -> crypto.Key:
    """Return the key of a dossier; raises when it was shredded."""
    return ports.key_store().get(tenancy.current_id(), dossier_id)


def new_dossier_key(dossier_id: UUID) -> crypto.Key:
    """Make the key of a new dossier; it is on disk before the first row that needs it."""
    return ports.key_store().create(tenancy.current_id(), dossier_id)


def seal(dossier_id: UUID, place: str, value: object) -> bytes:
    """Seal a JSON value for one column of one dossier, e.g. place "draft.content"."""
    key = open_dossier_key(dossier_id)
    return crypto.seal(key, msgspec.json.encode(value), place=_place(dossier_id, place))


def unseal(dossier_id: UUID, place: str, sealed: bytes | memoryview) -> Any:
    """Open what `seal` made for the same dossier and place."""
    key = open_dossier_key(dossier_id)
    return msgspec.json.decode(crypto.unseal(key, sealed, place=_place(dossier_id, place)))


def seal_bytes(dossier_id: UUID, place: str, data: bytes) -> bytes:
    """Seal the bytes of a file."""
    return crypto.seal(open_dossier_key(dossier_id), data, place=_place(dossier_id, place))


def unseal_bytes(dossier_id: UUID, place: str, sealed: bytes | memoryview) -> bytes:
    """Open the bytes of a file."""
    return crypto.unseal(open_dossier_key(dossier_id), sealed, place=_place(dossier_id, place))


def seal_for_town(place: str, value: object) -> bytes:
    """Seal a JSON value that belongs to the town and to no dossier; carries the key version."""
    version, key = ports.key_store().town_key(tenancy.current_id())
    sealed = crypto.seal(
        crypto.derive(key, "column"), msgspec.json.encode(value), place=_town_place(place)
    )
    return version.to_bytes(2, "big") + sealed


def unseal_for_town(place: str, sealed: bytes | memoryview) -> Any:
    """Open what `seal_for_town` made, also after rotations."""
    sealed = bytes(sealed)
    key = ports.key_store().town_key_of_version(
        tenancy.current_id(), int.from_bytes(sealed[:2], "big")
    )
    return msgspec.json.decode(
        crypto.unseal(crypto.derive(key, "column"), sealed[2:], place=_town_place(place))
    )


def hash_word(word: str) -> bytes:
    """Return the keyed hash by which a word is found in this town and in no other (S71)."""
    key = ports.key_store().search_key(tenancy.current_id())
    return crypto.keyed_hash(key, word)


def _place(dossier_id: UUID, place: str) -> str:
    return f"{tenancy.current_id()}/{dossier_id}/{place}"


def _town_place(place: str) -> str:
    return f"{tenancy.current_id()}/{place}"
