"""The form on paper: empty for everybody, filled for its owner alone."""

from __future__ import annotations

import html
import io
import re

import pypdfium2
import pytest
from django.test import Client

from gemeinwerk.core.forms.exports import read_page_code
from tests.parking import Office
from tests.web.portal.citizen import SLUG, Citizen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_sentences")]


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(data))
    found = "\n".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    return found


def test_the_empty_form_leads_back_to_its_service(office: Office) -> None:
    visitor = Client(headers={"host": "lindenau.localhost"})
    page = visitor.get(f"/leistung/{SLUG}")
    address = f"/leistung/{SLUG}/papierformular.pdf"
    assert address in html.unescape(page.content.decode())
    answer = visitor.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    found = text_of(answer.content)
    code = read_page_code(re.findall(r"GW1/\S+", found)[0])
    assert code.service == SLUG and code.application is None
    assert "Familienname" in found and "Unterschrift" in found
    assert visitor.get("/leistung/nichts/papierformular.pdf").status_code == 404


def test_the_filled_form_holds_the_draft(office: Office) -> None:
    anna = Citizen().begin().fill("person")
    answer = anna.get("/papierformular.pdf")
    found = text_of(answer.content)
    code = read_page_code(re.findall(r"GW1/\S+", found)[0])
    assert code.application == anna.id
    assert "no-store" in answer["Cache-Control"]
    names = [value for value in anna_names() if value in found]
    assert names


def anna_names() -> list[str]:
    from tests.web.portal.citizen import sample

    return [value for key, value in sample().items() if key.endswith("F99000101")]


def test_strangers_see_no_filled_form(office: Office) -> None:
    anna = Citizen().begin().fill("person")
    stranger = Client(headers={"host": "lindenau.localhost"})
    answer = stranger.get(anna.at("/papierformular.pdf"))
    assert answer.status_code == 404
    assert b"%PDF" not in answer.content
