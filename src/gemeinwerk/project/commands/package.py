"""`gemeinwerk package`: check a service package on disk and replay its test cases."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from gemeinwerk.core.kernel import FaultsError
from gemeinwerk.core.packages import Package, replay
from gemeinwerk.project import content

HELP = "check and test a service package (Leistungspaket)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="tell everything that is wrong with a package")
    test = verbs.add_parser("test", help="check it and replay its test cases (Testfälle)")
    for verb in (check, test):
        verb.add_argument("folder", metavar="DIR", type=Path)
        verb.add_argument("--json", action="store_true", help="print JSON for machines")


def run(args: argparse.Namespace) -> int:
    """Load the package; no database is needed."""
    if not args.folder.is_dir():
        print(f"{args.folder}: Das ist kein Ordner.", file=sys.stderr)
        return 2
    try:
        package = content.package_in(args.folder)
    except FaultsError as wrong:
        return _faulty(args, wrong)
    return _replayed(args, package) if args.verb == "test" else _sound(args, package)


def _sound(args: argparse.Namespace, package: Package) -> int:
    if args.json:
        told = {"key": package.key, "version": package.version, "faults": []}
        print(json.dumps(told))
    else:
        print(f"{package.key} {package.version}: in Ordnung, {len(package.tests)} Testfälle")
    return 0


def _faulty(args: argparse.Namespace, wrong: FaultsError) -> int:
    # Sentences come from the pages' texts, which read Django's settings; nothing is connected.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")
    from gemeinwerk.web.ui.wording import sentence

    told = [
        {"place": one.path, "code": one.code, "sentence": sentence(one.code, one.params)}
        for one in wrong.faults
    ]
    if args.json:
        print(json.dumps({"faults": told}, ensure_ascii=False))
    else:
        for one in told:
            print(f"{one['place']}: {one['sentence']}")
        print(f"{len(told)} Fehler", file=sys.stderr)
    return 1


def _replayed(args: argparse.Namespace, package: Package) -> int:
    results = replay(package)
    failed = [one for one in results if not one.passed]
    if args.json:
        told = [
            {
                "name": one.name,
                "passed": one.passed,
                "differences": [
                    {"what": each.what, "expected": each.expected, "found": each.found}
                    for each in one.differences
                ],
            }
            for one in results
        ]
        print(json.dumps({"key": package.key, "tests": told}, ensure_ascii=False))
    else:
        for one in results:
            print(f"{'ok    ' if one.passed else 'FEHLER'}  {one.name}")
            for each in one.differences:
                print(f"        {each.what}: erwartet {each.expected}, gefunden {each.found}")
        print(f"{len(results) - len(failed)} von {len(results)} Testfällen bestanden")
    return 1 if failed or not results else 0
