"""Compiles one field: from typed text to answer, is it allowed, what is its value, how is it shown.

Parsing is for people (German dates and numbers), checking is for canonical answers, so that
stored answers can be checked again without being read anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal

from gemeinwerk.core.forms.explaining import character_words, refusal_of
from gemeinwerk.core.forms.formats import FORMATS, email
from gemeinwerk.core.forms.model import Field
from gemeinwerk.core.forms.partial_dates import (
    last_day,
    read_partial_date,
    shown_partial_date,
    typed_partial_date,
)
from gemeinwerk.core.forms.patterns import MAX_LENGTH, Pattern, compile_pattern
from gemeinwerk.core.forms.places import shown_place, typed_place
from gemeinwerk.core.forms.values import (
    Refusal,
    Value,
    from_value,
    german_date,
    german_number,
    read_boolean,
    read_date,
    read_integer,
    read_money,
    read_number,
    to_boolean,
    to_date,
    to_number,
    to_text,
)
from gemeinwerk.core.kernel.latin import check_text, normalise, visible_length

Parse = Callable[[str], str | Refusal]
Test = Callable[[str], Refusal | None]

TEXT_LIMIT = 20_000
"""No text answer is longer, whatever the field says (S33)."""
_TYPED_LIMIT = 200
"""No typed date, number or choice is longer."""
_AREA_LIMIT = 4000
"""Corners of an area."""
_ENTRY_LIMIT = 200
"""A code whose list is missing."""


def parser(field: Field) -> Parse:
    """Return the function that reads what was typed; it never raises."""
    kind = field.kind
    if kind in ("text", "email"):
        read = email if kind == "email" else FORMATS.get(field.format)
        return _line(read, "email" if kind == "email" else field.format) if read else _clean_line
    if kind == "code_entry":
        return _clean_line
    if kind == "long_text":
        return normalise
    readers: dict[str, Parse] = {
        "integer": read_integer,
        "decimal": lambda typed: read_number(typed, field.decimals),
        "money": read_money,
        "date": read_date,
        "partial_date": read_partial_date,
        "boolean": read_boolean,
    }
    return _short(readers.get(kind, lambda typed: typed))


def _clean_line(typed: str) -> str | Refusal:
    value = normalise(typed)
    return Refusal("answer.one_line") if "\n" in value else value


def _line(read: Callable[[str], str | None], name: str) -> Parse:
    limit = _AREA_LIMIT if name == "area" else _TYPED_LIMIT

    def parse(typed: str) -> str | Refusal:
        value = normalise(typed)
        if len(value) > limit:
            return Refusal(f"answer.{name}")
        return read(value) or refusal_of(name, value)

    return parse


def _short(read: Parse) -> Parse:
    def parse(typed: str) -> str | Refusal:
        value = typed.strip()
        if len(value) > _TYPED_LIMIT:
            return Refusal("answer.too_long", {"limit": _TYPED_LIMIT, "length": len(value)})
        return read(value)

    return parse


def checker(field: Field, label: str) -> Test:
    """Return the function that says what is wrong with a canonical answer, None if nothing is."""
    kind = field.kind
    if kind in ("text", "long_text", "email", "code_entry", "hidden"):
        return _text_test(field)
    if kind in ("integer", "decimal", "money"):
        return _number_test(field)
    if kind == "date":
        return lambda answer: None if to_date(answer) else Refusal("answer.not_a_date")
    if kind == "partial_date":
        return lambda answer: None if last_day(answer) else Refusal("answer.not_a_partial_date")
    if kind == "boolean":
        return _truth_test(field)
    codes = frozenset(option.code for option in field.options)
    return lambda answer: None if answer in codes else Refusal("answer.unknown_option")


def _truth_test(field: Field) -> Test:
    def test(answer: str) -> Refusal | None:
        if answer not in ("true", "false"):
            return Refusal("answer.yes_or_no")
        if answer == "false" and field.must_be_true and field.minimum > 0:
            return Refusal("answer.not_confirmed")
        return None

    return test


def _number_test(field: Field) -> Test:
    low, high = field.min_value, field.max_value
    decimals = {"integer": 0, "money": 2}.get(field.kind, field.decimals)
    range_refusal = _range_refusal(field)

    def test(answer: str) -> Refusal | None:
        number = to_number(answer)
        if number is None:
            return Refusal("answer.not_a_number")
        if (low is not None and number < low) or (high is not None and number > high):
            return range_refusal
        if decimals is not None and len(answer.partition(".")[2]) > decimals:
            return Refusal("answer.too_many_decimals", {"limit": decimals})
        return None

    return test


def _range_refusal(field: Field) -> Refusal:
    low = "" if field.min_value is None else _number_text(field, field.min_value)
    high = "" if field.max_value is None else _number_text(field, field.max_value)
    if not high:
        return Refusal("answer.too_small", {"minimum": low})
    if not low:
        return Refusal("answer.too_large", {"maximum": high})
    return Refusal("answer.out_of_range", {"minimum": low, "maximum": high})


def _number_text(field: Field, number: Decimal) -> str:
    return german_number(from_value(number, field.kind))


def text_limits(field: Field) -> tuple[int, int]:
    """Return the least and the most units a text answer may have."""
    limit = _ENTRY_LIMIT if field.kind == "code_entry" else TEXT_LIMIT
    most = min(field.max_length or limit, MAX_LENGTH if field.pattern else limit)
    return field.min_length or 0, most


def _text_test(field: Field) -> Test:
    least, most = text_limits(field)
    datatype = "C" if field.kind != "text" else field.text_type
    pattern: Pattern | None = compile_pattern(field.pattern) if field.pattern else None
    exact = _format_test(field)

    def test(answer: str) -> Refusal | None:
        size = len(answer) if answer.isascii() else visible_length(answer[: 4 * most])
        if size > most:
            return Refusal("answer.too_long", {"limit": most, "length": size})
        if offences := check_text(answer, datatype):
            return _character_refusal(offences[0].character, offences[0].name)
        if size < least:
            return Refusal("answer.too_short", {"limit": least, "length": size})
        if exact is not None and (wrong := exact(answer)) is not None:
            return wrong
        if pattern is not None and not pattern.matches(answer):
            if field.pattern_help:
                return Refusal("answer.pattern_explained", {"wanted": field.pattern_help})
            return Refusal("answer.pattern")
        return None

    return test


def _character_refusal(character: str, name: str) -> Refusal:
    if character == "\n":
        return Refusal("answer.one_line")
    words = character_words(name)
    params: dict[str, str | int] = {"character": character, "name": name, "words": words}
    return Refusal("answer.character_not_allowed", params)


def _format_test(field: Field) -> Test | None:
    read = email if field.kind == "email" else FORMATS.get(field.format)
    if read is None:
        return None
    name = "email" if field.kind == "email" else field.format
    return lambda answer: None if read(answer) == answer else refusal_of(name, answer)


def valuer(field: Field) -> Callable[[str], Value]:
    """Return the function from a canonical answer to its value (None if it is none)."""
    if field.kind in ("integer", "decimal", "money"):
        return to_number
    if field.kind in ("date", "partial_date"):
        return to_date if field.kind == "date" else last_day
    return to_boolean if field.kind == "boolean" else to_text


def shower(field: Field) -> Callable[[str], str]:
    """Return the function from a canonical answer to the text people read."""
    if field.kind == "money":
        return lambda answer: f"{german_number(answer)} EUR" if answer else ""
    if field.kind in ("integer", "decimal"):
        unit = f" {field.unit}" if field.unit else ""
        return lambda answer: german_number(answer) + unit if answer else ""
    if field.kind in ("date", "partial_date"):
        return _shown_date if field.kind == "date" else shown_partial_date
    if field.kind == "boolean":
        yes = _declared(field)
        return lambda answer: {"true": yes, "false": "Nein"}.get(answer, "")
    if field.format in ("point", "area"):
        return shown_place
    if field.kind == "choice":
        labels = {option.code: option.label for option in field.options}
        return lambda answer: labels.get(answer, answer)
    return lambda answer: answer


def _declared(field: Field) -> str:
    """Return what a ticked box says: with the words that were declared, and their version."""
    if not field.statement:
        return "Ja"
    version = f" (Fassung {field.statement_version})" if field.statement_version else ""
    return f"Ja: {field.statement}{version}"


def _shown_date(answer: str) -> str:
    day = to_date(answer)
    return german_date(day) if day else answer


def input_text(kind: str, answer: str, text_format: str = "") -> str:
    """Return an answer as it stands in the input: German dates and numbers, codes as they are."""
    if text_format in ("point", "area"):
        return typed_place(answer)
    if kind in ("date", "partial_date"):
        return _shown_date(answer) if kind == "date" else typed_partial_date(answer)
    if kind in ("integer", "decimal", "money"):
        return german_number(answer, grouped=False)
    return answer


def displayable(typed: str) -> str:
    """Return typed text that can be sent back in a page, whatever was in it."""
    if typed.isprintable():
        return typed[:TEXT_LIMIT]
    return "".join(
        "\ufffd" if unicodedata.category(char) in ("Cs", "Cc") and char not in "\t\r\n" else char
        for char in typed[:TEXT_LIMIT]
    )
