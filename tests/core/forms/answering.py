"""Makes valid answers for any form from a seed, and spoils them one at a time.

`answers_for` answers at random (optional groups, instances, ways of a choice), asks the form what
is wrong and mends it; what no value mends is said by `stuck`. `spoiled` yields a document with one
mistake and the path where it has to be refused.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from gemeinwerk.core.forms import CompiledForm, Field
from gemeinwerk.core.forms.exports.outline import Outline, outline
from gemeinwerk.core.forms.fields import checker, text_limits
from gemeinwerk.core.forms.pattern_syntax import Chars, Either, Part, Reader, Repeat
from gemeinwerk.core.forms.values import from_value
from gemeinwerk.core.kernel.latin import characters_of, normalise

TODAY = date(2026, 11, 22)
FORMATS = {
    "iban": ("DE89370400440532013000", "AT611904300234573201"),
    "bic": ("MARKDEF1100", "GENODEM1"),
    "plate": ("LB-AB 123", "KI-X 9E"),
    "postal_code": ("24103", "01067"),
    "phone": ("0431 1234567", "+49 431 12345"),
    "tax_id": ("62508941032", "90211845361"),
    "vat_id": ("DE126967921", "DE587320081"),
    "municipality_key": ("09162000", "091620000000"),
    "routing_id": ("04011000-1234512345-06", "11-12345-57"),
    "identity_card": ("T220001293", "T23C2TM4N0"),
    "time": ("09:30", "23:59"),
    "point": ("51.866700,12.643300", "54.321000,9.500000"),
    "area": ("51.866700,12.643300;51.866800,12.643300;51.866800,12.643400",),
    "datetime": ("2001-02-01T09:30", "2026-11-22T00:00"),
}
SEQUENCES = ("K͟h", "m̂", "Z̀", "a̋".upper())
_POOL = sorted(characters_of("C") - {"\n", "\r", "\t", "\u00a0"})


class Spoiled(NamedTuple):
    """A document with one mistake at `path`; `schema_sees` tells whether a schema can see it."""

    document: dict[str, Any]
    path: str
    what: str


def answers_for(compiled: CompiledForm, seed: int) -> dict[str, str]:
    """Return answers the form accepts."""
    maker = _Maker(compiled, random.Random(seed))
    for root in outline(compiled.form).roots:
        maker.take(root, "", asked=True)
    for _ in range(40):
        faults = compiled.faults(maker.answers, today=TODAY)
        if not faults:
            break
        maker.mend({fault.path: fault.code for fault in faults})
    return compiled.effective(maker.answers, today=TODAY)


class _Maker:
    def __init__(self, compiled: CompiledForm, chance: random.Random) -> None:
        self.compiled = compiled
        self.chance = chance
        self.answers: dict[str, str] = {}
        self.known = outline(compiled.form).by_path
        self.round = 0

    def take(self, one: Outline, start: str, *, asked: bool) -> None:
        name = f"{start}{one.id}"
        if not asked and self.chance.random() < 0.5:
            return
        if not one.repeated:
            self._one(one, name)
            return
        least = max(one.node.minimum, 0 if one.node.minimum == 0 else 1)
        count = self.chance.randint(least, min(one.most, least + 2))
        if not one.editable or not count:
            return
        self.answers[f"{name}[]"] = str(count)
        for at in range(count):
            self._one(one, f"{name}[{at}]")

    def _one(self, one: Outline, name: str) -> None:
        if isinstance(one.node, Field):
            if one.editable:
                self.answers[name] = value_for(one.node, self.chance)
            return
        if one.node.choice:
            ways = [child for child in one.children if child.editable]
            plain = [child for child in ways if not child.conditions] or ways
            self.take(self.chance.choice(plain), f"{name}.", asked=True)
            return
        for child in one.children:
            self.take(child, f"{name}.", asked=child.node.minimum > 0)

    def mend(self, faults: dict[str, str]) -> None:
        self.round += 1
        for path, code in faults.items():
            one = self.known.get(plain_path(path))
            if one is None:
                continue
            if code == "answer.choice_group_one":
                for key in [key for key in self.answers if key.startswith(f"{path}.")]:
                    del self.answers[key]
                self._one(one, path)
            elif code == "answer.choice_group_none":
                self._one(one, path)
            elif isinstance(one.node, Field):
                self.answers[path] = value_for(one.node, self.chance, shift=self.round)


def plain_path(name: str) -> str:
    """Return the path of a name without instance numbers."""
    return "".join(
        part.partition("]")[2] if at else part for at, part in enumerate(name.split("["))
    )


def value_for(field: Field, chance: random.Random, *, shift: int = 0) -> str:
    """Return a valid canonical answer."""
    kind = field.kind
    if kind == "choice":
        return chance.choice(field.options).code
    if kind == "boolean":
        return "true" if field.must_be_true or chance.random() < 0.5 else "false"
    if kind in ("integer", "decimal", "money"):
        return _number(field, chance)
    if kind == "date":
        # Days in the past suit most questions; when one was refused, nearer ones are tried.
        spans = ((1, 20_000), (-40, 0), (1, 300))
        days = chance.randint(*spans[shift % 3])
        return (TODAY - timedelta(days=days)).isoformat()
    if kind == "partial_date":
        return chance.choice(("1950", "1950-03", "1950-03-14"))
    if kind == "email":
        return chance.choice(("anna@example.de", "b.c+d@post.example.org"))
    if field.format:
        return chance.choice(FORMATS[field.format])
    for _ in range(200):
        text = _text(field, chance)
        if text and checker(field, "")(text) is None:
            return text
    return "stuck"


def _number(field: Field, chance: random.Random) -> str:
    low = field.min_value if field.min_value is not None else Decimal(0)
    high = field.max_value if field.max_value is not None else low + 5000
    low = min(low, high)
    places = {"integer": 0, "money": 2}.get(field.kind, min(field.decimals or 0, 6))
    step = Decimal(1).scaleb(-places)
    steps = int((high - low) / step)
    return from_value(low + step * chance.randint(0, min(steps, 100_000)), field.kind)


def _text(field: Field, chance: random.Random) -> str:
    least, most = text_limits(field)
    if field.pattern:
        return normalise(_fitting(Reader(field.pattern).read(), chance))[: most or None]
    pool = sorted(characters_of(field.text_type if field.kind == "text" else "C"))
    pool = [char for char in pool if char >= " " and char != "\u00a0"]
    length = chance.randint(max(least, 1), max(least, 1, min(most, 20)))
    parts = [chance.choice(pool) for _ in range(length)]
    if field.text_type == "C" and length > 3 and most > 3 * length:
        parts[1] = chance.choice(SEQUENCES)
    if field.kind == "long_text" and length > 2:
        parts[length // 2] = "\n"
    text = normalise("".join(parts))
    return text + "x" * max(0, max(least, 1) - len(text))


def _fitting(part: Part, chance: random.Random) -> str:
    if isinstance(part, Chars):
        return chance.choice([char for char in _POOL if part.test(char)] or ["\0"])
    if isinstance(part, Either):
        return _fitting(chance.choice(part.branches), chance)
    if isinstance(part, Repeat):
        most = part.least + 4 if part.most is None else min(part.most, part.least + 4)
        times = chance.randint(part.least, most)
        return "".join(_fitting(part.part, chance) for _ in range(times))
    return "".join(_fitting(each, chance) for each in part.parts)


def spoiled(compiled: CompiledForm, document: dict[str, Any]) -> Iterator[Spoiled]:
    """Yield the document with one mistake each: a wrong value, or an unknown member."""
    for place, one, name in _leaves(outline(compiled.form).roots, document, (), ""):
        if isinstance(one.node, Field) and one.editable:
            for what, wrong in _wrong(one.node):
                changed = copy.deepcopy(document)
                holder: Any = changed
                for step in place[:-1]:
                    holder = holder[step]
                holder[place[-1]] = wrong
                yield Spoiled(changed, name, what)
    yield Spoiled({**document, "F99999999": "x"}, "F99999999", "unknown")


def _wrong(field: Field) -> Iterator[tuple[str, Any]]:
    kind = field.kind
    yield "type", {"not": "a value"}
    if kind in ("integer", "decimal", "money"):
        yield "type", "12"
        if field.max_value is not None:
            yield "range", int(field.max_value) + 1
        if field.min_value is not None:
            yield "range", int(field.min_value) - 1
        if kind == "integer":
            yield "whole", 1.5
    elif kind == "boolean":
        yield "type", "true"
    elif kind == "date":
        yield "day", "22.11.2026"
    elif kind == "choice":
        yield "code", "no such code"
    else:
        yield "type", 7
        yield "character", "Жук"
        if not field.pattern and not field.format and kind != "email":
            most = text_limits(field)[1]
            yield "length", "x" * (most + 1)


def _leaves(
    children: Any, document: dict[str, Any], place: tuple[str | int, ...], start: str
) -> Iterator[tuple[tuple[str | int, ...], Outline, str]]:
    for child in children:
        if child.id not in document:
            continue
        value, name = document[child.id], f"{start}{child.id}"
        items: list[tuple[tuple[str | int, ...], Any, str]] = [((*place, child.id), value, name)]
        if child.repeated:
            items = [
                ((*place, child.id, at), item, f"{name}[{at}]") for at, item in enumerate(value)
            ]
        for where, item, path in items:
            if isinstance(child.node, Field):
                yield where, child, path
            else:
                yield from _leaves(child.children, item, where, f"{path}.")
