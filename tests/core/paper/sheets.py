"""Lists of questions for tests: one as an office keeps it, and a writer for small workbooks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

HEAD = ("Nr.", "Frage", "Typ", "Pflicht", "Warum", "Hinweis der Abteilung")
ROWS: tuple[tuple[str, ...], ...] = (
    HEAD,
    ("1", "Name", "Text", "ja", "§ 2 Mustersatzung", ""),
    ("2", "Vorname(n)", "Text", "ja", "§ 2 Mustersatzung", ""),
    ("3", "Geburtsdatum", "", "ja", "", "seit 1987 auf dem Bogen"),
    ("4", "Straße, Hausnummer", "", "ja", "", ""),
    ("5", "PLZ / Ort", "", "ja", "", ""),
    ("6", "Staatsangehörigkeit", "", "nein", "", ""),
    ("7", "Art des Standes (Imbiss / Ausschank / Verkauf)", "", "ja", "§ 5 Mustersatzung", ""),
    ("8", "Fläche in m²", "", "ja", "§ 6 Mustersatzung", ""),
    ("9", "Haben Sie schon einmal teilgenommen? ja / nein", "", "", "", ""),
    ("10", "Kopie des Personalausweises", "", "ja", "", ""),
    ("11", "Lageplan", "Anlage", "ja", "§ 7 Mustersatzung", ""),
    ("12", "E-Mail", "", "nein", "", ""),
    ("13", "IBAN", "", "nein", "§ 8 Mustersatzung", ""),
    ("14", "Fläche in m²", "", "ja", "", "steht zweimal da"),
    ("15", "Ort, Datum, Unterschrift", "", "ja", "", ""),
)


def csv_bytes(
    rows: Sequence[Sequence[str]] = ROWS, *, delimiter: str = ";", encoding: str = "utf-8"
) -> bytes:
    lines = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def workbook(rows: Sequence[Sequence[str]] = ROWS, *, sheet: str = "", more: bytes = b"") -> bytes:
    """Return an XLSX with a hidden sheet before it; `sheet` is the XML to put in its place."""
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    shown = book.create_sheet("Fragen")
    for row in rows:
        shown.append(list(row))
    made = io.BytesIO()
    book.save(made)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(made) as office,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in office.infolist():
            ours = sheet and part.filename == "xl/worksheets/sheet2.xml"
            archive.writestr(part.filename, sheet if ours else office.read(part))
        if more:
            archive.writestr("xl/media/more.bin", more)
    return out.getvalue()
