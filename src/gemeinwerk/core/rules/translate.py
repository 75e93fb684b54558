"""Translates rules of a schema: prose in, effects with conditions out, with an honest status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gemeinwerk.core.expressions import dependencies
from gemeinwerk.core.rules.conflicts import contradictions
from gemeinwerk.core.rules.model import Effect, Status, Translation
from gemeinwerk.core.rules.scope import Ids, Names, Scope
from gemeinwerk.core.rules.sentences import Sentences
from gemeinwerk.core.schemas import CodeList, Group, Rule, Schema

_NOTHING = "Kein Satz der Regel war verständlich."


def translate_schema(
    schema: Schema, lists: Mapping[str, CodeList] | None = None
) -> tuple[Translation, ...]:
    """Translate every rule of the schema at every place of its owner, from the top down."""
    names = Names(schema, lists)
    found = [translate_rule(rule, names, owner) for owner, rule in _owned(names)]
    disputed = {field: codes for (field, _), codes in names.claims.items() if len(set(codes)) > 1}
    return tuple(_undisputed(each, disputed) if disputed else each for each in found)


def _undisputed(translation: Translation, disputed: Mapping[str, set[str]]) -> Translation:
    """Doubt a rule whose field has no list while the rules of the schema disagree on a code."""
    used = {
        name.rpartition(".")[2]
        for effect in translation.effects
        for name in dependencies(effect.condition)
    }
    reasons = tuple(
        f"Die Regeln nennen für {field} verschiedene Codes ({', '.join(sorted(codes))}), "
        "und die Codeliste fehlt."
        for field, codes in disputed.items()
        if field in used
    )
    if not reasons:
        return translation
    left = translation.left or (translation.text,)
    return replace(translation, status="unclear", effects=(), left=left, reasons=reasons)


def _owned(names: Names) -> Iterator[tuple[Ids, Rule]]:
    for rule in names.schema.rules:
        yield (), rule
    for place in names.places.values():
        for rule in place.element.rules:
            yield place.ids, rule


def translate_rule(rule: Rule, names: Names, owner: Ids = ()) -> Translation:
    """Translate one rule as it stands at `owner`, the path of its group or field."""
    place = names.places.get(".".join(owner))
    # A rule of a field speaks of its neighbours: it looks from the group around the field.
    inside = owner if place is None or isinstance(place.element, Group) else owner[:-1]
    sentences = Sentences(rule.text, Scope(names, inside, owner))
    sentences.read()
    reasons = sentences.reasons + contradictions(sentences.effects, names)
    status = _status(sentences, reasons)
    effects: tuple[Effect, ...] = ()
    if status != "unclear":
        effects = tuple(dict.fromkeys(sentences.effects))
    elif not reasons:
        reasons = [_NOTHING]
    return Translation(
        rule_id=rule.id,
        version=rule.version,
        owner=".".join(owner),
        text=rule.text,
        status=status,
        effects=effects,
        left=tuple(sentences.left),
        reasons=tuple(dict.fromkeys(reasons)),
        notes=tuple(dict.fromkeys(sentences.notes)),
    )


def _status(sentences: Sentences, reasons: list[str]) -> Status:
    if reasons or not sentences.effects:
        return "unclear"
    return "partly" if sentences.left else "translated"
