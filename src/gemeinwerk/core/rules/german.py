"""The other way: writes an effect or a condition as a German sentence, and as a rule of FIM.

Every sentence is read back before it is given out. What German has no plain words for here, and
what would be read differently, stands as a formula in backticks, which the grammar knows, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from gemeinwerk.core.expressions import (
    Call,
    Compare,
    Expr,
    ListOf,
    Literal,
    Logic,
    Name,
    Not,
    to_text,
)
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.model import (
    ALWAYS_LAND,
    ContradictionError,
    Effect,
    NotUnderstoodError,
)
from gemeinwerk.core.rules.scope import Ids, Names, Place, Scope
from gemeinwerk.core.rules.sentences import Sentences
from gemeinwerk.core.schemas import Group, Rule

_SPANS = {"years_between": "Jahre", "months_between": "Monate", "days_between": "Tage"}
_SIGNS = {"!=": "<>", "<=": "≤", ">=": "≥"}
_TODAY = {
    "<": "in der Vergangenheit liegt", ">": "in der Zukunft liegt",
    "<=": "nicht in der Zukunft liegt", ">=": "nicht in der Vergangenheit liegt",
}  # fmt: skip
_SCRIPT_HEAD = "// Gemeinwerk: Wirkung Ziel wenn Ausdruck"


def to_german(meant: Effect | Expr, names: Names, owner: Ids = ()) -> str:
    """Write an effect as a sentence, or a condition as what stands after "wenn".

    `owner` is the path of the group whose rule it is; read there, the text means the same again.
    """
    if isinstance(meant, Effect):
        return _checked(meant, names, owner)
    plain = _condition(meant, names)
    return plain if _means(plain, meant, names, owner) else _formula(meant)


def read_condition(text: str, names: Names, owner: Ids = ()) -> Expr | None:
    """Read what stands after "wenn"; None when it is not understood."""
    reader = Sentences(text, Scope(names, owner))
    try:
        expr = reader.condition()
    except (NotUnderstoodError, ContradictionError):
        return None
    return expr if reader.at_end() else None


def to_rule(rule: Rule, effects: Sequence[Effect], names: Names, owner: Ids = ()) -> Rule:
    """Return the rule (Regel) with text and script that say just these effects."""
    lines = [to_german(effect, names, owner) for effect in effects]
    script = [_SCRIPT_HEAD, *(_script(effect) for effect in effects)]
    return replace(rule, text="\n".join(lines), script="\n".join(script))


def _script(effect: Effect) -> str:
    value = f" = {to_text(effect.value)}" if effect.value is not None else ""
    return f"{effect.action} {effect.target}{value} wenn {to_text(effect.condition)}"


def _checked(effect: Effect, names: Names, owner: Ids) -> str:
    for formula in (False, True):
        for exact in (False, True):
            text = _sentence(effect, names, formula=formula, exact=exact)
            if _says(text, effect, names, owner):
                return text
    return text


def _says(text: str, effect: Effect, names: Names, owner: Ids) -> bool:
    reader = Sentences(text, Scope(names, owner))
    reader.read()
    if reader.left or reader.reasons or len(reader.effects) != 1:
        return False
    found = reader.effects[0]
    return (found.action, found.target, found.condition, found.value) == (
        effect.action,
        effect.target,
        effect.condition,
        effect.value,
    )


def _means(text: str, expr: Expr, names: Names, owner: Ids) -> bool:
    return read_condition(text, names, owner) == expr


def _sentence(effect: Effect, names: Names, *, formula: bool, exact: bool) -> str:
    write = _formula if formula else lambda expr: _condition(expr, names)
    target = _target(effect.target, names, exact=exact)
    if effect.action == "validation":
        return f"Für {_accusative(target)} muss gelten: {write(effect.condition)}."
    land, condition = (None, effect.condition) if formula else _split(effect.condition)
    heading = f"Für {land} gilt:\n" if land else ""
    if condition == build.TRUE:
        return heading + _plain(effect, target, names)
    then = _inverted(effect, target, names)
    return f"{heading}Wenn {write(condition)}, dann {then}."


def _accusative(target: str) -> str:
    return target.replace("das ganze", "das")


def _plain(effect: Effect, target: str, names: Names) -> str:
    verb, rest = _words(effect, names)
    return f"{target[0].upper()}{target[1:]} {verb} {rest}."


def _inverted(effect: Effect, target: str, names: Names) -> str:
    verb, rest = _words(effect, names)
    return f"{verb} {target} {rest}"


def _words(effect: Effect, names: Names) -> tuple[str, str]:
    match effect.action:
        case "show":
            return "muss", "angezeigt werden"
        case "hide":
            return "darf", "nicht angezeigt werden"
        case "required":
            return "muss", "befüllt werden"
        case "forbidden":
            return "darf", "nicht befüllt werden"
        case "optional":
            return "ist", "optional"
        case _:
            place = names.places.get(effect.target)
            return "ist", f"mit {_value(effect.value, place, names)} vorzubefüllen"


def _target(path: str, names: Names, *, exact: bool) -> str:
    place = names.places.get(path)
    if place is None:
        return f"das Datenschema {names.schema.id}"
    return _element(place, names, exact=exact)


def _element(place: Place, names: Names, *, exact: bool = False) -> str:
    kind = "die Gruppe" if isinstance(place.element, Group) else "das Feld"
    path = f"{names.schema.id}.{place.path}" if exact else place.path
    label = _quoted(place.element.name or place.element.label)
    return f"{kind} {path} {label}".rstrip()


def _quoted(text: str) -> str:
    """Return the text in quotes it does not hold itself, "" when there are none."""
    if text != " ".join(text.split()) or len(text) > 300 or "\n" in text:
        return ""
    for opening, closing, inside in (("„", "“", '“”"‟„'), ('"', '"', '"'), ("»", "«", "«»")):
        if text and not set(text) & set(inside):
            return f"{opening}{text}{closing}"
    return ""


def _formula(expr: Expr) -> str:
    return f"`{to_text(expr).replace('`', '``')}`"


def _split(condition: Expr) -> tuple[str | None, Expr]:
    """Part the Land from the rest of a condition."""
    parts = condition.operands if isinstance(condition, Logic) else (condition,)
    if isinstance(condition, Logic) and condition.operator != "and":
        return None, condition
    land = _land(parts[0])
    return (land, build.all_of(parts[1:])) if land else (None, condition)


def _land(expr: Expr) -> str | None:
    match expr:
        case Compare(operator="=", left=Name(path=path), right=Literal(value=str(code))):
            return f"das Land {code}" if path == ALWAYS_LAND else None
        case Compare(operator="in", left=Name(path=path), right=ListOf(items=items)):
            codes = [str(item.value) for item in items if isinstance(item, Literal)]
            return f"die Länder {', '.join(codes)}" if path == ALWAYS_LAND else None
        case Not(operand=inner):
            found = _land(inner)
            return f"alle Länder außer {found.split(' ', 2)[2]}" if found else None
    return None


def _condition(expr: Expr, names: Names, *, inside: bool = False) -> str:
    match expr:
        case Logic(operator=operator, operands=operands):
            word = " UND " if operator == "and" else " ODER "
            joined = word.join(_condition(part, names, inside=True) for part in operands)
            return f"({joined})" if inside else joined
        case Not(operand=Call(function="is_given", arguments=(Name(path=path),))):
            return _about(path, names, "leer ist") or _formula(expr)
        case Not(operand=operand):
            return f"nicht ({_condition(operand, names)})"
        case Call(function="is_given", arguments=(Name(path=path),)):
            return _about(path, names, "befüllt ist") or _formula(expr)
        case Compare():
            return _compared(expr, names) or _formula(expr)
        case _:
            return _formula(expr)


def _about(path: str, names: Names, said: str) -> str:
    place = names.places.get(path)
    return f"{_element(place, names)} {said}" if place is not None else ""


def _compared(expr: Compare, names: Names) -> str:
    sign = _SIGNS.get(expr.operator, expr.operator)
    match expr.left, expr.right:
        case Name(path=path), Name(path="today") if expr.operator in _TODAY:
            return _about(path, names, _TODAY[expr.operator])
        case Name(path=path), Name(path=other):
            second = _about(other, names, "")
            return _about(path, names, f"{sign} {second}".rstrip()) if second else ""
        case Name(path=path), Literal():
            value = _value(expr.right, names.places.get(path), names)
            return _about(path, names, f"{sign} {value}") if value else ""
        case Name(path=path), ListOf(items=items) if expr.operator in ("in", "not in"):
            return _listed(path, expr.operator, items, names)
        case (
            Call(function=function, arguments=(Name(path=path), Name(path="today"))),
            Literal(value=Decimal() as number),
        ) if function in _SPANS:
            return _about(path, names, f"{sign} {_number(number)} {_SPANS[function]}")
    return ""


def _listed(path: str, operator: str, items: Sequence[Expr], names: Names) -> str:
    place = names.places.get(path)
    values = [_value(item, place, names) for item in items]
    if len(values) < 2 or not all(values):
        return ""
    sign, joint = ("=", " ODER ") if operator == "in" else ("<>", " UND ")
    return _about(path, names, f"{sign} ({joint.join(values)})")


def _value(expr: Expr | None, place: Place | None, names: Names) -> str:
    if not isinstance(expr, Literal) or place is None:
        return _formula(expr) if expr is not None else ""
    writers: dict[type, Callable[[], str]] = {
        bool: lambda: "wahr" if expr.value else "falsch",
        Decimal: lambda: _number(expr.value),
        date: lambda: str(expr.value),
        str: lambda: _code(str(expr.value), place, names),
    }
    write = writers.get(type(expr.value))
    return write() if write is not None else ""


def _number(value: object) -> str:
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else ""


def _code(code: str, place: Place, names: Names) -> str:
    entries = names.entries(place) or ()
    label = next((_quoted(entry.label) for entry in entries if entry.code == code), "")
    if code.isdecimal():
        return f"{code} {label}".rstrip()
    return _quoted(code)
