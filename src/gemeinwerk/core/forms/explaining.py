"""Says what exactly is wrong with a text of a known format: too short, which sign, which digit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from gemeinwerk.core.forms.formats import IBAN_LENGTHS
from gemeinwerk.core.forms.values import Refusal

_BLANKS = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, "-": None})
_SCRIPTS = (
    ("CYRILLIC", "kyrillischer Buchstabe"),
    ("GREEK", "griechischer Buchstabe"),
    ("ARABIC-INDIC DIGIT", "arabische Ziffer"),
    ("ARABIC", "arabisches Schriftzeichen"),
    ("HEBREW", "hebräischer Buchstabe"),
    ("CJK", "chinesisches Schriftzeichen"),
    ("HIRAGANA", "japanisches Schriftzeichen"),
    ("KATAKANA", "japanisches Schriftzeichen"),
    ("HANGUL", "koreanisches Schriftzeichen"),
    ("DEVANAGARI", "indisches Schriftzeichen"),
    ("THAI", "thailändisches Schriftzeichen"),
    ("GEORGIAN", "georgischer Buchstabe"),
    ("ARMENIAN", "armenischer Buchstabe"),
    ("COMBINING", "einzelnes Zusatzzeichen"),
    ("ZERO WIDTH", "unsichtbares Zeichen"),
    ("EMOJI", "Bildzeichen"),
    ("LATIN", "ungewöhnlicher lateinischer Buchstabe"),
    ("U+", "Steuerzeichen"),
)
_KNOWN = {
    "LEFT CURLY BRACKET": "geschweifte Klammer",
    "RIGHT CURLY BRACKET": "geschweifte Klammer",
    "DIGIT": "Ziffer",
    "VERTICAL LINE": "senkrechter Strich",
    "REVERSE SOLIDUS": "umgekehrter Schrägstrich",
    "LESS-THAN SIGN": "Kleiner-als-Zeichen",
    "GREATER-THAN SIGN": "Größer-als-Zeichen",
    "COMMERCIAL AT": "At-Zeichen",
    "LOW LINE": "Unterstrich",
    "EXCLAMATION MARK": "Ausrufezeichen",
    "QUESTION MARK": "Fragezeichen",
    "SOLIDUS": "Schrägstrich",
    "COMMA": "Komma",
    "COLON": "Doppelpunkt",
    "SEMICOLON": "Semikolon",
    "QUOTATION MARK": "Anführungszeichen",
    "PLUS SIGN": "Pluszeichen",
    "EQUALS SIGN": "Gleichheitszeichen",
    "LEFT PARENTHESIS": "runde Klammer",
    "RIGHT PARENTHESIS": "runde Klammer",
    "AMPERSAND": "Und-Zeichen",
    "PERCENT SIGN": "Prozentzeichen",
    "NUMBER SIGN": "Rautezeichen",
    "ASTERISK": "Sternchen",
    "DOLLAR SIGN": "Dollarzeichen",
}


def character_words(name: str) -> str:
    """Return what a character is in German words, its Unicode name where there are none."""
    if name in _KNOWN:
        return _KNOWN[name]
    if name.startswith("DIGIT "):
        return "Ziffer"
    return next((words for start, words in _SCRIPTS if name.startswith(start)), f"Zeichen {name}")


def refusal_of(name: str, value: str) -> Refusal:
    """Return why a text has not the format of this name."""
    explain = _EXPLAIN.get(name)
    return (explain(value) if explain else None) or Refusal(f"answer.{name}")


def _iban(value: str) -> Refusal | None:
    packed = value.translate(_BLANKS).upper()
    odd = re.search("[^A-Z0-9]", packed)
    if odd:
        return Refusal("answer.iban_character", {"character": odd[0]})
    expected = IBAN_LENGTHS.get(packed[:2])
    if expected is None:
        return Refusal("answer.iban_country", {"start": packed[:2]}) if packed else None
    if len(packed) != expected:
        params: dict[str, str | int] = {"length": len(packed), "expected": expected}
        if packed.startswith("DE"):
            return Refusal("answer.iban_length", params)
        return Refusal("answer.iban_length_abroad", {**params, "country": packed[:2]})
    return None


def _digits(code: str, expected: int) -> Callable[[str], Refusal | None]:
    def explain(value: str) -> Refusal | None:
        packed = value.translate(_BLANKS)
        if not (packed.isascii() and packed.isdigit()) or len(packed) == expected:
            return None
        return Refusal(code, {"length": len(packed), "expected": expected})

    return explain


def _email(value: str) -> Refusal | None:
    if "@" not in value:
        return Refusal("answer.email_without_at")
    return Refusal("answer.email_with_blank") if re.search(r"\s", value) else None


_EXPLAIN: Mapping[str, Callable[[str], Refusal | None]] = {
    "iban": _iban,
    "tax_id": _digits("answer.tax_id_length", 11),
    "postal_code": _digits("answer.postal_code_length", 5),
    "email": _email,
}
