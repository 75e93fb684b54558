"""The codes on the pages of a paper form (Seitencodes) as QR pictures."""

from __future__ import annotations

import io

import pikepdf
import segno

from gemeinwerk.connectors.typesetting.letters import PaperForm
from gemeinwerk.core.forms.exports import PageCode, page_code


def page_count(data: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(io.BytesIO(data)) as made:
        return len(made.pages)


def page_codes(form: PaperForm, pages: int) -> list[dict[str, str]]:
    """Return the code of each page as SVG, and as text for people who type it."""
    found = []
    for page in range(1, pages + 1):
        code = PageCode(form.service, form.version, form.application, page, pages)
        text = page_code(code)
        picture = io.BytesIO()
        segno.make(text, error="m", micro=False).save(
            picture, kind="svg", border=0, xmldecl=False, svgns=True
        )
        found.append({"picture": picture.getvalue().decode(), "text": text})
    return found
