"""Whatever is sent: a page with a German sentence and 4xx, never 5xx (S32, S33)."""

from __future__ import annotations

import pytest

from tests.parking import Office
from tests.web.portal.citizen import SLUG, Citizen, sample, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_sentences")]

FORM = "application/x-www-form-urlencoded"
NASTY = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\ufeff",
    "\u202e",
    "\r\nSet-Cookie: a=b",
    "9" * 5000,
    "-1e999999",
    "99.99.9999",
    "0001-01-01",
    "31.12.99999",
    "{{ 7*7 }}",
    "${7*7}",
    "%s%n",
    "' OR 1=1 --",
    "<img src=x onerror=alert(1)>",
    "../../../etc/passwd",
    "٣٤٥",
    "e\u0301" * 300,
    "🙂" * 200,
]


@pytest.fixture
def anna(office: Office) -> Citizen:
    return Citizen(raise_request_exception=False).begin()


@pytest.mark.parametrize("value", NASTY, ids=[ascii(value)[:20] for value in NASTY])
def test_no_value_breaks_a_page(anna: Citizen, value: str) -> None:
    sent = {
        name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for name in sample()
    }
    for page in ("person", "vehicle", "period", "contact"):
        if anna.get(f"/seite/{page}").status_code != 200:
            continue
        response = anna.post(f"/seite/{page}", sent)
        assert response.status_code in (200, 302, 400, 422)
        assert "<img src=x" not in text_of(response)
        assert anna.get(f"/seite/{page}").status_code == 200
    assert anna.get("/pruefen").status_code == 200


@pytest.mark.parametrize("path", ["/suche?q=%00", "/suche?q=%ED%A0%80", "/suche?q=%FF%FE"])
def test_no_query_breaks_the_search(anna: Citizen, path: str) -> None:
    assert anna.client.get(path).status_code in (200, 400)


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        ("&".join(f"a{n}=1" for n in range(1500)), (400,)),
        ("a=" + "x" * 13_000_000, (400, 413)),
        ("=&=&&&;;=", (422,)),
        ("G99000011.F99000101=a&G99000011.F99000101=b", (422,)),
        ("G99000011.F99000101[999999999]=a&G99000011[]=99999999999999999999", (422,)),
        ("_add=" + "%5B0%5D" * 400, (200, 422)),
        ("_remove=G99000011%5B-1%5D", (200, 422)),
        ("%00=%00", (400, 422)),
        ("%ED%A0%80=%ED%A0%80", (422,)),
    ],
    ids=["fields", "huge", "empty", "doubled", "index", "add", "remove", "nul", "surrogate"],
)
def test_no_body_breaks_a_page(anna: Citizen, body: str, statuses: tuple[int, ...]) -> None:
    response = anna.client.post(anna.at("/seite/person"), body, content_type=FORM)
    assert response.status_code in statuses
    assert "Traceback" not in text_of(response)
    assert "<h1" in text_of(response)


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/json", "text/plain", "x/y"])
def test_no_content_type_breaks_a_page(anna: Citizen, kind: str) -> None:
    response = anna.client.post(anna.at("/seite/person"), b'{"a": 1}', content_type=kind)
    assert response.status_code in (400, 422)


@pytest.mark.parametrize(
    "rest", ["/seite/%00", "/seite/..", "/seite/a%2Fb", "/seite/" + "x" * 3000]
)
def test_an_unknown_step_is_nothing(anna: Citizen, rest: str) -> None:
    assert anna.get(rest).status_code in (400, 404)


def test_a_form_without_token_changes_nothing_and_says_so(office: Office) -> None:
    strict = Citizen(enforce_csrf_checks=True)
    response = strict.client.post(f"/leistung/{SLUG}/beginnen")
    assert response.status_code == 403
    assert "Es wurde nichts geändert" in text_of(response)


@pytest.mark.parametrize("way", ["//boese.example", "https://boese.example", "/\\boese.example"])
def test_the_way_back_stays_here(anna: Citizen, way: str) -> None:
    response = anna.client.post("/sprache/en", {"zurueck": way})
    assert "boese" not in response.headers["Location"]
    page = anna.post(f"/seite/person?zurueck={way}", sample())
    assert "boese" not in page.headers["Location"]
