"""`gemeinwerk case`: make a case unreadable for ever."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from uuid import UUID

from gemeinwerk.project import towns

HELP = "make a case unreadable for ever (Vorgang vernichten)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    shred = verbs.add_parser("shred", help="destroy the key, the content and the files of a case")
    shred.add_argument("case", metavar="NUMBER|ID", help="case number (Aktenzeichen) or id")
    towns.add_town(shred)
    shred.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace) -> int:
    """Run as the worker's database role."""
    from gemeinwerk.core.kernel import NotFoundError
    from gemeinwerk.project import django_setup

    django_setup.start("worker")
    try:
        return shred(args)
    except NotFoundError:
        told = f"Den Vorgang {args.case} gibt es in {args.municipality} nicht."
        print(told, file=sys.stderr)
        return 1


def shred(args: argparse.Namespace) -> int:
    """Shred one case; Django has started."""
    from gemeinwerk.apps.cases import queries
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.security import SecurityEvent, note
    from gemeinwerk.core.access import system

    with towns.inside(args.municipality) as town_id:
        case_id = _id(args.case) or queries.id_by_number(args.case)
        question = f"Vorgang {args.case} für immer unlesbar machen, auch in Sicherungen?"
        if not towns.sure(args, question):
            print("Nichts geändert. Mit --yes ohne Rückfrage.", file=sys.stderr)
            return 1
        actions.shred_case(
            actor=system(town_id, name="command.case_shred"),
            case_id=case_id,
            reason="ordered",
            now=datetime.now(UTC),
        )
        note(SecurityEvent.KEY_USED, what="shredded", subject=str(case_id))
    print(f"Vorgang {args.case}: Schlüssel vernichtet, Inhalte und Dateien gelöscht.")
    return 0


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
