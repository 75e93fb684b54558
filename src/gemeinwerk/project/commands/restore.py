"""`gemeinwerk restore`: lay a backup back into a new data folder and an empty database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gemeinwerk.project import environment

HELP = "restore a backup into a new data folder (Wiederherstellung)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, help="folder that `gemeinwerk backup` wrote")
    parser.add_argument("--keys", type=Path, metavar="DIR", help="its keys; default: FOLDER-keys")
    parser.add_argument(
        "--tombstones",
        type=Path,
        metavar="DIR",
        help="data folder of the live installation: what was shredded there stays unreadable",
    )
    parser.add_argument(
        "--no-tombstones",
        action="store_true",
        help="the live installation is lost: cases shredded since the backup open again",
    )
    parser.add_argument("--json", action="store_true", help="print what was restored")


def run(args: argparse.Namespace) -> int:
    """Restore and print what was verified; 1 while keys of towns are missing."""
    from gemeinwerk.project import backups
    from gemeinwerk.project.backups import restoring

    _refuse_wrong_use(args)
    data, folder = environment.read().data, args.folder.resolve()
    keys = args.keys or folder.with_name(folder.name + "-keys")
    with _owner(data) as owner:
        restoring.prepare_target(owner, data)
        restored = backups.restore(
            folder,
            data,
            owner,
            keys=keys if keys.exists() else None,
            live_keys=args.tombstones / "keys" if args.tombstones else None,
        )
    missing = [] if environment.read().town_keys else restoring.towns_without_keys(data)
    if args.json:
        facts = {"rows": restored.rows, "heads": restored.heads, "towns_without_keys": missing}
        print(json.dumps({"data": str(data), **facts}))
    else:
        print(f"{data}: {sum(restored.rows.values())} rows restored and verified")
    if missing:
        _tell_missing(missing, data / "keys" / "town")
    return 1 if missing else 0


@contextmanager
def _owner(data: Path) -> Iterator[environment.DatabaseAddress]:
    """Give the owner of the database: of the embedded one, or the one DATABASE_URL names."""
    from gemeinwerk.project.launcher import preparation
    from gemeinwerk.project.launcher.holding import Holding
    from gemeinwerk.project.launcher.postgres import Cluster

    if foreign := os.environ.get("DATABASE_URL"):
        owner = environment.parse_database_url(foreign)
        preparation.check_reachable(owner)
        yield owner
        return
    holding = Holding(Cluster(data))
    holding.enter()
    try:
        yield preparation.owner_of(holding.cluster)
    finally:
        holding.leave()


def _refuse_wrong_use(args: argparse.Namespace) -> None:
    from gemeinwerk.project.launcher.errors import LauncherError

    if not args.tombstones and not args.no_tombstones:
        raise LauncherError(
            "Was seit der Sicherung vernichtet wurde, darf nicht wieder lesbar werden. Nennen Sie"
            " den Datenordner des bisherigen Betriebs: --tombstones ORDNER. Ist er verloren:"
            " --no-tombstones.",
            "What was shredded since the backup must stay unreadable. Name the data folder of the"
            " live installation: --tombstones DIR. If it is lost: --no-tombstones.",
        )


def _tell_missing(towns: list[str], place: Path) -> None:
    named = ", ".join(towns)
    print(
        f"Die Schlüssel der Kommunen fehlen ({named}): Noch lässt sich kein Vorgang öffnen. Legen"
        f" Sie sie in {place}.\n"
        f"The keys of towns {named} are missing: no case opens until they lie in {place}.",
        file=sys.stderr,
    )
