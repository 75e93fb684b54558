"""Pages: nothing typed can break out of its place, names are strict, the frame is complete."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from minijinja import TemplateError

from gemeinwerk.web.ui import questions, static_files
from gemeinwerk.web.ui.gallery import gallery
from gemeinwerk.web.ui.render import environment, render, render_to_string

HOSTILE = [
    '"><script>alert(1)</script>',
    "' onfocus='alert(1)",
    "</textarea><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "</title><script>",
    "javascript:alert(1)",
    "\x00`<!--",
]
KINDS = ["text", "long_text", "integer", "decimal", "money", "date", "email", "code_entry", "note"]


class Tags(HTMLParser):
    """Collects what a browser would see as elements and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def shown(view: dict) -> str:
    template = '{% import "parts/questions.html" as q %}{{ q.error_summary(page_errors(view)) }}'
    return environment().render_str(template + "{{ q.questions(view.nodes) }}", view=view)


def field(**more: object) -> dict:
    return {"type": "field", "name": "F1", "id": "F1", "label": "Name", "kind": "text"} | more


def assert_harmless(html: str) -> None:
    for tag, attributes in Tags(html).seen:
        assert tag not in ("script", "img", "style"), html
        assert not [name for name in attributes if name.startswith("on")], html
        assert "style" not in attributes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_stay_text(kind: str, value: str):
    node = field(kind=kind, value=value, label=value, help=value, why=value, unit=value)
    assert_harmless(shown({"nodes": [node | {"locked": True}, node]}))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=st.text(max_size=40))
def test_any_value_comes_back_as_it_was_typed(value: str):
    clean = re.sub(r"[\r\x00]", "", value)  # HTML has no way to carry these two
    inputs = [a for tag, a in Tags(shown({"nodes": [field(value=clean)]})).seen if tag == "input"]
    assert inputs[0]["value"] == clean


def test_hostile_options_and_errors_stay_text():
    options = [{"code": text, "label": text, "help": text} for text in HOSTILE]
    nodes = [
        field(kind="choice", options=options, value=HOSTILE[0]),
        field(kind="choice", options=options * 2, value=HOSTILE[0]),
    ]
    assert_harmless(shown({"nodes": nodes}))
    error = {"error_code": "brand.colour_unreadable", "error_params": {"colour": HOSTILE[0]}}
    assert_harmless(shown({"nodes": [field(**error)]}))


def test_the_page_of_a_town_with_a_hostile_name(request_):
    request_.page = {"town": {"name": HOSTILE[0], "brand": {"colour": HOSTILE[1]}}}
    html = render_to_string(request_, "base.html")
    assert "<script>alert" not in html
    assert "onfocus='" not in html


def test_unknown_names_are_refused_without_telling_values(request_):
    environment().add_template("strict.html", "{{ town_nmae }}")
    with pytest.raises(TemplateError) as caught:
        render(request_, "strict.html", {"secret": "Großmann"})
    assert "Großmann" not in str(caught.value)


def test_templates_cannot_be_read_from_elsewhere(request_):
    with pytest.raises(TemplateError):
        render(request_, "../render.py")


def test_the_frame_has_what_law_and_people_ask_for(request_):
    html = render(request_, "base.html", status=404)
    assert html.status_code == 404
    text = html.content.decode()
    for part in ("#inhalt", "/impressum", "/datenschutz", "/barrierefreiheit", "/barriere-melden"):
        assert part in text
    assert '<html lang="de">' in text
    assert "historyCacheSize&#" in text or '"historyCacheSize":0' in text
    assert " style=" not in text and "<style" not in text and "<script>" not in text


@pytest.mark.parametrize("code", ["request.not_found", "request.our_fault", "brand.unheard_of"])
def test_refusals_are_one_sentence_and_a_way_on(request_, code: str):
    with override_settings(STRICT_SENTENCES=False):
        text = render(request_, "error.html", {"code": code, "params": {}}, 404).content.decode()
    assert "<h1" in text and "Zur Startseite" in text


def test_the_town_shows_its_crest_and_falls_back_to_its_letter(request_):
    request_.page = {"town": {"name": "Musterlingen", "brand": {"crest": "linde"}}}
    assert "gw-crest--linde" in render_to_string(request_, "base.html")
    request_.page = {"town": {"name": "Musterlingen", "brand": {"crest": '"><b>'}}}
    html = render_to_string(request_, "base.html")
    assert "gw-crest" not in html and ">M</span>" in html


def test_the_frame_in_english(request_):
    request_.page = {"language": "en"}
    text = render(request_, "base.html").content.decode()
    assert '<html lang="en">' in text
    assert "Skip to content" in text
    assert "/sprache/de" in text


def test_the_gallery_names_each_id_once(rf):
    for address in ("/demo/bausteine", "/demo/bausteine?teil=dienst"):
        seen = Tags(gallery(rf.get(address)).content.decode()).seen
        ids = [attributes["id"] for _, attributes in seen if attributes.get("id")]
        assert len(ids) == len(set(ids))
        links = {a["href"] for _, a in seen if (a.get("href") or "").startswith("#F")}
        assert {link[1:] for link in links if link} <= set(ids)
        for _, attributes in seen:
            assert set((attributes.get("aria-describedby") or "").split()) <= set(ids)


def test_errors_come_in_reading_order_and_lead_to_the_field():
    wrong = {"error_code": "general.refused", "error_params": {}}
    view = {
        "nodes": [
            field(),
            {
                "type": "group",
                "id": "G1",
                "instances": [{"id": "G1-0", "nodes": [field(id="a", kind="boolean") | wrong]}],
            },
            field(id="b") | wrong,
        ],
        "faults": [{"path": "", "code": "general.refused", "params": {}}],
    }
    assert [error["href"] for error in questions.page_errors(view)] == ["#a-1", "#b", ""]


def test_few_options_are_radios_and_many_a_select():
    options = [{"code": str(n), "label": str(n)} for n in range(7)]
    assert questions.question(field(kind="choice", options=options))["widget"] == "radios"
    more = [*options, {"code": "x", "label": "x"}]
    assert questions.question(field(kind="choice", options=more))["widget"] == "select"


def test_what_is_locked_has_no_input():
    html = shown({"nodes": [field(locked=True, value="Musterlingen")]})
    assert "Musterlingen" in html
    assert "<input" not in html


def test_static_addresses_name_the_content(rf):
    address = static_files.static("gemeinwerk.css")
    version = address.split("/")[2]
    answer = static_files.serve(rf.get(address), version, "gemeinwerk.css")
    assert "immutable" in answer["Cache-Control"]
    old = static_files.serve(rf.get(address), "0" * 12, "gemeinwerk.css")
    assert old["Cache-Control"] == "no-cache"
    zipped = static_files.serve(
        rf.get(address, HTTP_ACCEPT_ENCODING="gzip"), version, "gemeinwerk.css"
    )
    assert zipped["Content-Encoding"] == "gzip"
    with pytest.raises(FileNotFoundError):
        static_files.static("../render.py")


def test_no_part_of_the_front_end_names_another_host():
    for file in static_files.FOLDER.rglob("*"):
        if file.suffix in (".css", ".js") and "vendor" not in file.parts:
            assert "://" not in file.read_text("utf-8"), file
    kern = (static_files.FOLDER / "vendor/kern.css").read_text("utf-8")
    places = re.findall(r"url\(\s*['\"]?([^'\"\s)]{0,12})", kern)
    assert places
    assert {place.split(":")[0].split("/")[0] for place in places} == {"data", "fonts"}
