"""Texts: every one in place, loud when missing, safe with what people type."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.test import override_settings
from minijinja import safe

from gemeinwerk.apps.catalogue.situations import LIFE_SITUATIONS
from gemeinwerk.web.ui import formats, language, wording
from gemeinwerk.web.ui.render import WEB

T_CALL = re.compile(r"""\bt\(\s*(?:"([^"]+)"|'([^']+)')""")


def german_texts(*folders: str) -> set[str]:
    files = [
        file
        for folder in folders
        for suffix in ("html", "py")
        for file in (WEB / folder).rglob(f"*.{suffix}")
        if "desk" not in file.name and "gallery" not in file.parts
    ]
    return {a or b for file in files for a, b in T_CALL.findall(file.read_text("utf-8"))}


def test_the_frame_and_the_parts_speak_english():
    missing = german_texts("ui") - wording.translations().keys() - {"…", "Weiter"}
    assert not missing


def test_the_portal_speaks_english():
    missing = german_texts("portal") - wording.translations().keys()
    missing |= set(LIFE_SITUATIONS.values()) - wording.translations().keys()
    assert not missing


def test_translations_keep_the_placeholders():
    for german, english in wording.translations().items():
        assert set(re.findall(r"\{\w+\}", german)) == set(re.findall(r"\{\w+\}", english))


def test_nothing_is_said_twice_with_different_words():
    assert wording.clashes() == []


def test_sentences_keep_the_placeholders_and_exist_in_both_languages():
    german, english = wording.codes("de"), wording.codes("en")
    for code, text in english.items():
        known = set(re.findall(r"\{\w+\}", german[code]))
        # The Unicode name of a character is English; German has words of its own for it.
        known |= {"{name}"} if "{words}" in known else set()
        assert set(re.findall(r"\{\w+\}", text)) <= known, code


def test_a_missing_sentence_is_loud_here_and_gentle_in_production():
    with pytest.raises(wording.MissingSentenceError):
        wording.sentence("no.such_code")
    with override_settings(STRICT_SENTENCES=False):
        assert wording.sentence("no.such_code").startswith("Das hat nicht geklappt")


def test_a_missing_value_is_loud_here_and_gentle_in_production():
    with pytest.raises(wording.MissingSentenceError):
        wording.t("Seite {number} von {pages}", number=1)
    with override_settings(STRICT_SENTENCES=False):
        assert wording.t("Seite {number} von {pages}", number=1) == "Seite 1 von …"


def test_only_plain_placeholders_are_filled():
    assert wording.t("{a.b} {0} {a!r} {a}", a="x") == "{a.b} {0} {a!r} x"
    assert wording.t("Hallo {name}", name="{other}") == "Hallo {other}"


def test_markup_among_the_values_escapes_all_the_rest():
    text = wording.t("A<B {link} {name}", link=safe("<a>x</a>"), name="<script>")
    assert text == "A&lt;B <a>x</a> &lt;script&gt;"
    assert hasattr(text, "__html__")


def test_dates_in_sentences_are_words():
    with language.spoken("en"):
        assert formats.shown("2026-12-04") == "4 December 2026"
    assert formats.shown("2026-12-04") == "4. Dezember 2026"


def test_formats_for_people():
    assert formats.weekday(date(2026, 12, 4)) == "Freitag, 4. Dezember 2026"
    assert formats.datetime_de(datetime.fromisoformat("2026-11-22T23:30:00+00:00")) == (
        "23. November 2026, 00:30 Uhr"
    )
    assert formats.money("1234.5") == "1.234,50\u00a0EUR"
    assert formats.money(0) == "0,00\u00a0EUR"
    assert formats.number("12.50") == "12,50"
    assert formats.number("zwölf") == "zwölf"
    assert formats.size(3_412_000) == "3,4\u00a0MB"
    assert formats.date_de("kein Datum") == ""
    assert formats.date_de(None) == ""
