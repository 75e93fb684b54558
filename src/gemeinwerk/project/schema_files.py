"""What `gemeinwerk schema` does with files alone, without a town and a database."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from gemeinwerk.project.file_words import DONE, FAILED, WRONG_USE, complain, read_file, say

VERBS = ("roundtrip", "convert", "quality")

NO_FOLDER = (
    "Die XSD-Dateien des Standards sind hier nicht vorhanden. "
    "Nennen Sie den Ordner mit --xsd oder in GEMEINWERK_STANDARDS."
)


def add_arguments(verbs: Any) -> None:
    """Declare the verbs that need no town."""
    trip = verbs.add_parser(
        "roundtrip",
        help="read files, write them again, compare",
        description="Reads each file, writes it again and compares canonically (C14N 1.0 without "
        "comments; blanks between elements count). Exit code 1: a file was refused, is not "
        "identical or does not fit its XSD.",
    )
    trip.add_argument("files", metavar="FILE", nargs="+", type=Path, help=".xml or .xml.gz")
    trip.add_argument("--xsd", metavar="FOLDER", type=Path, help="folder of the standards")
    trip.add_argument("--json", action="store_true", help="one JSON object per file and line")
    convert = verbs.add_parser(
        "convert",
        help="turn XDatenfelder 2.0 into 3.0.0 or back, and tell what is left behind",
        description="Writes the message in the other version of the standard and lists what that "
        "version cannot hold. Exit code 1: the file was refused or cannot be converted.",
    )
    convert.add_argument("file", metavar="FILE", type=Path, help=".xml or .xml.gz")
    convert.add_argument("--to", choices=("xdf2", "xdf3"), required=True)
    convert.add_argument("--out", metavar="FILE", type=Path, required=True)
    convert.add_argument("--json", action="store_true", help="one JSON object with all findings")
    judge = verbs.add_parser(
        "quality",
        help="judge schemas by the editing rules of FIM",
        description="Lists what is wrong with each schema, with severity and path. Code lists "
        "among the files count as those at hand. Exit code 1: a file was refused or has errors.",
    )
    judge.add_argument("files", metavar="FILE", nargs="+", type=Path, help=".xml or .xml.gz")
    judge.add_argument("--json", action="store_true", help="one JSON object per schema and line")


def run(args: argparse.Namespace) -> int:
    """Run one of the verbs."""
    if args.verb == "quality":
        from gemeinwerk.project import schema_quality

        return schema_quality.run(args)
    return {"roundtrip": _roundtrip, "convert": _convert}[args.verb](args)


def _roundtrip(args: argparse.Namespace) -> int:
    from gemeinwerk.project import standards

    folder = standards.folder(args.xsd)
    if args.xsd is not None and folder is None:
        complain(f"{args.xsd}: Diesen Ordner gibt es nicht.")
        return WRONG_USE
    worst = DONE
    for path in args.files:
        data = read_file(path)
        if data is None:
            worst = WRONG_USE
            continue
        told = _told(str(path), data, folder)
        say(json.dumps(told, ensure_ascii=False) if args.json else _line(told))
        if told["xsd_valid"] is False or not told["identical"]:
            worst = max(worst, FAILED)
    return worst


def _convert(args: argparse.Namespace) -> int:
    from gemeinwerk.core.kernel import DomainError
    from gemeinwerk.core.schemas import (
        COMMAND_LIMIT,
        convert,
        read_message,
        unpack,
        write_message,
    )
    from gemeinwerk.web.ui.wording import sentence

    data = read_file(args.file)
    if data is None:
        return WRONG_USE
    try:
        message = read_message(unpack(data, COMMAND_LIMIT), name=args.file.name)
        converted, findings = convert(message, to=args.to)
    except DomainError as refusal:
        told = sentence(refusal.code, refusal.params)
        if args.json:
            say(json.dumps({"refused": refusal.code, "file": str(args.file), "why": told}))
        else:
            complain(f"{args.file}: {told}")
        return FAILED
    try:
        args.out.write_bytes(write_message(converted))
    except OSError as wrong:
        complain(f"{args.out}: Die Datei ist nicht schreibbar ({wrong.strerror}).")
        return WRONG_USE
    if args.json:
        say(json.dumps(_converted(args, message, findings), ensure_ascii=False))
        return DONE
    say(f"{args.out}: {len(findings)} Befunde")
    for one in findings:
        say(f"  {one.severity}  {one.place}: {sentence(one.code, one.params)}")
    return DONE


def _converted(args: argparse.Namespace, message: Any, findings: Any) -> dict[str, Any]:
    """Return what is told about a converted file."""
    import msgspec

    from gemeinwerk.web.ui.wording import sentence

    number, version = message.identity
    return {
        "file": str(args.file),
        "standard": message.standard,
        "id": number,
        "version": version,
        "to": args.to,
        "out": str(args.out),
        "findings": [
            {**msgspec.to_builtins(one), "sentence": sentence(one.code, one.params)}
            for one in findings
        ],
    }


def _told(name: str, data: bytes, folder: Path | None) -> dict[str, Any]:
    """Return what is told about one file."""
    from gemeinwerk.core.kernel import DomainError
    from gemeinwerk.core.schemas import round_trip
    from gemeinwerk.project.formats import FORMATS
    from gemeinwerk.web.ui.wording import sentence

    told: dict[str, Any] = {
        "file": name,
        "standard": None,
        "id": "",
        "version": "",
        "xsd_valid": None,
        "identical": False,
        "differences": [],
    }
    try:
        trip = round_trip(data, FORMATS)
    except DomainError as refusal:
        why = sentence(refusal.code, refusal.params)
        return told | {
            "refused": refusal.code,
            "line": int(refusal.params.get("line", 0)),
            "differences": [why],
        }
    told |= {
        "standard": trip.standard,
        "id": trip.id,
        "version": trip.version,
        "identical": trip.identical,
        "differences": list(trip.differences),
    }
    return told | _validity(trip.written, trip.xsd, trip.no_xsd, folder)


def _validity(written: bytes, xsd: str, no_xsd: str, folder: Path | None) -> dict[str, Any]:
    """Return whether the written file fits its XSD; None with the reason when nobody can say."""
    from gemeinwerk.project import standards

    if not xsd:
        return {"xsd_valid": None, "xsd_reason": no_xsd}
    if folder is None or not (folder / xsd).is_file():
        return {"xsd_valid": None, "xsd_reason": NO_FOLDER}
    faults = standards.faults(written, folder / xsd)
    return {"xsd_valid": not faults} | ({"xsd_faults": list(faults)} if faults else {})


def _line(told: dict[str, Any]) -> str:
    """Return a file's result for people."""
    if told["standard"] is None:
        return f"{told['file']}: {told['differences'][0]}"
    fits = {True: "passt zum XSD", False: "passt nicht zum XSD", None: "XSD nicht geprüft"}
    same = "verlustfrei" if told["identical"] else "NICHT verlustfrei"
    lines = [
        f"{told['file']}: {told['standard']} {told['id']} {told['version']}, "
        f"{same}, {fits[told['xsd_valid']]}"
    ]
    if told.get("xsd_reason"):
        lines.append(f"  {told['xsd_reason']}")
    lines += [f"  {each}" for each in (*told["differences"], *told.get("xsd_faults", ()))]
    return "\n".join(lines)
