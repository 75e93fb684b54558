"""`gemeinwerk form`: write what a form gives for machines and on paper; take in paper forms."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gemeinwerk.project import paper_files, towns

if TYPE_CHECKING:
    from gemeinwerk.core.forms import Form

HELP = "export forms, import lists of questions of paper forms (Formulare)"
KINDS = ("json-schema", "xsd", "openapi", "csv", "paper")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    export = verbs.add_parser("export", help="write one output of a form")
    export.add_argument(
        "source",
        metavar="FILE",
        nargs="?",
        type=Path,
        help="FIM schema (.xml, .xml.gz) or folder of a service package",
    )
    export.add_argument("--service", metavar="SLUG", help="a published service instead of a file")
    towns.add_town(export, required=False)
    export.add_argument("--as", dest="kind", choices=KINDS, required=True)
    export.add_argument("--out", metavar="FILE", type=Path, help="default: standard output")
    paper_files.add_arguments(verbs)


def run(args: argparse.Namespace) -> int:
    """Export from a file without a database, or from a published service; or import."""
    if args.verb == paper_files.VERB:
        return paper_files.run(args)
    if (args.source is None) == (args.service is None):
        print("Nennen Sie entweder eine Datei oder --service.", file=sys.stderr)
        return 2
    if args.source is not None:
        return _from_file(args)
    if not args.municipality:
        print("--service braucht auch --municipality.", file=sys.stderr)
        return 2
    from gemeinwerk.project import django_setup

    django_setup.start("worker")
    return in_town(args)


def in_town(args: argparse.Namespace) -> int:
    """Export the form of a published service; Django has started."""
    from gemeinwerk.apps.catalogue import queries as catalogue
    from gemeinwerk.core.kernel import NotFoundError

    with towns.inside(args.municipality):
        try:
            offer = catalogue.offer_by_slug(args.service)
        except NotFoundError:
            print(f"Die Leistung „{args.service}“ gibt es hier nicht.", file=sys.stderr)
            return 1
        form = catalogue.package_of(catalogue.live_version_id(offer)).form
        return _write(args, form, slug=args.service)


def _from_file(args: argparse.Namespace) -> int:
    try:
        form = _form_of(args.source)
    except OSError as wrong:
        print(f"{args.source}: Die Datei ist nicht lesbar ({wrong.strerror}).", file=sys.stderr)
        return 2
    return _write(args, form, slug=form.key)


def _form_of(source: Path) -> Form:
    from gemeinwerk.core.forms import form_from_schema
    from gemeinwerk.core.schemas import COMMAND_LIMIT, read_schema, unpack
    from gemeinwerk.project import content

    if source.is_dir():
        return content.package_in(source).form
    data = unpack(source.read_bytes(), COMMAND_LIMIT)
    return form_from_schema(read_schema(data, name=source.name), {})[0]


def _write(args: argparse.Namespace, form: Form, *, slug: str) -> int:
    made = _WRITERS[args.kind](form, slug)
    if args.out is not None:
        args.out.write_bytes(made)
        print(f"{args.out}: {len(made)} Bytes", file=sys.stderr)
    elif args.kind == "paper" and os.isatty(1):
        print("Ein PDF braucht --out FILE.", file=sys.stderr)
        return 2
    else:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    return 0


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _json_schema(form: Form, slug: str) -> bytes:
    from gemeinwerk.core.forms.exports import json_schema

    return _json(json_schema(form))


def _xsd(form: Form, slug: str) -> bytes:
    from gemeinwerk.core.forms.exports import xml_schema

    return xml_schema(form)


def _openapi(form: Form, slug: str) -> bytes:
    from gemeinwerk.core.forms.exports import openapi

    return _json(openapi(form, slug=slug))


def _csv(form: Form, slug: str) -> bytes:
    from gemeinwerk.core.forms.exports import csv_table

    return csv_table(form, ()).encode("utf-8-sig")


def _paper(form: Form, slug: str) -> bytes:
    from gemeinwerk.connectors.typesetting import Letterhead, PaperForm, Typesetter
    from gemeinwerk.core.forms.exports import paper_sections

    return Typesetter().paper(
        PaperForm(
            letterhead=Letterhead(town=""),
            title=form.title,
            service=slug,
            version=form.version,
            sections=paper_sections(form),
        )
    )


_WRITERS: dict[str, Callable[[Form, str], bytes]] = {
    "json-schema": _json_schema,
    "xsd": _xsd,
    "openapi": _openapi,
    "csv": _csv,
    "paper": _paper,
}
