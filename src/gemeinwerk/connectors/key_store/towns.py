"""Keys of towns: one JSON file per town with all versions, or all towns in the environment."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from gemeinwerk.connectors.key_store import durable
from gemeinwerk.connectors.key_store.errors import KeyStoreError, TownKeyMissingError
from gemeinwerk.core.kernel import crypto


class Version(msgspec.Struct, frozen=True):
    """One version of a town's key; `secret` is base64."""

    id: int
    created: str
    secret: str


class TownKeys(msgspec.Struct, frozen=True):
    """All keys of a town; `search` never changes, or no stored hash would be found again."""

    search: str
    versions: tuple[Version, ...]

    def key(self, version: int | None = None) -> tuple[int, crypto.Key]:
        """Return the newest or the named version."""
        for found in reversed(self.versions):
            if version is None or found.id == version:
                return found.id, _key(found.secret)
        raise TownKeyMissingError(version=version or 0)

    def search_key(self) -> crypto.Key:
        """Return the key of the search hashes."""
        return _key(self.search)


class Towns:
    """Reads and writes `<folder>/<municipality id>.json`.

    `given` (JSON: town id -> TownKeys) comes from the environment; then nothing is written.
    """

    def __init__(self, folder: Path, given: str = "") -> None:
        self._folder = folder
        self._given: Mapping[str, TownKeys] | None = (
            msgspec.json.decode(given, type=dict[str, TownKeys]) if given else None
        )
        self._read: dict[int, tuple[int, TownKeys]] = {}

    def find(self, municipality_id: int) -> TownKeys:
        """Return the keys of a town; a rotation by another process is seen at once."""
        if self._given is not None:
            found = self._given.get(str(municipality_id))
            if found is None:
                raise TownKeyMissingError(municipality=municipality_id)
            return found
        path = self.path(municipality_id)
        try:
            changed = path.stat().st_mtime_ns
        except FileNotFoundError:
            raise TownKeyMissingError(municipality=municipality_id) from None
        known = self._read.get(municipality_id)
        if known is None or known[0] != changed:
            known = (changed, msgspec.json.decode(path.read_bytes(), type=TownKeys))
            self._read[municipality_id] = known
        return known[1]

    def create(self, municipality_id: int) -> None:
        """Make the first keys of a town; a town that has keys keeps them."""
        if self._given is not None:
            self.find(municipality_id)
            return
        keys = TownKeys(search=_new(), versions=(_version(1),))
        try:
            durable.create(self.path(municipality_id), msgspec.json.encode(keys))
        except FileExistsError:
            self.find(municipality_id)

    def rotate(self, municipality_id: int) -> int:
        """Add a version, which seals from now on; older ones still open. Returns its id."""
        if self._given is not None:
            raise KeyStoreError(why="environment")
        keys = self.find(municipality_id)
        newest = keys.versions[-1].id + 1
        changed = TownKeys(search=keys.search, versions=(*keys.versions, _version(newest)))
        durable.replace(self.path(municipality_id), msgspec.json.encode(changed))
        self._read.pop(municipality_id, None)
        return newest

    def path(self, municipality_id: int) -> Path:
        """Return the file of a town."""
        return self._folder / f"{int(municipality_id)}.json"


def _version(number: int) -> Version:
    return Version(id=number, created=datetime.now(UTC).isoformat(), secret=_new())


def _new() -> str:
    return base64.b64encode(crypto.new_key().secret).decode()


def _key(secret: str) -> crypto.Key:
    return crypto.Key(base64.b64decode(secret))
