"""`gemeinwerk api-key`: keys with which partners of a town send applications."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from gemeinwerk.project import towns

if TYPE_CHECKING:
    from gemeinwerk.apps.identity.partners import KeyRow

HELP = "add, list and revoke API keys of partners (API-Schlüssel)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="make a key; prints it once")
    add.add_argument("--name", required=True, help="who will send with it")
    add.add_argument(
        "--service",
        action="append",
        required=True,
        metavar="SLUG",
        help="service it may send to; several times, or * for all",
    )
    add.add_argument("--days", type=int, default=365, help="how long it is valid (default 365)")
    revoke = verbs.add_parser("revoke", help="end a key at once")
    revoke.add_argument("id", metavar="ID", help="as `list` prints it")
    listing = verbs.add_parser("list", help="list the keys")
    for verb in (add, revoke, listing):
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
        return {"add": _add, "revoke": _revoke, "list": _list}[args.verb](args, town_id)


def _add(args: argparse.Namespace, town_id: int) -> int:
    from gemeinwerk.apps.catalogue import queries as catalogue
    from gemeinwerk.apps.identity import partners
    from gemeinwerk.core.access import system

    known = {offer.slug for offer in catalogue.live_offers()} | {partners.EVERY_SERVICE}
    unknown = [slug for slug in args.service if slug not in known]
    if unknown:
        print(f"Die Leistung „{unknown[0]}“ gibt es hier nicht.", file=sys.stderr)
        return 2
    now = datetime.now(UTC)
    days = max(0, min(args.days, partners.LONGEST.days + 1))  # both ends are refused with a word
    row, text = partners.add_key(
        actor=system(town_id, name="command.api_key"),
        name=args.name,
        services=args.service,
        expires_at=now + timedelta(days=days),
        now=now,
    )
    told = f"{row.name}: gültig bis {row.expires_at:%d.%m.%Y}. Schlüssel (nur jetzt): {text}"
    print(json.dumps({**_facts(row), "key": text}) if args.json else told)
    return 0


def _revoke(args: argparse.Namespace, town_id: int) -> int:
    from gemeinwerk.apps.identity import partners
    from gemeinwerk.core.access import system
    from gemeinwerk.core.kernel import NotFoundError

    try:
        actor = system(town_id, name="command.api_key")
        partners.revoke_key(actor=actor, key_id=UUID(args.id), now=datetime.now(UTC))
    except (NotFoundError, ValueError):
        print("Diesen Schlüssel gibt es nicht, oder er ist schon beendet.", file=sys.stderr)
        return 1
    print(json.dumps({"id": args.id}) if args.json else "Der Schlüssel gilt nicht mehr.")
    return 0


def _list(args: argparse.Namespace, town_id: int) -> int:
    from gemeinwerk.apps.identity import partners
    from gemeinwerk.core.access import system

    rows = partners.keys(system(town_id, name="command.api_key"))
    if args.json:
        print(json.dumps([_facts(row) for row in rows], ensure_ascii=False))
        return 0
    for row in rows:
        state = "beendet" if row.revoked_at else f"bis {row.expires_at:%d.%m.%Y}"
        print(f"{row.id}  {row.hint}…  {row.name}  {' '.join(row.services)}  {state}")
    return 0


def _facts(row: KeyRow) -> dict[str, object]:
    return {
        "id": str(row.id),
        "name": row.name,
        "hint": row.hint,
        "services": list(row.services),
        "expires_at": row.expires_at.isoformat(),
        "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
    }
