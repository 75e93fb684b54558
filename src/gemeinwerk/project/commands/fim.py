"""`gemeinwerk fim`: search and fetch what the FIM portal has, and see what is out of date."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gemeinwerk.project import environment, towns
from gemeinwerk.project.environment import SettingError

HELP = "search and fetch from the FIM portal (FIM-Portal)"
KINDS = ("schema", "group", "field", "profile", "codelist", "service", "process", "processclass")
_ENDINGS = {"application/json": "json", "application/octet-stream": "bin"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    search = verbs.add_parser("search", help="search the portal for words")
    search.add_argument("words", metavar="WORD", nargs="+")
    search.add_argument("--limit", type=int, default=20, help="most results (default 20)")
    fetch = verbs.add_parser("fetch", help="fetch one version as XML, the newest if none is named")
    fetch.add_argument("id", metavar="ID", help="number, or KEY/NUMBER as search shows it")
    fetch.add_argument("version", metavar="VERSION", nargs="?", default="")
    fetch.add_argument("--out", metavar="FOLDER", type=Path, required=True)
    outdated = verbs.add_parser("outdated", help="list loaded schemas the portal has newer")
    towns.add_town(outdated)
    for verb in (search, fetch):
        verb.add_argument("--kind", choices=KINDS, default="schema", help="what (default schema)")
    for verb in (search, fetch, outdated):
        verb.add_argument("--offline", action="store_true", help="ask only what was kept here")
        verb.add_argument("--json", action="store_true", help="print JSON for machines")


def run(args: argparse.Namespace) -> int:
    """Run one subcommand."""
    from gemeinwerk.core.kernel import DomainError

    try:
        portal = connect(offline=args.offline)
        if args.verb == "search":
            return _search(args, portal)
        return _fetch(args, portal) if args.verb == "fetch" else _outdated(args, portal)
    except DomainError as refusal:
        from gemeinwerk.web.ui.wording import sentence

        if args.json:
            print(json.dumps({"refused": refusal.code, **refusal.params}, ensure_ascii=False))
        else:
            print(sentence(refusal.code, refusal.params), file=sys.stderr)
        return 1


def connect(*, offline: bool = False) -> Any:
    """Return the portal this installation is set up with; its cache lies in the data folder."""
    from gemeinwerk.connectors.fim_portal import Cache, Portal, Transport

    known = environment.read(os.environ)
    cache = Cache(known.data / "fim-portal")
    return Portal(
        Transport(known.fim_portal_url), cache, lambda: datetime.now(UTC), offline=offline
    )


def _search(args: argparse.Namespace, portal: Any) -> int:
    found = portal.search(" ".join(args.words), kind=args.kind, limit=args.limit)
    if args.json:
        hits = [
            {"kind": hit.kind, "id": hit.key, "version": hit.version, "name": hit.name}
            for hit in found.hits
        ]
        print(json.dumps({"total": found.total, **_age(found), "hits": hits}, ensure_ascii=False))
        return 0
    for hit in found.hits:
        print(f"{hit.key:<24} {hit.version:<8} {hit.name}")
    print(f"{len(found.hits)} von {found.total} Treffern{_told(found)}")
    return 0


def _fetch(args: argparse.Namespace, portal: Any) -> int:
    fetched = portal.fetch(args.id, kind=args.kind, version=args.version)
    ending = _ENDINGS.get(fetched.media_type, "xml")
    stem = "_".join(part for part in (args.id, args.version) if part)
    name = "".join(sign if sign.isalnum() or sign in "-._" else "_" for sign in stem).lstrip(".")
    path = args.out / f"{name[:120]}.{ending}"
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        path.write_bytes(fetched.data)
    except OSError as wrong:
        print(f"{path}: Die Datei ist nicht schreibbar ({wrong.strerror}).", file=sys.stderr)
        return 2
    if args.json:
        size = len(fetched.data)
        print(json.dumps({"file": str(path), "bytes": size, **_age(fetched)}, ensure_ascii=False))
    else:
        print(f"{path} ({len(fetched.data)} Bytes){_told(fetched)}")
    return 0


def _outdated(args: argparse.Namespace, portal: Any) -> int:
    from gemeinwerk.project import django_setup

    django_setup.start("worker")
    try:
        with towns.inside(args.municipality) as town_id:
            return listed(args, town_id, portal)
    except SettingError as wrong:
        print(wrong, file=sys.stderr)
        return 2


def listed(args: argparse.Namespace, town_id: int, portal: Any) -> int:
    """Print what is out of date, behind the wall of the town."""
    from gemeinwerk.apps.library import currency
    from gemeinwerk.core.access import system

    found = currency.outdated(system(town_id, name="fim outdated"), portal)
    if args.json:
        rows = [
            {"id": one.id, "name": one.name, "version": one.ours, "newest": one.newest}
            | {"fetched_at": one.fetched_at.isoformat()}
            for one in found
        ]
        print(json.dumps({"outdated": rows}, ensure_ascii=False))
        return 0
    for one in found:
        print(f"{one.id:<16} {one.ours} -> {one.newest}  {one.name}")
    print(f"{len(found)} Schemas sind veraltet." if found else "Alle Schemas sind aktuell.")
    return 0


def _age(answer: Any) -> dict[str, Any]:
    return {"fetched_at": answer.fetched_at.isoformat(), "kept": answer.kept}


def _told(answer: Any) -> str:
    if not answer.kept:
        return ""
    at = answer.fetched_at.astimezone().strftime("%d.%m.%Y %H:%M")
    return f" (ohne Netz, Stand {at} Uhr)"
