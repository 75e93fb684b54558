"""Quick tests of answers for generated checks: one entry per kind of field.

An entry writes an expression that is true only for answers which `FieldPlan.check` accepts; when
it is false the check itself decides and words the refusal. So a kind without an entry is merely
slower, and an entry can make nothing wrong but by accepting too much (tests hold it to that).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gemeinwerk.core.forms.fields import text_limits
from gemeinwerk.core.forms.formats import sound_iban, sound_tax_id
from gemeinwerk.core.forms.model import Field
from gemeinwerk.core.forms.partial_dates import last_day
from gemeinwerk.core.forms.patterns import compile_pattern
from gemeinwerk.core.forms.values import to_date
from gemeinwerk.core.kernel.generated import (
    Operand,
    Unit,
    between,
    both,
    call,
    compare,
    constant,
    either,
    given,
    local,
)
from gemeinwerk.core.kernel.latin import allowed_line


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer in question."""

    field: Field
    answer: str
    """The local variable that holds it."""
    value: Operand | None
    """Its value, where some expression needed it anyway."""
    unit: Unit

    def test(self, function: Callable[[str], object]) -> Operand:
        """`function(answer)`"""
        return call(self.unit.use(function), local(self.answer))


Writer = Callable[[Asked], Operand | None]
"""Writes the test; None: ask the check of the field."""

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBERS: dict[int | None, re.Pattern[str]] = {
    None: re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,9})?"),
    0: _WHOLE,
    2: re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,2})?"),
}
_FEW = 400
_EMAIL = re.compile(
    r"[A-Za-z0-9_+-]{1,30}(?:\.[A-Za-z0-9_+-]{1,30})?"
    r"@(?:[a-z0-9]{1,25}(?:-[a-z0-9]{1,25})?\.){1,3}[a-z]{2,20}"
)
_FORMATS: Mapping[str, tuple[Callable[[str], object], int, int]] = {
    "iban": (sound_iban, 22, 22),
    "tax_id": (sound_tax_id, 11, 11),
    "bic": (re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?").fullmatch, 8, 11),
    "plate": (re.compile(r"[A-ZÄÖÜ]{1,3}-[A-Z] [1-9][0-9]{0,3}").fullmatch, 5, 10),
    "postal_code": (re.compile(r"(?!00)[0-9]{5}").fullmatch, 5, 5),
    "phone": (re.compile(r"\+?[0-9]{5}[0-9 ()/.-]{0,24}").fullmatch, 5, 30),
    "time": (re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]").fullmatch, 5, 5),
}
"""Accept only what the format's own function returns unchanged; with the lengths that leaves."""


def _text(asked: Asked) -> Operand | None:
    field = asked.field
    least, most = text_limits(field)
    if field.format:
        return _formatted(asked, _FORMATS.get(field.format))
    if least > most:
        return None
    datatype = field.text_type if field.kind == "text" else "C"
    fits = given(asked.test(allowed_line(datatype, least, most)))
    if field.pattern:
        return both(fits, asked.test(compile_pattern(field.pattern).matches))
    if datatype == "A":
        return fits
    plain = both(asked.test(str.isascii), asked.test(str.isprintable), _length(asked))
    return either(plain, fits)


def _length(asked: Asked) -> Operand:
    least, most = text_limits(asked.field)
    size = asked.test(len)
    if least > 1:
        return between(constant(least), size, constant(most))
    return compare(size, "<=", constant(most))


def _formatted(
    asked: Asked, known: tuple[Callable[[str], object], int, int] | None
) -> Operand | None:
    """A known format: letters and length follow from it, unless the field narrows them."""
    field = asked.field
    if known is None or field.pattern or (field.kind == "text" and field.text_type == "A"):
        return None
    test, shortest, longest = known
    found = given(asked.test(test))
    least, most = text_limits(field)
    if least <= shortest and longest <= most:
        return found
    return both(_length(asked), found)


def _email(asked: Asked) -> Operand | None:
    return _formatted(asked, (_EMAIL.fullmatch, 6, 254))


def _number(asked: Asked) -> Operand | None:
    field = asked.field
    digits = {"integer": 0, "money": 2}.get(field.kind, field.decimals)
    if digits not in _NUMBERS:
        return None
    few = few_numbers(field)
    if few is not None:
        return compare(local(asked.answer), "in", local(asked.unit.use(few)))
    written = given(asked.test(_NUMBERS[digits].fullmatch))
    low, high = field.min_value, field.max_value
    if low is None and high is None:
        return written
    number = asked.value or asked.test(Decimal)
    if low is not None and high is not None:
        fits = between(asked.unit.value(low), number, asked.unit.value(high))
    elif low is not None:
        fits = compare(number, ">=", asked.unit.value(low))
    else:
        fits = compare(number, "<=", asked.unit.value(high))
    return both(written, fits)


def few_numbers(field: Field) -> Mapping[str, Decimal] | None:
    """Return all answers to a whole number of a small range; None if they are many."""
    low, high = field.min_value, field.max_value
    if field.kind != "integer" or low is None or high is None or high - low > _FEW:
        return None
    return _numbers(math.ceil(low), math.floor(high))


@lru_cache(maxsize=64)
def _numbers(low: int, high: int) -> Mapping[str, Decimal]:
    return {str(number): Decimal(number) for number in range(low, high + 1)}


def _date(asked: Asked) -> Operand | None:
    return given(asked.value or asked.test(to_date))


def _partial_date(asked: Asked) -> Operand | None:
    return given(asked.test(last_day))


def _truth(asked: Asked) -> Operand | None:
    field = asked.field
    if field.must_be_true and field.minimum > 0:
        return compare(local(asked.answer), "=", constant("true"))
    return compare(local(asked.answer), "in", local(asked.unit.use(_TRUTHS)))


_TRUTHS = frozenset(("true", "false"))


def _choice(asked: Asked) -> Operand | None:
    codes = frozenset(option.code for option in asked.field.options)
    return compare(local(asked.answer), "in", local(asked.unit.use(codes)))


EXACT = frozenset(("date", "partial_date", "boolean", "choice"))
"""Kinds whose quick test is the whole test: what fails it is refused, and always with one code."""

SOUND: Mapping[str, Writer] = {
    "text": _text,
    "long_text": _text,
    "code_entry": _text,
    "email": _email,
    "integer": _number,
    "decimal": _number,
    "money": _number,
    "date": _date,
    "partial_date": _partial_date,
    "boolean": _truth,
    "choice": _choice,
}
"""Kind of field -> how its quick test is written."""
