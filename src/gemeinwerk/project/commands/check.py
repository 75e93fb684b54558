"""`gemeinwerk check --deploy`: is this installation fit for real people?"""

from __future__ import annotations

import argparse
import json

HELP = "check this installation (Prüfung der Betriebsbereitschaft)"

_MARKS = {"ok": "ok  ", "weak": "WEAK", "warning": "warn"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--deploy", action="store_true", help="judge as for production; without it weak facts pass"
    )
    parser.add_argument("--json", action="store_true", help="print the facts as JSON")


def run(args: argparse.Namespace) -> int:
    """Show every fact; with --deploy the exit code is 1 when one is weak."""
    from gemeinwerk.project import django_setup

    django_setup.start("web", plug=False)
    from gemeinwerk.project.deployment import all_facts

    facts = all_facts()
    weak = [found for found in facts if found.state == "weak"]
    if args.json:
        shown = [
            {name: getattr(found, name) for name in ("name", "state", "german", "english")}
            for found in facts
        ]
        print(json.dumps({"fit": not weak, "facts": shown}, ensure_ascii=False, indent=1))
    else:
        for found in facts:
            print(f"{_MARKS[found.state]}  {found.name:<28} {found.english}")
        print(f"\n{len(facts)} facts, {len(weak)} weak")
    return 1 if weak and args.deploy else 0
