"""`gemeinwerk rules`: translate the German prose of FIM rules, without database and network."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gemeinwerk.core.rules import Translation
    from gemeinwerk.core.schemas import CodeList, Schema

HELP = "translate the German prose of FIM rules into conditions (Regeln)"
_STATUS = {"translated": "übersetzt", "partly": "teilweise", "unclear": "unklar"}
_ACTIONS = {
    "show": "zeigen", "hide": "ausblenden", "required": "Pflicht", "optional": "freiwillig",
    "forbidden": "nicht erlaubt", "validation": "prüfen", "prefill": "vorbelegen",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    translate = verbs.add_parser(
        "translate", help="translate the rules of schemas; code lists may be given along"
    )
    translate.add_argument("files", metavar="FILE", nargs="+", type=Path)
    translate.add_argument("--json", action="store_true", help="print a JSON line per effect")
    translate.add_argument("--german", action="store_true", help="say each effect in German again")


def run(args: argparse.Namespace) -> int:
    """Read all files, translate each schema with the code lists among them."""
    read = list(_read(args.files))
    if any(data is None for _, data in read):
        return 2
    schemas, lists, refused = _sorted([(path, data) for path, data in read if data is not None])
    if not schemas and not refused:
        print("Unter den Dateien ist kein Datenschema.", file=sys.stderr)
        return 2
    for path, schema in schemas:
        _translate(args, path, schema, lists)
    return 1 if refused else 0


def _read(paths: Sequence[Path]) -> Iterator[tuple[Path, bytes | None]]:
    from gemeinwerk.core.schemas import COMMAND_LIMIT

    for path in paths:
        try:
            with path.open("rb") as source:
                yield path, source.read(COMMAND_LIMIT + 1)
        except OSError as wrong:
            why = wrong.strerror or type(wrong).__name__
            print(f"{path}: Die Datei ist nicht lesbar ({why}).", file=sys.stderr)
            yield path, None


def _sorted(
    files: Sequence[tuple[Path, bytes]],
) -> tuple[list[tuple[Path, Schema]], dict[str, CodeList], bool]:
    """Tell schemas and code lists apart; say what is neither."""
    from gemeinwerk.core.schemas import (
        COMMAND_LIMIT,
        SchemaRefusedError,
        read_code_list,
        read_schema,
        unpack,
    )
    from gemeinwerk.web.ui.wording import sentence

    schemas: list[tuple[Path, Schema]] = []
    lists: dict[str, CodeList] = {}
    refused = False
    for path, packed in files:
        try:
            data = unpack(packed, COMMAND_LIMIT)
            if b"genericode" in data[:2000]:
                found = read_code_list(data)
                lists[found.key] = lists[found.uri] = found
            else:
                schemas.append((path, read_schema(data, name=path.name)))
        except SchemaRefusedError as refusal:
            refused = True
            print(f"{path}: {sentence(refusal.code, refusal.params)}", file=sys.stderr)
    return schemas, lists, refused


def _translate(
    args: argparse.Namespace, path: Path, schema: Schema, lists: dict[str, CodeList]
) -> None:
    from gemeinwerk.core.rules import Names, lines_of, translate_schema

    translations = translate_schema(schema, lists)
    names = Names(schema, lists)
    if not args.json:
        print(_as_text(path, schema, translations, names, again=args.german))
        return
    for translation in translations:
        for line in lines_of(translation):
            line = {"file": path.name, "schema": schema.id, **line}
            print(json.dumps(line, ensure_ascii=False))


def _as_text(
    path: Path,
    schema: Schema,
    translations: Sequence[Translation],
    names: Any,
    *,
    again: bool,
) -> str:
    from gemeinwerk.core.expressions import to_text
    from gemeinwerk.core.rules import to_german

    lines = [f"{path.name}: {schema.name}"]
    for each in translations:
        lines.append(f"  {each.rule_id:<14} {_STATUS[each.status]:<10} {each.owner or schema.id}")
        for effect in each.effects:
            said = to_text(effect.condition)
            if again:
                owner = tuple(each.owner.split(".")) if each.owner else ()
                said = to_german(effect, names, owner)
            target = effect.target.rpartition(".")[2]
            lines.append(f"    {_ACTIONS[effect.action]:<13} {target:<14} {said}")
        lines += [f"    bleibt übrig: {sentence}" for sentence in each.left]
        lines += [f"    weil: {reason}" for reason in each.reasons]
    count = Counter[str](each.status for each in translations)
    told = ", ".join(f"{count[key]} {word}" for key, word in _STATUS.items() if count[key])
    lines.append(f"  {len(translations)} Regeln: {told}" if translations else "  Keine Regeln.")
    return "\n".join(lines)
