"""`gemeinwerk schema quality`: the quality report (Qualitätsbericht) of files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from gemeinwerk.core.forms.pattern_syntax import PatternError
from gemeinwerk.core.forms.patterns import compile_pattern
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.rules import judged
from gemeinwerk.core.schemas import (
    COMMAND_LIMIT,
    CodeList,
    Finding,
    Message,
    code_list_of,
    quality_of,
    read_message,
    schema_of,
    unpack,
)
from gemeinwerk.project.file_words import DONE, FAILED, WRONG_USE, complain, read_file, say
from gemeinwerk.web.ui.wording import sentence

_UNUSED = "schema.quality_list_unused"


def run(args: argparse.Namespace) -> int:
    """Judge all schemas among the files, with the code lists among them."""
    schemas: list[tuple[Path, Message]] = []
    lists: dict[str, CodeList] = {}
    worst = DONE
    for path in args.files:
        data = read_file(path)
        if data is None:
            return WRONG_USE
        try:
            message = read_message(unpack(data, COMMAND_LIMIT))
            if message.standard == "genericode":
                held = code_list_of(message)
                lists[held.key] = held
            else:
                schemas.append((path, message))
        except DomainError as refusal:
            worst = FAILED
            _refused(args, path, refusal)
    for path, message in schemas:
        worst = max(worst, _judge(args, path, message, lists, alone=len(schemas) == 1))
    return worst


def _judge(
    args: argparse.Namespace,
    path: Path,
    message: Message,
    lists: dict[str, CodeList],
    *,
    alone: bool,
) -> int:
    """Judge one schema; among several each needs only some of the lists."""
    try:
        schema = schema_of(message)
        findings = quality_of(schema, judged(schema, lists or None, _matches))
    except DomainError as refusal:
        _refused(args, path, refusal)
        return FAILED
    findings = tuple(each for each in findings if alone or each.code != _UNUSED)
    errors = sum(each.severity == "error" for each in findings)
    _tell(args, path, message, findings)
    return FAILED if errors else DONE


def _tell(
    args: argparse.Namespace, path: Path, message: Message, findings: Sequence[Finding]
) -> None:
    """Print the findings about one schema."""
    number, version = message.identity
    counted = {
        severity: sum(each.severity == severity for each in findings)
        for severity in ("error", "warning", "info")
    }
    if not args.json:
        say(f"{path}: {number} {version}, " + ", ".join(f"{n} {s}" for s, n in counted.items()))
        for each in findings:
            place = each.place or number
            say(f"  {each.severity}  {place}: {sentence(each.code, each.params)}")
        return
    told = {
        "file": str(path),
        "standard": message.standard,
        "id": number,
        "version": version,
        **counted,
        "findings": [
            {**msgspec.to_builtins(each), "sentence": sentence(each.code, each.params)}
            for each in findings
        ],
    }
    say(json.dumps(told, ensure_ascii=False))


def _refused(args: argparse.Namespace, path: Path, refusal: DomainError) -> None:
    told = sentence(refusal.code, refusal.params)
    if args.json:
        line = int(refusal.params.get("line", 0))
        say(json.dumps({"file": str(path), "refused": refusal.code, "line": line, "why": told}))
    else:
        complain(f"{path}: {told}")


def _matches(pattern: str, value: str) -> bool:
    """Tell whether a value fits a pattern; a pattern nobody can read is judged elsewhere."""
    try:
        return compile_pattern(pattern).matches(value)
    except PatternError:
        return True
