"""What `gemeinwerk schema` does with files alone, without a town and a database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

DONE, FAILED, WRONG_USE = 0, 1, 2
VERBS = ("roundtrip",)

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


def run(args: argparse.Namespace) -> int:
    """Run one of the verbs."""
    return _roundtrip(args)


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
            return WRONG_USE
        told = _told(str(path), data, folder)
        say(json.dumps(told, ensure_ascii=False) if args.json else _line(told))
        if told["xsd_valid"] is False or not told["identical"]:
            worst = FAILED
    return worst


def say(text: str) -> None:
    """Print a result at once: the next file may take its time."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Say on the other channel what went wrong."""
    sys.stderr.write(text + "\n")


def read_file(path: Path) -> bytes | None:
    """Return the bytes of a file, never more than allowed; None (and a word) when unreadable."""
    from gemeinwerk.core.schemas import COMMAND_LIMIT

    try:
        with path.open("rb") as source:
            return source.read(COMMAND_LIMIT + 1)
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        complain(f"{path}: Die Datei ist nicht lesbar ({why}).")
        return None


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
