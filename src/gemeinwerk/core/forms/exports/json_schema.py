"""JSON Schema 2020-12 of the answers of a form: nested by element ids, lists for what repeats.

A document that fits the schema is meant to be accepted. Where the schema cannot say what we check
(check digits, sums across fields, days relative to today), an annotation beginning with `x-`
names it, and our own check has the last word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gemeinwerk.core.expressions import Expr, Logic, parse
from gemeinwerk.core.forms.exports.conditions import UnsaidError, say
from gemeinwerk.core.forms.exports.evidence_schema import EVIDENCE, evidence_schema
from gemeinwerk.core.forms.exports.field_schema import Definitions, field_schema
from gemeinwerk.core.forms.exports.outline import Outline, Outlined, needed, outline, resolve
from gemeinwerk.core.forms.model import Field, Form, Group

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class _Duty:
    """An answer that is asked for under conditions, seen from some object above it."""

    conditions: tuple[tuple[str, Outline], ...]
    target: Outline
    steps: tuple[Outline, ...]
    """Groups from that object down to the answer."""


def schema_id(form: Form) -> str:
    """Return the name of the schema of a form; versions differ."""
    return f"urn:gemeinwerk:form:{form.key}:{form.version}"


def json_schema(form: Form) -> Json:
    """Return the schema of documents with the answers of a form, and its evidence."""
    writer = _Writer(outline(form))
    schema: Json = {"$schema": DIALECT, "$id": schema_id(form), "title": form.title}
    body, _ = writer.members(None, writer.outlined.roots)
    if form.evidence:
        body["properties"][EVIDENCE] = evidence_schema(form, writer.outlined)
        if "required" in body["properties"][EVIDENCE]:
            body.setdefault("required", []).append(EVIDENCE)
    schema |= body
    if form.checks:
        schema["x-checks"] = [
            {"key": one.key, "path": one.path, "holds": one.holds, "message": one.message}
            for one in form.checks
        ]
    if writer.definitions.made:
        schema["$defs"] = writer.definitions.made
    return schema


class _Writer:
    def __init__(self, outlined: Outlined) -> None:
        self.outlined = outlined
        self.definitions = Definitions()

    def members(
        self, within: Outline | None, children: tuple[Outline, ...] | list[Outline]
    ) -> tuple[Json, list[_Duty]]:
        """Return the schema of an object, and the duties that have to be said further out."""
        schema: Json = {"type": "object", "properties": {}}
        required: list[str] = []
        duties: list[_Duty] = []
        for child in children:
            made, inner = self._property(child)
            schema["properties"][child.id] = made
            own = tuple((text, child) for text in child.conditions)
            if needed(child):
                if own:
                    duties.append(_Duty(own, child, ()))
                else:
                    required.append(child.id)
            duties += _required_when(child, own)
            duties += [
                _Duty((*own, *duty.conditions), duty.target, (child, *duty.steps)) for duty in inner
            ]
        schema["additionalProperties"] = False
        if required:
            schema["required"] = required
        if within is not None and isinstance(within.node, Group) and within.node.choice:
            ways = [{"required": [child.id]} for child in children if child.editable]
            schema["oneOf"] = ways
        left = self._place(schema, within, duties)
        return schema, left

    def _place(self, schema: Json, within: Outline | None, duties: list[_Duty]) -> list[_Duty]:
        left = []
        for duty in duties:
            try:
                holds = say(_all(duty.conditions), self._find(duty), within)
            except UnsaidError:
                left.append(duty)
                continue
            schema.setdefault("allOf", []).append({"if": holds, "then": _asked(duty)})
        return left

    def _find(self, duty: _Duty) -> Any:
        owners = [owner for _, owner in duty.conditions]

        def find(name: str) -> Outline | None:
            found = {id(one): one for one in (self._named(name, owner) for owner in owners)}
            # The same word may mean different fields for different owners: then it stays unsaid.
            return next(iter(found.values())) if len(found) == 1 else None

        return find

    def _named(self, name: str, owner: Outline) -> Outline | None:
        return resolve(self.outlined, name, owner.parent)

    def _property(self, one: Outline) -> tuple[Json, list[_Duty]]:
        if isinstance(one.node, Field):
            made = field_schema(one.node, one.path, self.definitions)
            told: Json = {}
            duties: list[_Duty] = []
        else:
            made, duties = self.members(one, one.children)
            told = _told(one.node)
        notes = _notes(one)
        if one.repeated:
            least = one.node.minimum if needed(one) else 0
            made = {"type": "array", "items": told | made, "maxItems": one.most}
            told = {"title": one.node.label}
            if least:
                made["minItems"] = least
        return told | made | notes, duties


def _told(group: Group) -> Json:
    told: Json = {"title": group.label}
    if group.help:
        told["description"] = group.help
    if group.why:
        told["x-why"] = group.why
    return told


def _notes(one: Outline) -> Json:
    notes: Json = {}
    if one.conditions:
        notes["x-visibleWhen"] = " and ".join(
            f"({text})" if len(one.conditions) > 1 else text for text in one.conditions
        )
    if isinstance(one.node, Field) and one.node.required_when:
        notes["x-requiredWhen"] = one.node.required_when
    return notes


def _required_when(child: Outline, own: tuple[tuple[str, Outline], ...]) -> list[_Duty]:
    node = child.node
    if not isinstance(node, Field) or not node.required_when or node.minimum or node.default:
        return []
    if child.in_choice or not child.editable or node.may_lack:
        return []
    return [_Duty((*own, (node.required_when, child)), child, ())]


def _all(conditions: tuple[tuple[str, Outline], ...]) -> Expr:
    parts = tuple(parse(text) for text, _ in conditions)
    return parts[0] if len(parts) == 1 else Logic("and", parts)


def _asked(duty: _Duty) -> Json:
    """Return the schema that asks for the answer; optional groups only once they are there."""
    inner: Json = {"required": [duty.target.id]}
    if duty.target.repeated and isinstance(duty.target.node, Field):
        inner["properties"] = {duty.target.id: {"minItems": 1}}
    for step in reversed(duty.steps):
        if step.repeated:
            inner = {"properties": {step.id: {"items": inner}}}
        elif step.optional:
            inner = {"properties": {step.id: inner}}
        else:
            inner = {"required": [step.id], "properties": {step.id: inner}}
    return inner
