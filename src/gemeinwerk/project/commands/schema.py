"""`gemeinwerk schema`: load and list FIM schemas; look into files of the FIM standards."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from gemeinwerk.project import schema_files, towns
from gemeinwerk.project.environment import SettingError

HELP = "load, list and check FIM schemas (Datenschemata)"
HEADINGS = {
    "error": "Das verhindert ein Formular",
    "warning": "Das wirkt noch nicht",
    "info": "Gut zu wissen",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    load = verbs.add_parser("load", help="load one schema with its code lists (.xml, .xml.gz)")
    load.add_argument("files", metavar="FILE", nargs="+", type=Path)
    load.add_argument(
        "--confirm-rules",
        action="store_true",
        help="begin the draft and confirm every rule that was translated in full",
    )
    lists = verbs.add_parser("list-add", help="load code lists alone (genericode, .xml, .xml.gz)")
    lists.add_argument("files", metavar="FILE", nargs="+", type=Path)
    listing = verbs.add_parser("list", help="list the loaded schemas")
    for verb in (load, lists, listing):
        towns.add_town(verb, required=verb is not listing)
        verb.add_argument("--json", action="store_true", help="print JSON for machines")
    schema_files.add_arguments(verbs)


def run(args: argparse.Namespace) -> int:
    """Run one subcommand, with a town as the worker's database role."""
    if args.verb in schema_files.VERBS:
        return schema_files.run(args)
    from gemeinwerk.project import django_setup

    files = _read(args.files) if args.verb != "list" else []
    if files is None:
        return 2
    django_setup.start("worker")
    return in_towns(args, files)


def in_towns(args: argparse.Namespace, files: list[tuple[str, bytes]]) -> int:
    """Run one subcommand behind the wall of the town, or list all; Django has started."""
    try:
        if args.verb == "list":
            return _list(args)
        with towns.inside(args.municipality) as town_id:
            return _load(args, town_id, files)
    except SettingError as wrong:
        print(wrong, file=sys.stderr)
        return 2


def _read(paths: list[Path]) -> list[tuple[str, bytes]] | None:
    """Return the bytes of all files, None when one cannot be read; never more than allowed."""
    from gemeinwerk.core.schemas import COMMAND_LIMIT

    files = []
    for path in paths:
        try:
            with path.open("rb") as source:
                files.append((path.name, source.read(COMMAND_LIMIT + 1)))
        except OSError as wrong:
            why = wrong.strerror or type(wrong).__name__
            print(f"{path}: Die Datei ist nicht lesbar ({why}).", file=sys.stderr)
            return None
    return files


def _load(args: argparse.Namespace, town_id: int, files: list[tuple[str, bytes]]) -> int:
    from django.utils import timezone

    from gemeinwerk.apps.library import actions
    from gemeinwerk.apps.library.errors import FileOfSetRefusedError
    from gemeinwerk.core.access import system
    from gemeinwerk.core.kernel import DomainError
    from gemeinwerk.core.schemas import COMMAND_LIMIT
    from gemeinwerk.project import schema_rules
    from gemeinwerk.web.ui.wording import sentence

    actor, now = system(town_id, name=f"schema {args.verb}"), timezone.now()
    loading = actions.load_lists if args.verb == "list-add" else actions.load_files
    try:
        loaded = loading(actor=actor, files=files, limit=COMMAND_LIMIT, now=now)
    except FileOfSetRefusedError as refusal:
        told = sentence(_here(refusal.cause.code), refusal.cause.params)
        place = f"{refusal.file}:{refusal.cause.line}" if refusal.cause.line else refusal.file
        return _refused(args, refusal.cause, f"{place}: {told}", file=refusal.file)
    except DomainError as refusal:
        return _refused(args, refusal, sentence(_here(refusal.code), refusal.params))
    rules = schema_rules.of(actor, loaded, confirm=getattr(args, "confirm_rules", False), now=now)
    if args.json:
        print(json.dumps(_as_json(loaded) | {"rules": rules}, ensure_ascii=False))
    else:
        print("\n".join([_as_text(loaded), *schema_rules.as_text(rules)]))
    return 0


def _here(code: str) -> str:
    """Return the code of the sentence; who stands at the command line is not sent there."""
    return "schema.too_large_here" if code == "schema.too_large" else code


def _refused(args: argparse.Namespace, refusal: Any, told: str, *, file: str = "") -> int:
    if args.json:
        line = int(refusal.params.get("line", 0))
        print(json.dumps({"refused": refusal.code, "file": file, "line": line, "why": told}))
    else:
        print(told, file=sys.stderr)
    return 1


def _as_text(loaded: Any) -> str:
    from gemeinwerk.web.ui.wording import sentence

    lines = []
    if loaded.schema is not None:
        made = loaded.schema
        lines += [
            f"{made.fim_id} {made.version}  {made.name}",
            f"{made.pages} Seiten, {made.fields} Felder, {made.evidence} Nachweise",
        ]
        for one in made.code_lists:
            state = "geladen" if one.loaded else "fehlt: wird als Eingabefeld gefragt"
            known_as = " ".join(filter(None, (one.name, f"({one.uri} {one.version})")))
            lines.append(f"  Codeliste {known_as}: {state}")
        for severity, groups in groupby(made.grouped(), key=lambda group: group[0]):
            found = [finding for _, _, findings in groups for finding in findings]
            lines += ["", f"{HEADINGS[severity]} ({len(found)})"]
            lines += [
                f"  {finding.place or made.fim_id}: {sentence(finding.code, finding.params)}"
                for finding in found
            ]
    else:
        lines += [f"Codeliste {one.name or one.uri} {one.version}" for one in loaded.code_lists]
        lines += [f"  wird gebraucht von: {name}" for _, name in loaded.waiting]
    return "\n".join(lines)


def _as_json(loaded: Any) -> dict[str, Any]:
    import msgspec

    from gemeinwerk.web.ui.wording import sentence

    made = loaded.schema
    lists = [{"uri": one.uri, "version": one.version} for one in loaded.code_lists]
    document: dict[str, Any] = {"schema": None, "code_lists": lists}
    if made is not None:
        names = ("fim_id", "version", "standard", "name", "pages", "fields", "evidence", "usable")
        document["schema"] = {name: getattr(made, name) for name in names} | {
            "id": str(made.schema_id),
            "code_lists": msgspec.to_builtins(made.code_lists),
            "findings": [
                {**msgspec.to_builtins(one), "sentence": sentence(one.code, one.params)}
                for one in made.findings
            ],
        }
    return document


def _list(args: argparse.Namespace) -> int:
    from gemeinwerk.apps.library import queries
    from gemeinwerk.core.access import system

    told = []
    for slug in towns.slugs(args.municipality):
        with towns.inside(slug) as town_id:
            rows = queries.schemas_of_town(system(town_id, name="schema list"))
            told += [_row(slug, row) for row in rows]
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for one in told:
        at = datetime.fromisoformat(one["loaded_at"]).astimezone()
        place = "" if args.municipality else f"{one['municipality']}  "
        print(f"{place}{one['fim_id']} {one['version']}  {at:%d.%m.%Y %H:%M}  {one['name']}")
    return 0


def _row(slug: str, row: Any) -> dict[str, str]:
    keys = ("fim_id", "version", "standard", "name", "source_name", "loaded_by")
    return {
        "municipality": slug,
        "id": str(row.id),
        "loaded_at": row.loaded_at.isoformat(),
        **{key: getattr(row, key) for key in keys},
    }
