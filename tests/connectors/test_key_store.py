"""Keys of towns and dossiers: made once, found, rotated, destroyed for ever."""

from __future__ import annotations

import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest

from gemeinwerk.connectors.key_store import (
    KeyExistsError,
    KeyGoneError,
    KeyStore,
    KeyStoreError,
    TownKeyMissingError,
)
from gemeinwerk.core.kernel import crypto, new_id

TOWN, OTHER = 7, 8


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def store(folder: Path) -> KeyStore:
    store = KeyStore(folder)
    store.create_town(TOWN)
    return store


def file_of(folder: Path, part: str, dossier: UUID, town: int = TOWN) -> Path:
    return folder / part / str(town) / str(dossier)[-2:] / str(dossier)


def test_a_new_key_is_found_by_another_process(store: KeyStore, folder: Path) -> None:
    dossier = new_id()
    key = store.create(TOWN, dossier)
    assert store.get(TOWN, dossier) == key
    assert KeyStore(folder).get(TOWN, dossier) == key


def test_the_file_is_private_and_holds_no_bare_key(store: KeyStore, folder: Path) -> None:
    dossier = new_id()
    key = store.create(TOWN, dossier)
    path = file_of(folder, "dossiers", dossier)
    assert path.stat().st_mode & 0o777 == 0o600
    assert key.secret not in path.read_bytes()
    assert (folder / "town" / "7.json").stat().st_mode & 0o777 == 0o600
    assert (folder / "7.lock").stat().st_mode & 0o777 == 0o600


def test_a_dossier_gets_only_one_key(store: KeyStore) -> None:
    dossier = new_id()
    store.create(TOWN, dossier)
    with pytest.raises(KeyExistsError):
        store.create(TOWN, dossier)


def test_an_unknown_dossier_has_no_key(store: KeyStore) -> None:
    with pytest.raises(KeyGoneError):
        store.get(TOWN, new_id())


def test_another_town_does_not_find_the_key(store: KeyStore, folder: Path) -> None:
    store.create_town(OTHER)
    dossier = new_id()
    store.create(TOWN, dossier)
    with pytest.raises(KeyGoneError):
        store.get(OTHER, dossier)
    target = file_of(folder, "dossiers", dossier, OTHER)
    shutil.copy(file_of(folder, "dossiers", dossier), target)
    with pytest.raises(crypto.UnsealError):
        store.get(OTHER, dossier)


def test_a_town_without_keys_is_refused(store: KeyStore) -> None:
    with pytest.raises(TownKeyMissingError):
        store.create(OTHER, new_id())


def test_creating_a_town_twice_keeps_its_keys(store: KeyStore) -> None:
    before = store.town_key(TOWN), store.search_key(TOWN)
    store.create_town(TOWN)
    assert (store.town_key(TOWN), store.search_key(TOWN)) == before


def test_rotation_keeps_old_keys_readable_and_the_search_key(store: KeyStore, folder: Path) -> None:
    dossier = new_id()
    key, search = store.create(TOWN, dossier), store.search_key(TOWN)
    other_process = KeyStore(folder)
    old_version, old = store.town_key(TOWN)
    assert store.rotate_town(TOWN) == old_version + 1
    assert other_process.town_key(TOWN)[0] == old_version + 1
    assert store.town_key_of_version(TOWN, old_version) == old
    assert store.search_key(TOWN) == search
    assert KeyStore(folder).get(TOWN, dossier) == key


def test_rewrap_brings_every_key_to_the_newest_version(store: KeyStore, folder: Path) -> None:
    keys = {dossier: store.create(TOWN, dossier) for dossier in (new_id() for _ in range(20))}
    store.rotate_town(TOWN)
    assert store.rewrap(TOWN) == 20
    assert store.rewrap(TOWN) == 0
    towns = json.loads((folder / "town" / "7.json").read_text())
    towns["versions"] = towns["versions"][1:]  # the first version is no longer needed
    (folder / "town" / "7.json").write_text(json.dumps(towns))
    fresh = KeyStore(folder)
    assert {dossier: fresh.get(TOWN, dossier) for dossier in keys} == keys


def test_a_shredded_key_is_gone_and_cannot_be_made_again(store: KeyStore, folder: Path) -> None:
    dossier = new_id()
    store.create(TOWN, dossier)
    store.shred(TOWN, dossier)
    store.shred(TOWN, dossier)
    assert store.shredded(TOWN, dossier)
    for reader in (store, KeyStore(folder)):
        with pytest.raises(KeyGoneError):
            reader.get(TOWN, dossier)
    with pytest.raises(KeyExistsError):
        store.create(TOWN, dossier)
    assert not file_of(folder, "dossiers", dossier).exists()


def test_an_older_copy_laid_back_opens_nothing(store: KeyStore, folder: Path) -> None:
    dossier = new_id()
    store.create(TOWN, dossier)
    path = file_of(folder, "dossiers", dossier)
    older = path.read_bytes()
    store.shred(TOWN, dossier)
    path.write_bytes(older)
    with pytest.raises(KeyGoneError):
        KeyStore(folder).get(TOWN, dossier)
    store.rotate_town(TOWN)
    assert store.rewrap(TOWN) == 0
    assert not path.exists()


def test_a_key_shredded_by_another_process_is_forgotten_soon(folder: Path) -> None:
    reader, shredder = KeyStore(folder, life=0.05), KeyStore(folder)
    shredder.create_town(TOWN)
    dossier = new_id()
    reader.create(TOWN, dossier)
    shredder.shred(TOWN, dossier)
    time.sleep(0.06)
    with pytest.raises(KeyGoneError):
        reader.get(TOWN, dossier)


def test_a_changed_file_does_not_open(store: KeyStore, folder: Path) -> None:
    dossier = new_id()
    store.create(TOWN, dossier)
    path = file_of(folder, "dossiers", dossier)
    changed = bytearray(path.read_bytes())
    changed[-1] ^= 1
    path.write_bytes(changed)
    with pytest.raises(crypto.UnsealError):
        KeyStore(folder).get(TOWN, dossier)


def test_few_keys_are_remembered(folder: Path) -> None:
    store = KeyStore(folder, remembered=3)
    store.create_town(TOWN)
    for _ in range(10):
        store.create(TOWN, new_id())
    assert len(store._cache) == 3


def test_keys_of_towns_may_come_from_the_environment(store: KeyStore, folder: Path) -> None:
    dossier = new_id()
    key = store.create(TOWN, dossier)
    given = '{"7": ' + (folder / "town" / "7.json").read_text() + "}"
    (folder / "town" / "7.json").unlink()
    from_environment = KeyStore(folder, town_keys=given)
    assert from_environment.get(TOWN, dossier) == key
    from_environment.create_town(TOWN)
    assert not (folder / "town" / "7.json").exists()
    with pytest.raises(TownKeyMissingError):
        from_environment.create_town(OTHER)
    with pytest.raises(KeyStoreError):
        from_environment.rotate_town(TOWN)


def test_many_threads_make_and_shred(store: KeyStore) -> None:
    def one(number: int) -> bool:
        dossier = new_id()
        store.create(TOWN, dossier)
        if number % 2:
            store.shred(TOWN, dossier)
        return store.shredded(TOWN, dossier)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(40))) == 20
