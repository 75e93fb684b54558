"""Decisions about the rules of a schema: read what they mean, confirm, correct, reject, reopen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.catalogue import drafts
from gemeinwerk.apps.catalogue.drafts import ServiceView
from gemeinwerk.apps.catalogue.models import ServiceDraft
from gemeinwerk.core import packages
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import Fault, FaultsError, NotFoundError
from gemeinwerk.core.packages import RuleAt, RuleDecision, RuledForm
from gemeinwerk.core.rules import Names, Translation, translate_schema

Key = tuple[str, str]
_VERBS = {
    "confirmed": "rule.confirmed",
    "corrected": "rule.corrected",
    "rejected": "rule.rejected",
}


@dataclass(frozen=True, slots=True)
class RuleState:
    """One rule as its author sees it (Stand einer Regel).

    `translation` is what the grammar reads today, `decision` what holds, `misfit` why the form
    cannot carry it out although it was confirmed.
    """

    at: RuleAt
    translation: Translation
    decision: RuleDecision | None
    misfit: tuple[Fault, ...]

    @property
    def open(self) -> bool:
        """Tell whether nobody has decided, or what was decided cannot act."""
        return self.decision is None or bool(self.misfit)


@dataclass(frozen=True, slots=True)
class Rulings:
    """All rules of a service made from a schema (Regeln einer Leistung)."""

    view: ServiceView
    names: Names
    states: Mapping[Key, RuleState]

    def state(self, key: Key) -> RuleState:
        """Return one rule, or raise NotFoundError."""
        found = self.states.get(key)
        if found is None:
            raise NotFoundError
        return found

    @property
    def clear(self) -> list[RuleState]:
        """Return what may be confirmed in one go: open, and every sentence was understood."""
        return [
            state
            for state in self.states.values()
            if state.decision is None and state.translation.status == "translated"
        ]

    def tried(self, decision: RuleDecision | None, key: Key) -> RuledForm:
        """Return the form as it would be with this decision beside the others; None: without."""
        others = [one for one in self.view.decisions if one.key != key]
        wanted = [*others, decision] if decision is not None else others
        base = self.view.base
        if base is None:
            raise NotFoundError
        return packages.with_rules(base.form, self.names, wanted, land=drafts.land_of_town())


def rulings(actor: Actor, key: str) -> Rulings:
    """Return the rules of a service, each with its translation; NotFoundError without a schema."""
    require(actor, Right.EDIT_SERVICE)
    view = drafts.service(actor, key)
    if view.names is None:
        raise NotFoundError
    read = {
        (each.rule_id, each.owner): each
        for each in translate_schema(view.names.schema, view.names.lists)
    }
    decided = {one.key: one for one in view.decisions}
    states = {
        one.key: RuleState(one, read[one.key], decided.get(one.key), view.misfits.get(one.key, ()))
        for one in view.rules
    }
    return Rulings(view, view.names, states)


@transaction.atomic
def decide(*, actor: Actor, key: str, decision: RuleDecision, now: datetime) -> None:
    """Confirm, correct or reject a rule (Regel entscheiden), with who and when.

    FaultsError where the form cannot carry out what is confirmed: nothing is stored then.
    """
    require(actor, Right.EDIT_SERVICE)
    draft, found = _locked(actor, key)
    state = found.state(decision.key)
    signed = _signed(replace(decision, text=state.at.rule.text), actor, now)
    if signed.acts:
        if not signed.effects:
            raise FaultsError([Fault("", "catalogue.rule_without_effect")])
        misfit = found.tried(signed, decision.key).misfits.get(decision.key)
        if misfit:
            raise FaultsError(misfit)
    elif not signed.reason.strip():
        raise FaultsError([Fault("reason", "catalogue.rule_without_reason")])
    _keep(
        draft, found.view, [*(one for one in found.view.decisions if one.key != signed.key), signed]
    )
    _store(draft, actor, now)
    _record(actor, _VERBS[signed.verdict], key, now, rule=signed.rule_id)


@transaction.atomic
def confirm_clear(*, actor: Actor, key: str, now: datetime) -> tuple[int, int]:
    """Confirm every rule that was translated in full (alle eindeutigen übernehmen).

    Return how many act now, and how many of them the form cannot carry out: those stay open.
    """
    require(actor, Right.EDIT_SERVICE)
    draft, found = _locked(actor, key)
    wanted = [
        _signed(confirmation(state.translation), actor, now)
        for state in found.clear
        if state.translation.effects
    ]
    known = list(found.view.decisions)
    base = found.view.base
    if base is None:
        raise NotFoundError
    tried = packages.with_rules(
        base.form, found.names, [*known, *wanted], land=drafts.land_of_town()
    )
    taken = [one for one in wanted if one.key in tried.acting]
    _keep(draft, found.view, [*known, *taken])
    _store(draft, actor, now)
    _record(actor, "rules.confirmed", key, now, count=len(taken))
    return len(taken), len(wanted) - len(taken)


@transaction.atomic
def reopen(*, actor: Actor, key: str, rule: Key, now: datetime) -> None:
    """Take a decision back (Entscheidung zurücknehmen): the rule is open again."""
    require(actor, Right.EDIT_SERVICE)
    draft, found = _locked(actor, key)
    found.state(rule)
    _keep(draft, found.view, [one for one in found.view.decisions if one.key != rule])
    _store(draft, actor, now)
    _record(actor, "rule.reopened", key, now, rule=rule[0])


def confirmation(translation: Translation) -> RuleDecision:
    """Return the decision that says: this is what the prose means."""
    return RuleDecision(
        rule_id=translation.rule_id,
        owner=translation.owner,
        text=translation.text,
        verdict="confirmed",
        effects=packages.stored(translation.effects),
        left=translation.left,
    )


def _signed(decision: RuleDecision, actor: Actor, now: datetime) -> RuleDecision:
    return replace(decision, by=actor.name[:160], at=now.isoformat())


def _locked(actor: Actor, key: str) -> tuple[ServiceDraft, Rulings]:
    """Return the draft of a service, locked, with its rules; a live service gets a draft."""
    draft = ServiceDraft.objects.select_for_update().filter(service_key=key).first()
    found = rulings(actor, key)
    if draft is None:
        view = found.view
        draft = ServiceDraft(
            service_key=key,
            schema_id=view.schema_row.id if view.schema_row else None,
            unit_id=view.unit_id,
            additions=msgspec.to_builtins(view.additions),
        )
    return draft, found


def _keep(draft: ServiceDraft, view: ServiceView, decisions: list[RuleDecision]) -> None:
    """Store decisions beside those about other prose, which may count again one day."""
    standing = {(one.key, one.text) for one in (*view.decisions, *decisions)}
    known = drafts.service_decisions(draft)
    others = [one for one in known if (one.key, one.text) not in standing]
    draft.rulings = [msgspec.to_builtins(one) for one in (*others, *decisions)]


def _store(draft: ServiceDraft, actor: Actor, now: datetime) -> None:
    """Save without a new revision: what stands in the form of the service was not touched."""
    draft.changed_at, draft.changed_by = now, actor.name[:160]
    draft.save()


def _record(actor: Actor, verb: str, key: str, now: datetime, **details: Any) -> None:
    audit.record(
        actor,
        verb,
        now=now,
        object_kind="service",
        object_id=key[:80],
        right=Right.EDIT_SERVICE,
        **details,
    )
