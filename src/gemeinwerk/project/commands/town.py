"""`gemeinwerk town`: take in a municipality with its offices, list those that are here."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemeinwerk.core.kernel import FaultsError
    from gemeinwerk.project.town_file import TownFile

HELP = "add and list towns (Kommunen)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="take in the town that a TOML file describes")
    add.add_argument("file", metavar="FILE", type=Path)
    listing = verbs.add_parser("list", help="list the towns")
    for verb in (add, listing):
        verb.add_argument("--json", action="store_true", help="print JSON for machines")


def run(args: argparse.Namespace) -> int:
    """Add as the owner of the tables, who alone may; list as the worker."""
    from gemeinwerk.core.kernel import FaultsError
    from gemeinwerk.project import django_setup, town_file

    if args.verb == "list":
        django_setup.start("worker")
        return show(args)
    try:
        town = town_file.read(args.file.read_bytes())
    except OSError as failure:
        print(f"{args.file}: {failure.strerror}", file=sys.stderr)
        return 2
    except FaultsError as wrong:
        _tell(args.file, wrong)
        return 1
    django_setup.start("owner", new=True)
    return add(args, town)


def add(args: argparse.Namespace, town: TownFile) -> int:
    """Create the town, its keys and its offices; Django has started."""
    from gemeinwerk.apps.audit import actions as audit
    from gemeinwerk.apps.identity import office
    from gemeinwerk.apps.municipalities import actions, queries, tenancy
    from gemeinwerk.core.access import system

    if any(town.key == other.key or town.slug == other.slug for other in queries.all_towns()):
        print(
            f"Den Schlüssel {town.key} oder den Namen {town.slug} gibt es schon.", file=sys.stderr
        )
        return 1
    facts = {name: getattr(town, name) for name in ("key", "slug", "name", "kind", "state")}
    rest = {name: getattr(town, name) for name in ("population", "brand", "contact", "legal")}
    made = actions.create_town(**facts, **rest)
    now = datetime.now(UTC)
    with tenancy.town(made.id):
        actor = system(made.id, name="command.town_add")
        audit.record(actor, "town.added", now=now, object_kind="town", object_id=str(made.id))
        for name in town.units:
            office.open_unit(actor=actor, name=name, email="", phone="", now=now)
    text = (
        f"{town.name} ist aufgenommen, mit {len(town.units)} Stellen. Weiter: gemeinwerk staff add"
    )
    print(json.dumps({"id": made.id, **facts}, ensure_ascii=False) if args.json else text)
    return 0


def show(args: argparse.Namespace) -> int:
    """List the towns; Django has started."""
    from gemeinwerk.apps.municipalities import queries

    names = ("id", "key", "slug", "name", "state", "population")
    rows = [{name: getattr(town, name) for name in names} for town in queries.all_towns()]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            print(f"{row['key']}  {row['slug']:<20} {row['name']} ({row['state']})")
    return 0


def _tell(path: Path, wrong: FaultsError) -> None:
    # Sentences come from the pages' texts, which read Django's settings; nothing is connected.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")
    from gemeinwerk.web.ui.wording import sentence

    for fault in wrong.faults:
        where = f"{path}: {fault.path}"
        print(f"{where}: {sentence(fault.code, fault.params)}", file=sys.stderr)
