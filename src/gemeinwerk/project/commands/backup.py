"""`gemeinwerk backup`: database, files and keys, each to its place, while the service runs."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from gemeinwerk.project import environment

HELP = "make a backup (Datensicherung)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, help="new folder; keys go to FOLDER-keys beside it")
    parser.add_argument(
        "--with-keys", action="store_true", help="also copy the keys of the towns: guard them well"
    )
    parser.add_argument("--json", action="store_true", help="print the manifest")


def run(args: argparse.Namespace) -> int:
    """Make the backup and print what it holds."""
    from gemeinwerk.apps.security import SecurityEvent, note
    from gemeinwerk.project import backups, logs
    from gemeinwerk.project.django_setup import no_installation
    from gemeinwerk.project.launcher.holding import Holding
    from gemeinwerk.project.launcher.postgres import Cluster

    data = environment.read().data
    folder = args.folder.resolve()
    if foreign := os.environ.get("GEMEINWERK_BACKUP_URL") or os.environ.get("DATABASE_URL"):
        database = environment.parse_database_url(foreign)
        made = backups.make(data, database, folder, with_town_keys=args.with_keys)
    else:
        if not (data / "postgres").exists():
            raise no_installation(data)
        holding = Holding(Cluster(data))
        holding.enter()
        try:
            database = holding.cluster.superuser("gemeinwerk")
            made = backups.make(data, database, folder, with_town_keys=args.with_keys)
        finally:
            holding.leave()
    logs.configure()
    note(SecurityEvent.EXPORTED, what="backup", with_keys=int(args.with_keys))
    (data / backups.STAMP).touch()
    if args.json:
        print(json.dumps({"folder": str(folder), "rows": made.rows, "heads": made.heads}))
    else:
        print(f"{folder}: {sum(made.rows.values())} rows, {len(made.sums)} files, verified")
    return 0
