"""Facts of this machine: folders, keys, parts of the product, clock, disk, backup."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from gemeinwerk.connectors.typesetting import fonts
from gemeinwerk.project import backups, content
from gemeinwerk.project.deployment.facts import Fact, fact
from gemeinwerk.web.ui import static_files

LEAST_SPACE, GOOD_SPACE = 1, 10  # GB
BACKUP_AGE = timedelta(days=2)
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)


def keys() -> Iterator[Fact]:
    """Keys lie where only this account reads them, apart from the database (S71)."""
    data: Path = settings.ENVIRONMENT.data
    folder = data / "keys"
    yield fact(
        "keys.folder_closed",
        not folder.exists() or not _open_to_others(folder),
        f"Der Schlüsselordner {folder} gehört nur diesem Konto (0700).",
        f"The key folder {folder} is open to this account only (0700).",
    )
    loose = [path for path in _files(folder) if _open_to_others(path)]
    yield fact(
        "keys.files_closed",
        not loose,
        f"Schlüsseldateien liest nur dieses Konto (0600); offen sind {len(loose)}.",
        f"Key files are read by this account only (0600); {len(loose)} are open.",
    )
    database = (data / "postgres").resolve()
    yield fact(
        "keys.apart",
        not folder.resolve().is_relative_to(database)
        and not database.is_relative_to(folder.resolve()),
        "Schlüssel und Datenbank liegen in getrennten Ordnern.",
        "Keys and database lie in separate folders.",
    )
    secrets = [path for path in _files(data / "secrets") if _open_to_others(path)]
    yield fact(
        "secrets.closed",
        (data / "secrets").is_dir() and not _open_to_others(data / "secrets") and not secrets,
        "Den Ordner secrets und seine Dateien liest nur dieses Konto.",
        "The folder secrets and its files are read by this account only.",
    )


def folders() -> Iterator[Fact]:
    """Uploads and logs are closed to other accounts and lie outside what the web serves."""
    data: Path = settings.ENVIRONMENT.data
    present = [data / name for name in ("files", "logs", "mail") if (data / name).exists()]
    yield fact(
        "folders.closed",
        not any(_open_to_others(folder) for folder in present),
        "Dateien und Protokolle liest nur dieses Konto (0700).",
        "Files and logs are read by this account only (0700).",
    )
    yield fact(
        "folders.not_served",
        not data.is_relative_to(static_files.FOLDER)
        and not static_files.FOLDER.is_relative_to(data),
        "Der Datenordner liegt nicht unter dem, was im Netz ausgeliefert wird.",
        "The data folder does not lie below what is served.",
    )
    yield fact(
        "account.unprivileged",
        os.getuid() != 0,
        "Gemeinwerk läuft unter einem eigenen Konto, nicht als root.",
        "Gemeinwerk runs under an account of its own, not as root.",
        grave=False,
    )


def parts() -> Iterator[Fact]:
    """What has to be shipped with the product."""
    shipped = content.folder()
    yield fact(
        "content.present",
        (shipped / "packages").is_dir() and any((shipped / "packages").iterdir()),
        f"Die mitgelieferten Leistungen sind da ({shipped}).",
        f"The shipped services are there ({shipped}).",
    )
    yield fact(
        "front_end.present",
        all((static_files.FOLDER / "vendor" / name).is_file() for name in ("kern.css", "htmx.js")),
        "Die Teile der Oberfläche sind da; sonst scripts/frontend ausführen.",
        "The front-end parts are there; otherwise run scripts/frontend.",
    )
    yield fact(
        "fonts.present",
        any(fonts.font_directory().glob("*.ttf")),
        "Die Schriften für Bescheide sind da.",
        "The fonts of notices are there.",
    )
    yield fact(
        "python.version",
        sys.version_info >= (3, 11),
        "Python ist 3.11 oder neuer.",
        "Python is 3.11 or newer.",
    )


def time() -> Iterator[Fact]:
    """Periods and dates in notices hang on zone and clock."""
    try:
        known = ZoneInfo("Europe/Berlin").utcoffset(datetime(2026, 7, 1)) == timedelta(hours=2)  # noqa: DTZ001  # the zone is what is asked for
    except ZoneInfoNotFoundError:
        known = False
    yield fact(
        "time.zone",
        known and settings.TIME_ZONE == "Europe/Berlin" and settings.USE_TZ,
        "Die Zeitzone Europe/Berlin ist bekannt und eingestellt.",
        "The time zone Europe/Berlin is known and set.",
    )
    yield fact(
        "time.clock",
        datetime.now(UTC) > RELEASED,
        "Die Uhr dieses Rechners geht nicht Jahre nach.",
        "The clock of this machine is not years late.",
    )


def disk() -> Iterator[Fact]:
    """Space, and the age of the last backup."""
    data: Path = settings.ENVIRONMENT.data
    free = shutil.disk_usage(data).free / 1e9
    yield fact(
        "disk.not_full",
        free >= LEAST_SPACE,
        f"Auf der Platte von {data} ist mehr als {LEAST_SPACE} GB frei.",
        f"The disk of {data} has more than {LEAST_SPACE} GB left.",
    )
    yield fact(
        "disk.space",
        free >= GOOD_SPACE,
        f"Auf der Platte sind {GOOD_SPACE} GB frei; jetzt sind es {free:.0f} GB.",
        f"The disk has {GOOD_SPACE} GB left; now it is {free:.0f} GB.",
        grave=False,
    )
    stamp = data / backups.STAMP
    made = datetime.fromtimestamp(stamp.stat().st_mtime, UTC) if stamp.exists() else None
    yield fact(
        "backup.recent",
        made is not None and datetime.now(UTC) - made < BACKUP_AGE,
        "Die letzte Sicherung (gemeinwerk backup) ist jünger als zwei Tage.",
        "The last backup (gemeinwerk backup) is younger than two days.",
        grave=False,
    )


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077)


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()


LOOKS = (keys, folders, parts, time, disk)
