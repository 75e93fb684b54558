"""Reads the values of prose as what the field can hold: codes, yes and no, numbers, days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from gemeinwerk.core.expressions import Call, Compare, Expr, ListOf, Literal, Type
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.lexicon import FALSE_WORDS, TRUE_WORDS
from gemeinwerk.core.rules.model import ContradictionError, NotUnderstoodError
from gemeinwerk.core.rules.scope import Names, Place, stems_of
from gemeinwerk.core.schemas import CodeEntry

Said = tuple[str, str]
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?|[+-]?\d+\.\d+")


def read_value(names: Names, place: Place, code: str, label: str) -> Literal:
    """Return the literal for a value the prose gives as code, as label, or as both."""
    said = code or label
    match place.type:
        case Type.BOOLEAN:
            return _boolean(place, said)
        case Type.NUMBER:
            return Literal(number(said, place))
        case Type.DATE:
            return Literal(day(said))
    entries = names.entries(place)
    if entries is None:
        if code and label:
            key = (place.element.id, stems_of(label))
            names.claims.setdefault(key, set()).add(code)
        return Literal(code or _leading_code(label) or label)
    meant = _code(entries, place, code, label)
    if code and code != meant:
        names.mended.append(f"Wert {code} von {place.element.id} gelesen als {meant}.")
    return Literal(meant)


def is_code(names: Names, place: Place, said: str) -> bool:
    """Tell whether a word is a code of the field's list, as it is written."""
    return any(entry.code == said for entry in names.entries(place) or ())


def within(names: Names, place: Place, ends: Sequence[tuple[str, Said]]) -> Expr:
    """Return that a value lies between two; codes are compared as numbers of one length.

    With the list its codes are named one by one. Without it, text of one length is compared,
    which gives the same for codes of digits.
    """
    if place.type in (Type.NUMBER, Type.DATE):
        read = [(sign, read_value(names, place, *said)) for sign, said in ends]
        return build.all_of([Compare(sign, build.name(place), value) for sign, value in read])
    codes = [(sign, code or _leading_code(label)) for sign, (code, label) in ends]
    lengths = {len(code) for _, code in codes}
    if place.type is not Type.TEXT or len(lengths) != 1 or not all(c.isdecimal() for _, c in codes):
        raise NotUnderstoodError
    entries = names.entries(place)
    if entries is None:
        size = Compare("=", Call("length", (build.name(place),)), Literal(Decimal(lengths.pop())))
        signs = [Compare(sign, build.name(place), Literal(code)) for sign, code in codes]
        least = max((c for s, c in codes if s in (">", ">=")), default="")
        if any(s in ("<", "<=") and c < least for s, c in codes):
            raise ContradictionError(f"Zwischen {_said(codes)} liegt kein Code.")
        return build.all_of([size, *signs])
    found = [e.code for e in entries if all(_lies(e.code, sign, code) for sign, code in codes)]
    if not found:
        raise ContradictionError(
            f"Zwischen {_said(codes)} liegt kein Code der Liste von {place.element.id}."
        )
    listed = tuple(Literal(code) for code in found)
    if len(listed) == 1:
        return Compare("=", build.name(place), listed[0])
    return Compare("in", build.name(place), ListOf(listed))


def _said(codes: Sequence[tuple[str, str]]) -> str:
    return " und ".join(code for _, code in codes)


def _lies(code: str, sign: str, end: str) -> bool:
    if not code.isdecimal() or len(code) != len(end):
        return False
    return {"<": code < end, "<=": code <= end, ">": code > end, ">=": code >= end}[sign]


def _boolean(place: Place, said: str) -> Literal:
    word = said.lower().strip(" .")
    if word in TRUE_WORDS or word in FALSE_WORDS:
        return Literal(word in TRUE_WORDS)
    raise ContradictionError(f"{place.element.id} kennt nur Ja und Nein, nicht „{said}“.")


def _leading_code(label: str) -> str:
    """Return the code of "001 Auskunft wurde beantragt", "" when there is none."""
    found = re.match(r"(\d+)\s+\D", label)
    return found.group(1) if found else ""


def _code(entries: Sequence[CodeEntry], place: Place, code: str, label: str) -> str:
    codes = {entry.code for entry in entries}
    for said in (code, label, _leading_code(label)):
        if said and said in codes:
            _same_meaning(entries, said, code, label, place)
            return said
    for said in (label, code):
        meant = _by_label(entries, said)
        if meant is not None:
            return meant
    said = code or label
    padded = [each for each in codes if _same_number(each, said)]
    if len(padded) == 1 and len({len(each) for each in codes}) == 1:
        _same_meaning(entries, padded[0], code, label, place)
        return padded[0]  # 01 for 001: the same code, written shorter
    hint = next((c for c in sorted(codes) if _same_number(c, said)), "")
    meaning = f" Vermutlich ist {hint} gemeint." if hint else ""
    raise ContradictionError(
        f"Der Wert „{said}“ steht nicht in der Liste von {place.element.id}.{meaning}"
    )


def _same_meaning(
    entries: Sequence[CodeEntry], chosen: str, code: str, label: str, place: Place
) -> None:
    """Refuse a code whose label in the prose belongs to another code."""
    meant = _by_label(entries, label) if code and label else None
    if meant is not None and meant != chosen:
        raise ContradictionError(
            f"Bei {place.element.id} heißt {chosen} nicht „{label}“; das ist {meant}."
        )


def _by_label(entries: Sequence[CodeEntry], said: str) -> str | None:
    stems = stems_of(said)
    found = {entry.code for entry in entries if stems and stems_of(entry.label) == stems}
    return found.pop() if len(found) == 1 else None


def _same_number(one: str, other: str) -> bool:
    return one.isdecimal() and other.isdecimal() and int(one) == int(other)


def number(said: str, place: Place | None = None) -> Decimal:
    """Read a number as German writes it ("1.250,50")."""
    if not _NUMBER.fullmatch(said.strip()):
        where = f" in {place.element.id}" if place else ""
        raise ContradictionError(f"„{said}“ ist keine Zahl{where}.")
    plain = said.strip()
    if "," in plain or re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation as wrong:  # pragma: no cover - the pattern forbids it
        raise ContradictionError(f"„{said}“ ist keine Zahl.") from wrong


def day(said: str) -> date:
    """Read a day, "31.12.2026" or "2026-12-31"."""
    try:
        if "-" in said:
            return date.fromisoformat(said)
        days, months, years = said.split(".")
        return date(int(years), int(months), int(days))
    except ValueError as wrong:
        raise ContradictionError(f"„{said}“ ist kein gültiges Datum.") from wrong
