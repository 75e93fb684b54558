"""Puts confirmed rules into a form: what is shown, needed, prefilled and checked.

A rule that the form cannot carry out (a circle, a type that does not fit, an element that nobody
is asked for) is left out as a whole and told with its faults; it never acts half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from gemeinwerk.core.expressions import ExpressionError, to_text
from gemeinwerk.core.forms import (
    Check,
    EvidenceSpec,
    Field,
    Form,
    Group,
    Node,
    Variable,
    compile_form,
)
from gemeinwerk.core.kernel import Fault, FaultsError
from gemeinwerk.core.packages.rulings import Key, RuleDecision, translation_of
from gemeinwerk.core.rules import (
    FormRules,
    Names,
    RuleCheck,
    Translation,
    rules_for_form,
)
from gemeinwerk.core.rules.model import ALWAYS_LAND

MOST_ROUNDS = 12
"""How often a form is tried before the rules that are still in the way all stay out."""


@dataclass(frozen=True, slots=True)
class RuledForm:
    """A form with rules (Formular mit Regeln): what acts, and what cannot, with the reasons."""

    form: Form
    acting: frozenset[Key]
    misfits: Mapping[Key, tuple[Fault, ...]]


def with_rules(
    form: Form, names: Names, decisions: Iterable[RuleDecision], *, land: str = ""
) -> RuledForm:
    """Return the form with all decisions that act; `land` is the Land of the town ("NW")."""
    used: dict[Key, Translation] = {}
    misfits: dict[Key, tuple[Fault, ...]] = {}
    for decision in decisions:
        if not decision.acts:
            continue
        try:
            used[decision.key] = translation_of(decision)
            _merged({decision.key: used[decision.key]}, names)
        except (ExpressionError, ValueError, KeyError) as wrong:
            used.pop(decision.key, None)
            misfits[decision.key] = (_told(decision, wrong),)
    for _ in range(MOST_ROUNDS):
        made, faults = _attempt(form, names, used, land)
        if not faults:
            return RuledForm(made, frozenset(used), misfits)
        for key, found in faults.items():
            del used[key]
            misfits[key] = tuple(found)
    misfits |= {key: (Fault(key[1], "catalogue.rule_too_tangled"),) for key in used}
    return RuledForm(form, frozenset(), misfits)


def _told(decision: RuleDecision, wrong: Exception) -> Fault:
    cause = wrong if isinstance(wrong, ExpressionError) else wrong.__cause__
    code = cause.code if isinstance(cause, ExpressionError) else "catalogue.rule_not_in_form"
    params = dict(cause.params) if isinstance(cause, ExpressionError) else {}
    path = decision.effects[0].target if decision.effects else decision.owner
    return Fault(path, code, {"path": path, **params})


def _merged(used: Mapping[Key, Translation], names: Names) -> FormRules:
    return rules_for_form(names.schema, used.values(), frozenset(used), names)


def _attempt(
    form: Form, names: Names, used: Mapping[Key, Translation], land: str
) -> tuple[Form, dict[Key, list[Fault]]]:
    """Return the form with these rules, and the faults of those that do not go into it."""
    rules = _merged(used, names)
    placing = _Placing(form, rules, names, used)
    made = placing.form(land)
    faults = {key: [fault] for key, fault in (*_unable(rules, used), *placing.lost())}
    if faults:
        return form, faults
    try:
        compile_form(made)
    except FaultsError as refused:
        for fault in refused.faults:
            for key in placing.to_blame(fault):
                faults.setdefault(key, []).append(fault)
    return made, faults


def _unable(rules: FormRules, used: Mapping[Key, Translation]) -> Iterable[tuple[Key, Fault]]:
    """Yield the rules with an effect that no form has a place for, with the reason."""
    for key, why in rules.skipped:
        targets = [one.target for one in used[key].effects if one.action == "prefill"]
        left = [path for path in targets if path not in {**rules.defaults, **rules.calculated}]
        yield key, Fault(next(iter(left), key[1]), "catalogue.rule_prefill", {"why": why})


@dataclass(slots=True)
class _Placing:
    """Walks through a form once and puts the merged rules where they belong."""

    base: Form
    rules: FormRules
    names: Names
    used: Mapping[Key, Translation]
    found: set[str] = field(default_factory=set)
    nodes: dict[str, Node] = field(default_factory=dict)
    optional: dict[str, None] = field(default_factory=dict)
    """Paths of groups that may stay empty as a whole."""
    extra: dict[str, Check] = field(default_factory=dict)

    def form(self, land: str) -> Form:
        """Return the form with everything that found its place."""
        pages = tuple(
            msgspec.structs.replace(page, nodes=self._nodes(page.nodes, ""))
            for page in self.base.pages
        )
        evidence = tuple(self._document(spec) for spec in self.base.evidence)
        kept = (one for one in self.rules.checks if not self._for_documents(one))
        checks = [self._check(one) for one in kept]
        variables = self.base.variables
        if ALWAYS_LAND in self.rules.names:
            told = '"' + "".join(sign for sign in land if sign.isalpha()) + '"'
            variables = (*variables, Variable(name=ALWAYS_LAND, kind="text", value=told))
        return msgspec.structs.replace(
            self.base,
            pages=pages,
            evidence=evidence,
            checks=(*self.base.checks, *checks, *self._demands()),
            variables=variables,
        )

    def lost(self) -> Iterable[tuple[Key, Fault]]:
        """Yield the rules whose target nobody is asked for."""
        for key, translation in self.used.items():
            for effect in translation.effects:
                if effect.action == "validation":
                    continue
                if effect.target not in self.found:
                    params: dict[str, str | int] = {"path": effect.target}
                    yield key, Fault(effect.target, "catalogue.rule_not_in_form", params)
                    break

    def to_blame(self, fault: Fault) -> list[Key]:
        """Return the rules that brought a fault in: by target, by check, by circle."""
        chain = str(fault.params.get("chain", "")).replace("group ", "").split(" → ")
        paths = {fault.path.removeprefix("group "), *chain} - {""}
        guilty = [
            key
            for key, translation in self.used.items()
            if any(effect.target in paths for effect in translation.effects)
            or any(fault.path.startswith(start) for start in self._starts(translation))
        ]
        if guilty:
            return guilty
        return [  # what stands around the path may be shown or hidden by a rule
            key
            for key, translation in self.used.items()
            if any(path.startswith(e.target + ".") for e in translation.effects for path in paths)
        ]

    def _starts(self, translation: Translation) -> Iterable[str]:
        yield f"{translation.rule_id}-{translation.owner or self.names.schema.id}-"
        for effect in translation.effects:
            if effect.action in ("required", "optional"):
                yield f"required-{effect.target}"
                yield f"begun-{effect.target}"

    def _nodes(self, nodes: Sequence[Node], around: str) -> tuple[Node, ...]:
        return tuple(self._node(node, around) for node in nodes)

    def _node(self, node: Node, around: str) -> Node:
        path = f"{around}.{node.id}" if around else node.id
        self.nodes[path] = node
        self.found.add(path)
        visible = self.rules.visible_when.get(path, node.visible_when)
        free = self.rules.optional_when.get(path, "")
        if isinstance(node, Field):
            return self._field(node, path, visible, free)
        minimum = node.minimum
        if free and minimum and node.maximum == 1:
            minimum = 0
            self._ask(f"required-{path}", path, f"({free}) or is_given(`{path}`)")
        if minimum == 0 and node.maximum == 1:
            self.optional.setdefault(path)
        inside = self._nodes(node.nodes, path)
        return msgspec.structs.replace(node, nodes=inside, visible_when=visible, minimum=minimum)

    def _field(self, node: Field, path: str, visible: str, free: str) -> Field:
        required = self.rules.required_when.get(path, node.required_when)
        minimum = node.minimum
        if free and minimum:
            minimum = 0
            required = f"({required}) or not ({free})" if required else f"not ({free})"
        default = self.rules.defaults.get(path, node.default)
        if path in self.rules.calculated:
            value = self.rules.calculated[path]
            return msgspec.structs.replace(node, value=value, default="", hidden=True)
        if visible == "false" and path in self.rules.defaults:
            # "vorbefüllen und ausblenden": the value counts although nobody sees the question.
            return msgspec.structs.replace(node, default=default, hidden=True)
        return msgspec.structs.replace(
            node, visible_when=visible, required_when=required, minimum=minimum, default=default
        )

    def _document(self, spec: EvidenceSpec) -> EvidenceSpec:
        """Return a document with what the rules say about it and the groups that are gone."""
        rules, path = self.rules, spec.key
        parts = [
            rules.visible_when[each]
            for each in _up(path)
            if each in rules.visible_when and each not in self.found
        ]
        self.found.update(_up(path))
        required = [rules.required_when[each] for each in _up(path) if each in rules.required_when]
        free = rules.optional_when.get(path, "")
        always = spec.required
        if free and always:
            always, required = False, [*required, f"not ({free})"]
        return msgspec.structs.replace(
            spec,
            visible_when=" and ".join(f"({part})" for part in parts) or spec.visible_when,
            required=always,
            required_when=" or ".join(f"({part})" for part in required) or spec.required_when,
        )

    def _stands_for_group(self, path: str) -> bool:
        """Tell whether a group that is gone was answered by this document."""
        around = path.rpartition(".")[0] + "."
        alone = sum(spec.key.startswith(around) for spec in self.base.evidence) == 1
        return alone or self.names.places[path].minimum > 0

    def _for_documents(self, one: RuleCheck) -> bool:
        """Tell whether a check asks for a group of documents: those are asked for themselves."""
        if one.path in self.nodes or not one.key.startswith("required-"):
            return False
        inside = [spec for spec in self.base.evidence if spec.key.startswith(one.path + ".")]
        return any(self._stands_for_group(spec.key) for spec in inside)

    def _check(self, one: RuleCheck) -> Check:
        """Return a check that waits until the optional groups around its rule were begun."""
        path = one.path
        if path not in self.nodes:
            path = next((each for each in _up(path) if each in self.nodes), path)
        owner = self._owner_of(one)
        gates = [gate for gate in self.optional if gate == owner or owner.startswith(gate + ".")]
        waits = "".join(f"not is_given(`{gate}`) or " for gate in gates)
        holds = f"{waits}({one.holds})" if waits else one.holds
        return Check(key=one.key, path=path, holds=holds, message=one.message)

    def _owner_of(self, one: RuleCheck) -> str:
        """Return the nearest group that the rules behind a check belong to, "" for the schema."""
        owners = [
            translation.owner
            for translation in self.used.values()
            if any(one.key.startswith(start) for start in self._starts(translation))
        ]
        return min(owners, key=len, default="")

    def _demands(self) -> Iterable[Check]:
        """Return checks for what is needed in a group that nobody has begun.

        A required field of an optional group is asked for once the group holds an answer; a rule
        from outside the group asks for it at once.
        """
        for translation in self.used.values():
            for effect in translation.effects:
                if effect.action == "required" and isinstance(self.nodes.get(effect.target), Field):
                    self._demand(translation.owner, effect.target, to_text(effect.condition))
        return self.extra.values()

    def _demand(self, owner: str, target: str, condition: str) -> None:
        inside = f"{owner}." if owner else ""
        for gate in self.optional:
            within = target.startswith(gate + ".") and gate.startswith(inside)
            if within and not self._in_choice(gate) and f"{gate}." not in condition:
                shown = self.rules.visible_when.get(target, "true")
                asked = f"({condition}) and ({shown})"
                self._ask(f"begun-{target}", gate, f"not ({asked}) or is_given(`{gate}`)")

    def _in_choice(self, path: str) -> bool:
        above = self.nodes.get(path.rpartition(".")[0])
        return isinstance(above, Group) and above.choice

    def _ask(self, key: str, path: str, holds: str) -> None:
        message = f"Füllen Sie den Abschnitt „{self.nodes[path].label}“ aus."
        number = sum(each.startswith(key) for each in self.extra)
        known = {(one.path, one.holds) for one in self.extra.values()}
        if (path, holds) not in known:
            key = f"{key}-{number}" if number else key
            self.extra[key] = Check(key=key, path=path, holds=holds, message=message)


def _up(path: str) -> list[str]:
    """Return a path and those of the groups around it, from the inside out."""
    parts = path.split(".")
    return [".".join(parts[:end]) for end in range(len(parts), 0, -1)]
