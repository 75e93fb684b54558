"""`gemeinwerk keys`: list and rotate the keys of towns, while everything runs on."""

from __future__ import annotations

import argparse
import json

from gemeinwerk.project import towns

HELP = "list and rotate the keys of towns (Schlüssel)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    rotate = verbs.add_parser("rotate", help="new key for a town; wraps and seals everything anew")
    towns.add_town(rotate)
    listing = verbs.add_parser("list", help="list towns with the version of their key")
    towns.add_town(listing, required=False)
    for verb in (rotate, listing):
        verb.add_argument("--json", action="store_true", help="print JSON for machines")


def run(args: argparse.Namespace) -> int:
    """Run as the worker's database role."""
    from gemeinwerk.project import django_setup

    django_setup.start("worker")
    return rotate(args) if args.verb == "rotate" else show(args)


def rotate(args: argparse.Namespace) -> int:
    """Rotate the key of one town; Django has started.

    The new version seals from the first step on, older versions still open: no step needs a
    pause, and a run that was cut off is finished by the next one.
    """
    from gemeinwerk.apps.security import SecurityEvent, note
    from gemeinwerk.project import rotation

    with towns.inside(args.municipality) as town_id:
        done = rotation.new_version(town_id)
    with towns.inside(args.municipality) as town_id:
        done |= rotation.seal_anew(town_id)
        note(SecurityEvent.KEY_USED, what="rotated")
    if args.json:
        print(json.dumps({"municipality": args.municipality, **done}))
    else:
        print(
            f"{args.municipality}: Schlüssel Fassung {done['version']}, "
            f"{done['dossiers']} Vorgangsschlüssel neu verpackt, "
            f"{done['columns']} Spalten neu versiegelt."
        )
    return 0


def show(args: argparse.Namespace) -> int:
    """List the newest key version of each town; never a key."""
    from gemeinwerk.apps import ports

    rows = []
    for slug in towns.slugs(args.municipality):
        with towns.inside(slug) as town_id:
            version, _ = ports.key_store().town_key(town_id)
            rows.append({"municipality": slug, "version": version})
    if args.json:
        print(json.dumps(rows))
    else:
        for row in rows:
            print(f"{row['municipality']}: Fassung {row['version']}")
    return 0
