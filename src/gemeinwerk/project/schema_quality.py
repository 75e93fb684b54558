"""`gemeinwerk schema quality`: the quality report (Qualitätsbericht) of files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from gemeinwerk.core.forms.pattern_syntax import PatternError
from gemeinwerk.core.forms.patterns import compile_pattern
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.schemas import (
    COMMAND_LIMIT,
    CodeList,
    Judged,
    Message,
    code_list_of,
    quality,
    read_message,
    unpack,
)
from gemeinwerk.project.schema_files import DONE, FAILED, WRONG_USE, complain, read_file, say
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
        findings = quality(message, Judged(lists=lists or None, matches=_matches))
    except DomainError as refusal:
        _refused(args, path, refusal)
        return FAILED
    findings = tuple(each for each in findings if alone or each.code != _UNUSED)
    number, version = message.identity
    counted = {
        severity: sum(each.severity == severity for each in findings)
        for severity in ("error", "warning", "info")
    }
    if args.json:
        told: dict[str, Any] = {
            "file": str(path),
            "standard": message.standard,
            "id": number,
            "version": version,
            **counted,
            "findings": [
                {
                    "severity": each.severity,
                    "place": each.place,
                    "code": each.code,
                    "params": each.params,
                    "sentence": sentence(each.code, each.params),
                }
                for each in findings
            ],
        }
        say(json.dumps(told, ensure_ascii=False))
    else:
        say(f"{path}: {number} {version}, " + ", ".join(f"{n} {s}" for s, n in counted.items()))
        for each in findings:
            place = each.place or number
            say(f"  {each.severity}  {place}: {sentence(each.code, each.params)}")
    return FAILED if counted["error"] else DONE


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
