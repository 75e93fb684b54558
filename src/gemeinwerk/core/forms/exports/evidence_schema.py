"""The evidence of a form in its JSON Schema: files as base64, or the day on which they follow."""

from __future__ import annotations

import re
from typing import Any

from gemeinwerk.core.forms.exports.outline import Outline, Outlined
from gemeinwerk.core.forms.model import EvidenceSpec, Form

Json = dict[str, Any]

EVIDENCE = "_evidence"
"""Member of a document beside the answers; ids of elements never begin like this."""


def evidence_schema(form: Form, outlined: Outlined) -> Json:
    """Return the schema of the member `_evidence`: evidence by key, instances numbered."""
    schema: Json = {"title": "Nachweise", "type": "object", "properties": {}}
    required, numbered = [], {}
    for spec in form.evidence:
        around = outlined.by_path.get(spec.within) if spec.within else None
        depth = 0 if around is None else len(around.chain) + around.repeated
        if depth:
            pattern = f"^{_literal(spec.key)}(?:\\[[0-9]{{1,3}}\\]){{{depth}}}$"
            numbered[pattern] = _one(spec)
            continue
        schema["properties"][spec.key] = _one(spec)
        if spec.required and not spec.visible_when and _always(around):
            required.append(spec.key)
    if numbered:
        schema["patternProperties"] = numbered
    schema["additionalProperties"] = False
    if required:
        schema["required"] = required
    return schema


def _one(spec: EvidenceSpec) -> Json:
    ways = [{"required": ["files"]}]
    members: Json = {"files": _files(spec)}
    if spec.may_follow:
        ways.append({"required": ["follows_on"]})
        members["follows_on"] = {
            "title": "Wird nachgereicht bis",
            "type": "string",
            "format": "date",
            "x-mostDays": spec.follow_days,
        }
    made: Json = {"title": spec.label, "type": "object", "properties": members, "oneOf": ways}
    if spec.help:
        made["description"] = spec.help
    if spec.required_when:
        made["x-requiredWhen"] = spec.required_when
    if spec.visible_when:
        made["x-visibleWhen"] = spec.visible_when
    return made | {"additionalProperties": False}


def _files(spec: EvidenceSpec) -> Json:
    content: Json = {"type": "string", "contentEncoding": "base64", "x-maxBytes": spec.max_size}
    if len(spec.accepts) == 1:
        content["contentMediaType"] = spec.accepts[0]
    else:
        content["anyOf"] = [{"contentMediaType": one} for one in spec.accepts]
    return {
        "type": "array",
        "minItems": 1,
        "maxItems": spec.maximum,
        "items": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 200},
                "content": content,
            },
            "required": ["name", "content"],
            "additionalProperties": False,
        },
    }


def _always(around: Outline | None) -> bool:
    while around is not None:
        if around.conditions or around.optional:
            return False
        around = around.parent
    return True


def _literal(key: str) -> str:
    return re.sub(r"([\\^$.|?*+()\[\]{}/])", r"\\\1", key)
