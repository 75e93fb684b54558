"""Reads what an author writes in place of a rule: German sentences, or effects as expressions.

One effect stands on a line: `required G1.F2 wenn G1.F1 = "001"`. A prefill names its value
(`prefill G1.F2 = "001" wenn true`), a check what must hold and what is said otherwise
(`validation G1.F2 wenn G1.F2 > 3 sonst "Zu klein."`).
"""

from __future__ import annotations

import re
from typing import cast, get_args

from gemeinwerk.core.expressions import ExpressionError, Literal, Type, check, parse, to_text
from gemeinwerk.core.kernel import Fault, FaultsError
from gemeinwerk.core.rules import Action, Effect, Names, Translation, translate_rule, types_of
from gemeinwerk.core.schemas import Rule

ACTIONS: tuple[str, ...] = get_args(Action)
MOST_LINES = 100
_LINE = re.compile(r"(\w+)\s+(\S+)\s+(?:=\s*(.+?)\s+)?wenn\s+(.+?)(?:\s+sonst\s+\"([^\"]*)\")?\s*")


def read_wording(text: str, rule: Rule, names: Names, owner: str) -> Translation:
    """Return what sentences mean in place of the prose of a rule."""
    place = tuple(owner.split(".")) if owner else ()
    said = Rule(id=rule.id, version=rule.version, name=rule.name, text=text)
    return translate_rule(said, names, place)


def expression_lines(effects: tuple[Effect, ...]) -> str:
    """Return effects in the form `read_expressions` reads."""
    return "\n".join(_line(effect) for effect in effects)


def read_expressions(text: str, names: Names) -> tuple[Effect, ...]:
    """Return the effects of typed lines, or raise FaultsError with every line that is wrong.

    A fault has the number of its line as path, and the position of the sign within the line.
    """
    found: list[Effect] = []
    faults: list[Fault] = []
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        if line and not line.startswith("//"):
            try:
                found.append(_effect(line, number, names))
            except FaultsError as wrong:
                faults += wrong.faults
    if not faults and not found:
        faults.append(Fault("1", "catalogue.rule_line_form"))
    if faults:
        raise FaultsError(faults)
    return tuple(found)


def _line(effect: Effect) -> str:
    value = f" = {to_text(effect.value)}" if effect.value is not None else ""
    message = effect.message.replace('"', "”").replace("\n", " ")
    otherwise = f' sonst "{message}"' if message else ""
    return f"{effect.action} {effect.target}{value} wenn {to_text(effect.condition)}{otherwise}"


def _effect(line: str, number: int, names: Names) -> Effect:
    said = _LINE.fullmatch(line)
    if said is None or said[1] not in ACTIONS:
        raise FaultsError([Fault(str(number), "catalogue.rule_line_form")])
    target = said[2].strip("`")
    if target not in names.places:
        raise FaultsError([Fault(str(number), "catalogue.rule_no_target", {"path": target[:200]})])
    try:
        condition = parse(said[4])
        check(condition, types_of(names), Type.BOOLEAN)
        value = parse(said[3]) if said[3] else None
    except ExpressionError as wrong:
        params = {**wrong.params, "position": wrong.position + 1 + said.start(4)}
        raise FaultsError([Fault(str(number), wrong.code, params)]) from wrong
    if (value is None) is (said[1] == "prefill") or not isinstance(value, Literal | None):
        raise FaultsError([Fault(str(number), "catalogue.rule_line_form")])
    return Effect(cast("Action", said[1]), target, condition, said[5] or "", value, line)
