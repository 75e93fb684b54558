"""`gemeinwerk restore`: lay a backup back into a new data folder, verified."""

from __future__ import annotations

import argparse
import json
import os
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
    parser.add_argument("--json", action="store_true", help="print what was restored")


def run(args: argparse.Namespace) -> int:
    """Restore and print what was verified."""
    from gemeinwerk.project import backups
    from gemeinwerk.project.backups import restoring
    from gemeinwerk.project.launcher import roles
    from gemeinwerk.project.launcher.errors import LauncherError
    from gemeinwerk.project.launcher.holding import Holding
    from gemeinwerk.project.launcher.postgres import Cluster

    if os.environ.get("DATABASE_URL"):
        raise LauncherError(
            "restore arbeitet mit der eingebauten Datenbank; entfernen Sie DATABASE_URL.",
            "restore works with the embedded database; unset DATABASE_URL.",
        )
    data, folder = environment.read().data, args.folder.resolve()
    keys = args.keys or folder.with_name(folder.name + "-keys")
    holding = Holding(Cluster(data))
    holding.enter()
    try:
        restoring.prepare_target(roles.ensure_owner(holding.cluster), data)
        restored = backups.restore(
            folder,
            data,
            holding.cluster.superuser("gemeinwerk"),
            keys=keys if keys.exists() else None,
            live_keys=args.tombstones / "keys" if args.tombstones else None,
        )
    finally:
        holding.leave()
    if args.json:
        print(json.dumps({"data": str(data), "rows": restored.rows, "heads": restored.heads}))
    else:
        print(f"{data}: {sum(restored.rows.values())} rows restored and verified")
    return 0
