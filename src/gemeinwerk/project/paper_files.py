"""`gemeinwerk form import`: the list of questions of a form on paper, with proposals."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gemeinwerk.project import towns
from gemeinwerk.project.file_words import DONE, FAILED, WRONG_USE, complain, say

if TYPE_CHECKING:
    from gemeinwerk.apps.library.papers import PaperView
    from gemeinwerk.core.paper import Question

VERB = "import"


def add_arguments(verbs: Any) -> None:
    """Declare the subcommand."""
    verb = verbs.add_parser(
        VERB, help="read a list of questions (.csv, .xlsx); the author goes on in the browser"
    )
    verb.add_argument("file", metavar="FILE", type=Path)
    verb.add_argument("--title", metavar="NAME", default="", help="default: name of the file")
    towns.add_town(verb)
    verb.add_argument("--json", action="store_true", help="print JSON for machines")


def run(args: argparse.Namespace) -> int:
    """Read the file and import it as the worker's database role."""
    from gemeinwerk.core.paper import MOST_BYTES

    try:
        with args.file.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as wrong:
        complain(f"{args.file}: Die Datei ist nicht lesbar ({wrong.strerror}).")
        return WRONG_USE
    from gemeinwerk.project import django_setup

    django_setup.start("worker")
    return in_town(args, data)


def in_town(args: argparse.Namespace, data: bytes) -> int:
    """Import behind the wall of the town; Django has started."""
    from django.utils import timezone

    from gemeinwerk.apps.library import papers
    from gemeinwerk.core.access import system
    from gemeinwerk.core.paper import ListRefusedError
    from gemeinwerk.web.ui.wording import sentence

    with towns.inside(args.municipality) as town_id:
        try:
            view = papers.load(
                actor=system(town_id, name="command.form"),
                name=args.file.name,
                data=data,
                title=args.title.strip() or args.file.stem,
                now=timezone.now(),
            )
        except ListRefusedError as refusal:
            told = sentence(refusal.code, refusal.params)
            complain(f"{args.file}: {told}")
            return FAILED
        say(json.dumps(_facts(view), ensure_ascii=False, indent=2) if args.json else _told(view))
    return DONE


def _told(view: PaperView) -> str:
    from gemeinwerk.web.ui.wording import sentence

    lines = [f"{view.paper.title}: {len(view.paper.questions)} Fragen"]
    for one in view.paper.questions:
        best = one.proposals[0]
        lines.append(f"{one.number:>4}  {one.text or '-'} ({one.kind})")
        lines.append(f"      {best.verb} {best.target}".rstrip())
        told = [sentence(best.code, best.params)]
        told += [sentence(each.code, each.params) for each in one.findings]
        lines += [f"      {text}" for text in dict.fromkeys(told)]
    lines.append(f"Weiter in der Werkstatt: {_path(view)}")
    return "\n".join(lines)


def _facts(view: PaperView) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "number": view.number,
        "title": view.paper.title,
        "path": _path(view),
        "questions": [_question(one) for one in view.paper.questions],
    }


def _question(one: Question) -> dict[str, Any]:
    from gemeinwerk.web.ui.wording import sentence

    return {
        "number": one.number,
        "id": one.id,
        "question": one.text,
        "type": one.kind,
        "options": list(one.options),
        "needed": one.needed,
        "why": one.why,
        "extra": one.extra,
        "findings": [
            {
                "severity": each.severity,
                "code": each.code,
                "text": sentence(each.code, each.params),
            }
            for each in one.findings
        ],
        "proposals": [
            {
                "verb": each.verb,
                "target": each.target,
                "code": each.code,
                "text": sentence(each.code, each.params),
            }
            for each in one.proposals
        ],
    }


def _path(view: PaperView) -> str:
    return f"/werkstatt/papier/{view.id}"
