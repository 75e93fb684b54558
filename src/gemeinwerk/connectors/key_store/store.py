"""Keys of dossiers (Akten): one small file each, wrapped by the town's key.

Layout below the folder, all readable by this account only:

    town/<municipality>.json             keys of the town (or in the environment)
    dossiers/<municipality>/<xx>/<uuid>  wrapped key; xx are the last two digits of the id
    shredded/<municipality>/<xx>/<uuid>  tombstone: this key must never come back

A tombstone wins over a key, so that laying an older copy of `dossiers` back opens nothing that
was shredded since (S72). Backups carry the tombstones; restore joins them.
"""

from __future__ import annotations

import contextlib
import fcntl
import time
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from uuid import UUID

from gemeinwerk.connectors.key_store import durable
from gemeinwerk.connectors.key_store.errors import KeyExistsError, KeyGoneError
from gemeinwerk.connectors.key_store.towns import Towns
from gemeinwerk.core.kernel import crypto

_VERSION_BYTES = 4


class KeyStore:
    """Makes, finds, rewraps and destroys keys; safe for many threads and processes.

    A found key is remembered for `life` seconds; another process may read a shredded dossier
    for that long. `town_keys` (JSON) replaces the files of the towns.
    """

    def __init__(
        self, folder: Path, *, town_keys: str = "", life: float = 10.0, remembered: int = 2000
    ) -> None:
        self._folder = folder
        # By itself: the mode would not hold for parents that are made on the way.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in ("town", "dossiers", "shredded"):
            (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        self._towns = Towns(folder / "town", town_keys)
        self._life = life
        self._remembered = remembered
        self._cache: OrderedDict[tuple[int, UUID], tuple[float, crypto.Key]] = OrderedDict()
        self._guard = Lock()

    def create_town(self, municipality_id: int) -> None:
        """Make the keys and folders of a town; harmless when they are there."""
        with self._locked(municipality_id):
            for part in ("dossiers", "shredded"):
                folder = self._folder / part / str(int(municipality_id))
                # All folders now: making one later would cost a sync for each new key.
                for number in range(256):
                    (folder / f"{number:02x}").mkdir(mode=0o700, parents=True, exist_ok=True)
                durable.sync_folder(folder)
                durable.sync_folder(folder.parent)
            self._towns.create(municipality_id)

    def town_key(self, municipality_id: int, version: int | None = None) -> tuple[int, crypto.Key]:
        """Return (version, key): the newest, or the named version."""
        return self._towns.find(municipality_id).key(version)

    def town_key_of_version(self, municipality_id: int, version: int) -> crypto.Key:
        """Return one version of the town's key."""
        return self.town_key(municipality_id, version)[1]

    def search_key(self, municipality_id: int) -> crypto.Key:
        """Return the key of the search hashes; it stays the same over rotations."""
        return self._towns.find(municipality_id).search_key()

    def rotate_town(self, municipality_id: int) -> int:
        """Add a version of the town's key and return its number; `rewrap` brings dossiers over."""
        with self._locked(municipality_id):
            return self._towns.rotate(municipality_id)

    def create(self, municipality_id: int, dossier_id: UUID) -> crypto.Key:
        """Make the key of a new dossier; it is on the disk when this returns."""
        if self.shredded(municipality_id, dossier_id):
            raise KeyExistsError(dossier=str(dossier_id))
        key = crypto.new_key()
        wrapped = self._wrap(municipality_id, dossier_id, key)
        try:
            durable.create(self._path("dossiers", municipality_id, dossier_id), wrapped)
        except FileExistsError:
            raise KeyExistsError(dossier=str(dossier_id)) from None
        self._remember(municipality_id, dossier_id, key)
        return key

    def get(self, municipality_id: int, dossier_id: UUID) -> crypto.Key:
        """Return the key of a dossier; KeyGoneError when it was shredded or is not there."""
        with self._guard:
            known = self._cache.get((municipality_id, dossier_id))
        if known is not None and known[0] > time.monotonic():
            return known[1]
        if self.shredded(municipality_id, dossier_id):
            raise KeyGoneError(dossier=str(dossier_id))
        try:
            wrapped = self._path("dossiers", municipality_id, dossier_id).read_bytes()
        except FileNotFoundError:
            raise KeyGoneError(dossier=str(dossier_id)) from None
        key = self._unwrap(municipality_id, dossier_id, wrapped)
        self._remember(municipality_id, dossier_id, key)
        return key

    def shred(self, municipality_id: int, dossier_id: UUID) -> None:
        """Destroy the key of a dossier for ever; a second time does no harm."""
        with self._locked(municipality_id):
            # The tombstone first: after a crash in between, the key counts as gone.
            with contextlib.suppress(FileExistsError):
                durable.create(self._path("shredded", municipality_id, dossier_id), b"")
            durable.destroy(self._path("dossiers", municipality_id, dossier_id))
            with self._guard:
                self._cache.pop((municipality_id, dossier_id), None)

    def shredded(self, municipality_id: int, dossier_id: UUID) -> bool:
        """Say whether the key of this dossier was destroyed."""
        return self._path("shredded", municipality_id, dossier_id).exists()

    def rewrap(self, municipality_id: int) -> int:
        """Wrap every key of a town by its newest key; return how many had an older one."""
        newest, _ = self.town_key(municipality_id)
        changed = 0
        folder = self._folder / "dossiers" / str(int(municipality_id))
        for path in sorted(folder.glob("??/*-*")):
            if int.from_bytes(path.read_bytes()[:_VERSION_BYTES], "big") != newest:
                changed += self._rewrap_one(municipality_id, path)
        return changed

    def _rewrap_one(self, municipality_id: int, path: Path) -> int:
        with self._locked(municipality_id), contextlib.suppress(FileNotFoundError):
            dossier_id = UUID(path.name)
            if self.shredded(municipality_id, dossier_id):
                durable.destroy(path)  # a crash or a restore left it behind
                return 0
            key = self._unwrap(municipality_id, dossier_id, path.read_bytes())
            durable.replace(path, self._wrap(municipality_id, dossier_id, key))
            return 1
        return 0

    def _wrap(self, municipality_id: int, dossier_id: UUID, key: crypto.Key) -> bytes:
        version, town = self.town_key(municipality_id)
        place = f"dossier-key/{municipality_id}/{dossier_id}"
        sealed = crypto.seal(crypto.derive(town, "wrap"), key.secret, place=place)
        return version.to_bytes(_VERSION_BYTES, "big") + sealed

    def _unwrap(self, municipality_id: int, dossier_id: UUID, wrapped: bytes) -> crypto.Key:
        version = int.from_bytes(wrapped[:_VERSION_BYTES], "big")
        town = self.town_key_of_version(municipality_id, version)
        place = f"dossier-key/{municipality_id}/{dossier_id}"
        return crypto.Key(
            crypto.unseal(crypto.derive(town, "wrap"), wrapped[_VERSION_BYTES:], place=place)
        )

    def _remember(self, municipality_id: int, dossier_id: UUID, key: crypto.Key) -> None:
        with self._guard:
            self._cache[municipality_id, dossier_id] = (time.monotonic() + self._life, key)
            self._cache.move_to_end((municipality_id, dossier_id))
            if len(self._cache) > self._remembered:
                self._cache.popitem(last=False)

    def _path(self, part: str, municipality_id: int, dossier_id: UUID) -> Path:
        name = str(dossier_id)
        return self._folder / part / str(int(municipality_id)) / name[-2:] / name

    @contextlib.contextmanager
    def _locked(self, municipality_id: int) -> Iterator[None]:
        """Keep other processes from rotating, rewrapping or shredding in this town meanwhile."""
        lock = self._folder / f"{int(municipality_id)}.lock"
        with durable.open_lock(lock) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
