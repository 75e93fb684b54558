"""Runs all benchmarks, or the named one; exit code 1 when a goal is missed."""

from __future__ import annotations

import argparse
import importlib
import json
import sys

from benchmarks.rows import Row, table

NAMES = (
    "disk",
    "expressions",
    "schemas",
    "rules",
    "forms",
    "notice",
    "page",
    "application",
    "inbox",
)


def main() -> int:
    """Run, print, judge."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure speed and cost.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(NAMES)}")
    parser.add_argument("--json", action="store_true", help="rows for machines")
    args = parser.parse_args()
    unknown = set(args.names) - set(NAMES)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    for name in args.names or NAMES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"benchmarks.{name}").run()
    if args.json:
        print(json.dumps([row.as_json() for row in rows], indent=1))
    else:
        print(table(rows))
    return int(any(row.met is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
