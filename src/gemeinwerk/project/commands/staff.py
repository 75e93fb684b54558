"""`gemeinwerk staff`: the first operator of a town comes from here, all others from the pages."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from gemeinwerk.core.access import Role
from gemeinwerk.project import towns

HELP = "add, list and remove staff (Beschäftigte)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="add a person; prints the enrolment code once")
    add.add_argument("--name", required=True, help="first and last name")
    add.add_argument("--email", required=True, help="address at work")
    add.add_argument(
        "--role",
        action="append",
        choices=[str(role) for role in Role],
        default=[],
        help="may be given several times",
    )
    add.add_argument("--unit", action="append", default=[], help="name of a unit (Stelle)")
    leave = verbs.add_parser("leave", help="a person has left: all access ends")
    leave.add_argument("--email", required=True, help="address at work")
    leave.add_argument("--yes", action="store_true", help="do not ask")
    listing = verbs.add_parser("list", help="list the present staff")
    for verb in (add, leave, listing):
        towns.add_town(verb)
        verb.add_argument("--json", action="store_true", help="print JSON for machines")


def run(args: argparse.Namespace) -> int:
    """Run as the worker's database role."""
    from gemeinwerk.project import django_setup

    django_setup.start("worker")
    return in_town(args)


def in_town(args: argparse.Namespace) -> int:
    """Run one subcommand behind the wall of the town; Django has started."""
    with towns.inside(args.municipality) as town_id:
        return {"add": _add, "leave": _leave, "list": _list}[args.verb](args, town_id)


def _add(args: argparse.Namespace, town_id: int) -> int:
    from gemeinwerk.apps.identity import office
    from gemeinwerk.apps.municipalities import queries

    units = {unit.name: unit.id for unit in queries.units()}
    unknown = [name for name in args.unit if name not in units]
    if unknown or "@" not in args.email or not args.name.strip():
        what = f"Stelle „{unknown[0]}“" if unknown else "Name oder Adresse"
        print(f"{what} ist so nicht zu gebrauchen.", file=sys.stderr)
        return 2
    staff, code = office.add_person(
        actor=_actor(town_id),
        name=args.name.strip(),
        email=args.email,
        roles=[Role(text) for text in args.role],
        unit_ids=[units[name] for name in args.unit],
        now=datetime.now(UTC),
    )
    facts = {"id": str(staff.id), "email": staff.email, "code": code}
    text = f"{staff.name} ist aufgenommen. Einrichtungscode (drei Tage, einmal): {code}"
    print(json.dumps(facts) if args.json else text)
    return 0


def _leave(args: argparse.Namespace, town_id: int) -> int:
    from gemeinwerk.apps.identity import office
    from gemeinwerk.apps.municipalities import queries

    wanted = args.email.strip().lower()
    found = [staff for staff in queries.staff_members() if staff.email == wanted]
    if not found or not towns.sure(args, f"{found[0].name}: alle Zugänge beenden?"):
        print("Nichts geändert: niemand mit dieser Adresse, oder --yes fehlt.", file=sys.stderr)
        return 1
    office.person_leaves(actor=_actor(town_id), staff_id=found[0].id, now=datetime.now(UTC))
    text = f"{found[0].name} ist ausgeschieden."
    print(json.dumps({"id": str(found[0].id)}) if args.json else text)
    return 0


def _list(args: argparse.Namespace, town_id: int) -> int:
    from gemeinwerk.apps.municipalities import queries

    rows: list[dict[str, Any]] = [
        {"id": str(staff.id), "name": staff.name, "email": staff.email, "roles": staff.roles}
        for staff in queries.staff_members()
    ]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['name']} <{row['email']}>: {', '.join(row['roles']) or 'keine Rolle'}")
    return 0


def _actor(town_id: int) -> Any:
    from gemeinwerk.core.access import system

    return system(town_id, name="command.staff")
