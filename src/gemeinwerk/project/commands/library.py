"""`gemeinwerk library`: search the blocks (Bausteine) of the loaded schemas."""

from __future__ import annotations

import argparse
import json
import sys

from gemeinwerk.project import towns
from gemeinwerk.project.environment import SettingError

HELP = "search the block library (Bausteinbibliothek)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    search = verbs.add_parser("search", help="search groups and fields for words")
    search.add_argument("words", metavar="WORD", nargs="+")
    search.add_argument("--kind", choices=("group", "field"), default="", help="only these")
    search.add_argument("--limit", type=int, default=20, help="most results (default 20)")
    search.add_argument("--json", action="store_true", help="print JSON for machines")
    reindex = verbs.add_parser("reindex", help="write the index anew from the loaded schemas")
    for verb in (search, reindex):
        towns.add_town(verb)


def run(args: argparse.Namespace) -> int:
    """Run one subcommand, with a town as the worker's database role."""
    from gemeinwerk.project import django_setup

    django_setup.start("worker")
    return in_town(args)


def in_town(args: argparse.Namespace) -> int:
    """Run one subcommand behind the wall of the town; Django has started."""
    from gemeinwerk.apps.library import blocks
    from gemeinwerk.core.access import system

    try:
        with towns.inside(args.municipality) as town_id:
            actor = system(town_id, name=f"library {args.verb}")
            if args.verb == "reindex":
                print(f"{blocks.reindex(actor)} Schemas verzeichnet.")
                return 0
            words = " ".join(args.words)
            found = blocks.search(actor, words, kind=args.kind, limit=args.limit)
    except SettingError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    if args.json:
        rows = [
            {"id": row.id, "kind": row.kind, "name": row.name}
            | {"versions": list(row.versions), "used_in": row.used_in}
            for row in found
        ]
        print(json.dumps({"blocks": rows}, ensure_ascii=False))
        return 0
    for row in found:
        print(f"{row.id:<14} {row.versions[0]:<8} {row.used_in:>3}  {row.name}")
    print(f"{len(found)} Bausteine; die dritte Spalte zählt die Schemas, die ihn verwenden.")
    return 0
