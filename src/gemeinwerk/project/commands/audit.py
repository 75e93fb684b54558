"""`gemeinwerk audit`: prove the audit chain, or name the first broken link."""

from __future__ import annotations

import argparse
import json
import sys

from gemeinwerk.project import towns

HELP = "prove the audit chain (Protokollkette)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verify = verbs.add_parser("verify", help="prove the chain of one town or of all")
    towns.add_town(verify, required=False)
    verify.add_argument("--json", action="store_true", help="print JSON for machines")


def run(args: argparse.Namespace) -> int:
    """Run as the worker's database role."""
    from gemeinwerk.project import django_setup

    django_setup.start("worker")
    return verify(args)


def verify(args: argparse.Namespace) -> int:
    """Return 0 when every chain is sound, else 1, also when there is none; Django has started."""
    from gemeinwerk.apps.audit import chain, heads

    found = {}
    for slug in towns.slugs(args.municipality):
        with towns.inside(slug):
            found[slug] = chain.verify(heads.exported_heads())
    if args.json:
        rows = [
            {
                "municipality": slug,
                "sound": report.sound,
                "length": report.length,
                "head": report.head,
                "unlinked": report.unlinked,
                "broken_at": report.broken_at,
                "reason": report.reason,
            }
            for slug, report in found.items()
        ]
        print(json.dumps(rows, indent=2))
    else:
        for slug, report in found.items():
            print(f"{slug}: {_sentence(report)}")
    if not found:
        print("Hier gibt es noch keine Kommune. Geprüft wurde nichts.", file=sys.stderr)
    return 0 if found and all(report.sound for report in found.values()) else 1


def _sentence(report: object) -> str:
    from gemeinwerk.apps.audit.chain import ChainReport

    if not isinstance(report, ChainReport):
        raise TypeError
    if report.sound:
        waiting = f", {report.unlinked} Einträge warten noch" if report.unlinked else ""
        return f"vollständig, {report.length} Glieder, Ende {report.head[:16]}{waiting}"
    return f"UNTERBROCHEN an Glied {report.broken_at}: {report.reason}"
