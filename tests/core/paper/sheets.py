"""Lists of questions for tests: one as an office keeps it, and a writer for small workbooks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

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
    """Return an XLSX with shared texts, a hidden sheet before it, and `more` as another file."""
    texts = list(dict.fromkeys(cell for row in rows for cell in row))
    lines = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{chr(65 + column)}{at}" t="s"><v>{texts.index(cell)}</v></c>'
            for column, cell in enumerate(row)
            if cell
        )
        + "</row>"
        for at, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>'
        '<sheet name="Listen" sheetId="1" state="hidden" r:id="rId1"/>'
        '<sheet name="Fragen" sheetId="2" r:id="rId2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">'
        + "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        + "</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData/></worksheet>',
        "xl/worksheets/sheet2.xml": sheet
        or f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        if more:
            archive.writestr("xl/media/more.bin", more)
    return out.getvalue()
