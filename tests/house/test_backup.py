"""The drill: back up, lose, restore, and find everything but what was shredded (S66, S72)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import pytest

from gemeinwerk.connectors.file_store import FileStore
from gemeinwerk.connectors.key_store import KeyGoneError, KeyStore, TownKeyMissingError
from gemeinwerk.core.kernel import new_id
from gemeinwerk.project import backups
from gemeinwerk.project.backups import manifest, restoring
from gemeinwerk.project.command_line import main
from gemeinwerk.project.launcher import LauncherError, roles
from gemeinwerk.project.launcher.postgres import Cluster
from gemeinwerk.project.launcher.roles import connect
from tests.database import migrate

TOWN = 1
BLOB = "ab" * 20


class TownHall:
    """A data folder with its own cluster."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.cluster = Cluster(data, durable=False)
        self.cluster.start()
        restoring.prepare_target(roles.ensure_owner(self.cluster), data)

    @property
    def owner(self) -> roles.DatabaseAddress:
        """Who restores: no superuser."""
        return roles.ensure_owner(self.cluster)

    @property
    def database(self) -> roles.DatabaseAddress:
        return self.cluster.superuser("gemeinwerk")


@pytest.fixture
def live(open_folder: Path) -> Iterator[TownHall]:
    hall = TownHall(open_folder / "live")
    owner = roles.ensure_owner(hall.cluster)
    migrate(
        hall.data, f"postgresql://{owner.user}:{owner.password}@/{owner.name}?host={owner.host}"
    )
    with connect(hall.database) as connection:
        connection.execute(
            "INSERT INTO municipalities_municipality"
            " (key, slug, name, kind, state, population, brand, contact, legal, created_at)"
            " VALUES ('1', 'lindenau', 'Lindenau', 'Stadt', 'SN', 1, '{}', '{}', '{}', now())"
        )
    yield hall
    hall.cluster.stop()


@pytest.fixture
def dossiers(live: TownHall) -> tuple[UUID, UUID]:
    store = KeyStore(live.data / "keys")
    store.create_town(TOWN)
    kept, shredded = new_id(), new_id()
    for dossier in (kept, shredded):
        store.create(TOWN, dossier)
    FileStore(live.data / "files").put(BLOB, b"sealed")
    return kept, shredded


@pytest.fixture
def target(open_folder: Path) -> Iterator[TownHall]:
    hall = TownHall(open_folder / "restored")
    yield hall
    hall.cluster.stop()


def test_the_drill(
    live: TownHall, dossiers: tuple[UUID, UUID], target: TownHall, open_folder: Path
) -> None:
    kept, shredded = dossiers
    key = KeyStore(live.data / "keys").get(TOWN, kept)
    made = backups.make(live.data, live.database, open_folder / "copy", with_town_keys=True)
    assert made.rows["municipalities_municipality"] == 1
    KeyStore(live.data / "keys").shred(TOWN, shredded)  # after the backup was made

    restored = backups.restore(
        open_folder / "copy",
        target.data,
        target.owner,
        keys=open_folder / "copy-keys",
        live_keys=live.data / "keys",
    )
    assert restored.rows == made.rows
    assert restoring.towns_without_keys(target.data) == []
    with connect(target.database) as connection:
        query = "SELECT slug FROM municipalities_municipality"
        assert connection.execute(query).fetchall() == [("lindenau",)]
    assert FileStore(target.data / "files").get(BLOB) == b"sealed"
    store = KeyStore(target.data / "keys")
    assert store.get(TOWN, kept) == key
    with pytest.raises(KeyGoneError):
        store.get(TOWN, shredded)
    store.create(TOWN, new_id())  # and life goes on

    with pytest.raises(LauncherError, match="not empty"):
        backups.restore(open_folder / "copy", target.data, target.owner, keys=None, live_keys=None)


def test_a_foreign_server_takes_and_gives_backups(
    live: TownHall,
    dossiers: tuple[UUID, UUID],
    target: TownHall,
    open_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The other cluster stands for a server elsewhere, with an owner of another name."""
    with connect(target.cluster.superuser()) as connection:
        connection.execute("DROP DATABASE gemeinwerk")
        connection.execute("DROP ROLE gemeinwerk_web, gemeinwerk_worker")
        connection.execute("CREATE ROLE stadt LOGIN CREATEROLE PASSWORD 'p%/:'")
        connection.execute("CREATE ROLE reader LOGIN BYPASSRLS PASSWORD 'p' IN ROLE stadt")
        connection.execute("CREATE DATABASE amt OWNER stadt TEMPLATE template0")
    socket = quote(str(target.cluster.socket_folder), safe="")
    made = backups.make(live.data, live.database, open_folder / "copy", with_town_keys=True)
    data = open_folder / "moved"
    monkeypatch.setenv("GEMEINWERK_DATA", str(data))
    monkeypatch.setenv("DATABASE_URL", f"postgresql://stadt:p%25%2F%3A@/amt?host={socket}")
    assert main(["restore", str(open_folder / "copy"), "--no-tombstones"]) == 0
    assert not (data / "postgres").exists()
    assert KeyStore(data / "keys").get(TOWN, dossiers[0])
    with connect(replace(target.cluster.superuser("amt"))) as connection:
        query = "SELECT tableowner FROM pg_tables WHERE schemaname = 'public'"
        assert set(connection.execute(query)) == {("stadt",)}
    web = (data / "secrets" / "web.secret").read_text().strip()
    address = replace(target.cluster.superuser("amt"), user="gemeinwerk_web", password=web)
    with connect(address) as connection:  # behind the walls again
        query = "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'cases_case'"
        assert connection.execute(query).fetchall() == [(True,)]

    again = str(open_folder / "again")
    assert main(["backup", again]) == 2  # the owner does not see past the walls
    assert "GEMEINWERK_BACKUP_URL" in capsys.readouterr().err
    monkeypatch.setenv("GEMEINWERK_BACKUP_URL", f"postgresql://reader:p@/amt?host={socket}")
    assert main(["backup", again + "2"]) == 0
    assert manifest.read(Path(again + "2")).rows == made.rows


def test_without_the_keys_of_the_town_nothing_opens(
    live: TownHall, dossiers: tuple[UUID, UUID], target: TownHall, open_folder: Path
) -> None:
    backups.make(live.data, live.database, open_folder / "copy", with_town_keys=False)
    secret = KeyStore(live.data / "keys").town_key(TOWN)[1].secret
    everything = [path for path in open_folder.glob("copy*/**/*") if path.is_file()]
    assert everything
    assert not any(secret in path.read_bytes() for path in everything)
    backups.restore(
        open_folder / "copy",
        target.data,
        target.owner,
        keys=open_folder / "copy-keys",
        live_keys=None,
    )
    with pytest.raises(TownKeyMissingError):
        KeyStore(target.data / "keys").get(TOWN, dossiers[0])
    assert restoring.towns_without_keys(target.data) == [str(TOWN)]


def test_the_command_asks_for_the_tombstones(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEMEINWERK_DATA", str(tmp_path / "new"))
    assert main(["restore", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "--tombstones ORDNER" in told
    assert "--no-tombstones" in told
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["database.dump", f"files/ab/{BLOB}", "manifest.json"])
def test_a_changed_backup_is_refused(
    live: TownHall, dossiers: tuple[UUID, UUID], open_folder: Path, name: str
) -> None:
    backups.make(live.data, live.database, open_folder / "copy", with_town_keys=False)
    path = open_folder / "copy" / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(LauncherError):
        backups.restore(
            open_folder / "copy", open_folder / "new", live.owner, keys=None, live_keys=None
        )


def test_a_full_folder_is_refused(live: TownHall, open_folder: Path) -> None:
    (open_folder / "copy").mkdir()
    (open_folder / "copy" / "x").touch()
    with pytest.raises(LauncherError, match="not empty"):
        backups.make(live.data, live.database, open_folder / "copy", with_town_keys=False)


def test_what_only_one_version_knows_is_left_out_but_never_from_rows() -> None:
    rows = b"COPY public.t (a) FROM stdin;\nSET transaction_timeout = 0;\n\\."
    script = b"SET transaction_timeout = 0;\nSET a = 1;\n" + rows
    marked = script + b"\nALTER TABLE ONLY public.t ALTER COLUMN a SET (pg_attver=314);\nSELECT 1;"
    assert restoring.portable(marked) == b"SET a = 1;\n" + rows + b"\nSELECT 1;"
