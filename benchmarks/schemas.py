"""Reading and writing schemas: against lxml parsing the same bytes, and 40 MB in little memory."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from benchmarks.rows import Row
from gemeinwerk.core.schemas import read_message, read_schema, write_message
from gemeinwerk.project import standards

RELATION = (
    '<xdf3:relation><xdf3:praedikat listURI="urn:xoev-de:fim-datenfelder:codeliste:relation" '
    'listVersionID="1.2"><code>ABL</code></xdf3:praedikat><xdf3:objekt><xdf3:id>G99{:09}</xdf3:id>'
    "<xdf3:version>1.{}.0</xdf3:version></xdf3:objekt></xdf3:relation>"
)
MEASURE = """
import json, sys, time
from pathlib import Path
from gemeinwerk.core.schemas import COMMAND_LIMIT, message_pieces, read_message
def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
before, began = peak(), time.process_time()
message = read_message(Path(sys.argv[1]).read_bytes(), limit=COMMAND_LIMIT)
with open(sys.argv[2], "wb") as out:
    for piece in message_pieces(message):
        out.write(piece)
print(json.dumps([peak() - before, time.process_time() - began]))
"""


def run() -> list[Row]:
    """Measure the largest real schema (or one like it) and 40 MB, as they come and laid out."""
    data = largest()
    return [
        *against_lxml(data, ""),
        *against_lxml(indented(data), " indented"),
        *against_lxml(indented(data).replace(b"\n", b"\r\n"), " with CRLF"),
        *against_lxml(unprefixed(data), " without prefix"),
        *large(repeated(data, 40_000_000), ""),
        *large(indented(repeated(data, 20_000_000)), " indented"),
    ]


def against_lxml(data: bytes, how: str) -> list[Row]:
    """Compare reading and writing with lxml parsing the same bytes."""
    lxml = cpu_ms(lambda: etree.parse(io.BytesIO(data)))
    message = read_message(data)
    size = f"{len(data) / 1e6:.1f} MB{how}"
    works: list[tuple[str, Callable[[], object]]] = [
        (f"read {size} without loss", lambda: read_message(data)),
        (f"write {size}", lambda: write_message(message)),
        (f"read {size} for a form", lambda: read_schema(data)),
    ]
    return [Row(f"schemas: {name}", cpu_ms(work), "ms", lxml, 6 * lxml) for name, work in works]


def large(data: bytes, how: str) -> list[Row]:
    """Read and write a large file in a process of its own."""
    size = f"{len(data) / 1e6:.0f} MB{how}"
    memory, seconds = in_a_process_of_its_own(data)
    lxml = cpu_ms(lambda: etree.parse(io.BytesIO(data)), 1) / 1000
    return [
        Row(f"schemas: read and write {size}", seconds, "s", lxml),
        Row(f"schemas: extra memory for {size} read and written", memory, "MB", 40.0, 100),
    ]


def indented(data: bytes) -> bytes:
    """Return the same file with one element per line."""
    tree = etree.fromstring(data)
    etree.indent(tree)
    return etree.tostring(tree, xml_declaration=True, encoding="utf-8") + b"\n"


def unprefixed(data: bytes) -> bytes:
    """Return the same file with the standard as default namespace."""
    return (
        data.replace(b"<code>", b'<code xmlns="">')
        .replace(b"<xdf3:", b"<")
        .replace(b"</xdf3:", b"</")
        .replace(b"xmlns:xdf3=", b"xmlns=")
    )


def cpu_ms(work: Callable[[], object], times: int = 7) -> float:
    """Return the CPU time of the quickest of some runs."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best * 1000


def largest() -> bytes:
    """Return the largest schema at hand, unpacked; an invented one of its size without any."""
    folder = standards.folder()
    files = sorted(folder.glob("xdatenfelder/xdf3/*.gz")) if folder is not None else []
    if files:
        return max((gzip.decompress(path.read_bytes()) for path in files), key=len)
    return repeated(INVENTED, 3_600_000)


def repeated(data: bytes, size: int) -> bytes:
    """Return a schema as large as wanted: the relations of its first group many times over."""
    place = data.index(b"</xdf3:letzteAenderung>", data.index(b"<xdf3:datenfeldgruppe>"))
    place += len(b"</xdf3:letzteAenderung>")
    made = io.BytesIO()
    made.write(data[:place])
    number = 0
    while made.tell() < size - len(data) + place:
        made.write(RELATION.format(number, number % 20).encode())
        number += 1
    made.write(data[place:])
    return made.getvalue()


def in_a_process_of_its_own(data: bytes) -> tuple[float, float]:
    """Return memory in MB above that of the loaded library, and CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.xml"), Path(folder, "out.xml")
        source.write_bytes(data)
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(source), str(target)],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONPATH": "src"},
            timeout=120,
        )
        if target.read_bytes().rstrip() != data.rstrip():
            raise ValueError("not written as read")
    memory, seconds = json.loads(done.stdout)
    return memory, seconds


_GENERAL = (
    "<xdf3:identifikation><xdf3:id>{}</xdf3:id></xdf3:identifikation><xdf3:name>Muster</xdf3:name>"
    '<xdf3:freigabestatus listVersionID="2022-07-12"><code>6</code></xdf3:freigabestatus>'
    "<xdf3:letzteAenderung>2026-01-01T00:00:00Z</xdf3:letzteAenderung>"
)
INVENTED = (
    "<?xml version='1.0' encoding='utf-8'?>\n<xdf3:xdatenfelder.datenfeldgruppe.0103 "
    'xmlns:xdf3="urn:xoev-de:fim:standard:xdatenfelder_3.0.0"><xdf3:datenfeldgruppe>'
    + _GENERAL.format("G99000000001")
    + "</xdf3:datenfeldgruppe></xdf3:xdatenfelder.datenfeldgruppe.0103>"
).encode()
