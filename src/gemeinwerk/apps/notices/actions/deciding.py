"""Preparing and taking a decision: draft, propose, the second pair of eyes, issue (R14, R16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases import actions as cases
from gemeinwerk.apps.cases import queries as case_queries
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.notices import facts, letters, queries
from gemeinwerk.apps.notices.actions.issuing import issue_now, refuse_gaps
from gemeinwerk.apps.notices.content import Content, SetFee, closed, opened
from gemeinwerk.apps.notices.errors import AlreadyDecidedError, NothingDraftedError
from gemeinwerk.apps.notices.models import Decision
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.cases import CaseState, NotYoursError, lifecycle
from gemeinwerk.core.decisions import HearingExemption, Outcome, needs_second_person
from gemeinwerk.core.kernel import new_id


@transaction.atomic
def draft(
    *,
    actor: Actor,
    case_id: UUID,
    outcome: Outcome,
    now: datetime,
    edits: Mapping[str, str] | None = None,
    fee: Sequence[SetFee] | None = None,
    addressee: Sequence[str] = (),
    exemption: HearingExemption | None = None,
) -> Decision:
    """Save the decision as it is worked on (Entwurf); only whoever works on the case does.

    `edits` are changed texts by block id, `fee` replaces the tariff, `exemption` records why
    nobody is heard. What is left out goes back to what the package says. Blocks that do not
    stand in this outcome are dropped.
    """
    case = _own_case(actor, case_id)
    decision = queries.current(case_id, lock=True)
    if decision is not None and decision.state != "draft":
        raise AlreadyDecidedError
    content = Content(
        edits=dict(edits or {}),
        fee=None if fee is None else tuple(fee),
        addressee=tuple(line.strip() for line in addressee if line.strip()),
        exemption=exemption,
        sent_back_because=opened(decision).sent_back_because if decision else "",
    )
    content.edits = _standing(actor, case, outcome, content, today=now.date())
    if decision is None:
        decision = Decision(id=new_id(), dossier=case_id, state="draft")
        decision.municipality_id = case.municipality_id
    decision.outcome = outcome.value
    decision.sealed_content = closed(case_id, decision.id, content)
    decision.save()
    return decision


def preview(
    *,
    actor: Actor,
    case_id: UUID,
    today: date,
    outcome: Outcome | None = None,
    edits: Mapping[str, str] | None = None,
) -> bytes:
    """Return the real PDF of the notice as it stands, or with other words, storing nothing."""
    bench = queries.workbench(actor, case_id, outcome=outcome, today=today)
    case = case_queries.case_for(actor, case_id)
    dossier = facts.dossier_of(actor, case)
    notice = bench.notice
    if edits is not None:
        bench.content.edits = dict(edits)
        bench.content.edits = _standing(actor, case, bench.outcome, bench.content, today=today)
        signature = queries.signature_of(case, bench.decision, actor)
        notice = facts.composed(dossier, bench.outcome, bench.content, signature, today=today)
    return letters.set_notice(notice, dossier.town)


@transaction.atomic
def propose(*, actor: Actor, case_id: UUID, today: date, now: datetime) -> Decision:
    """Propose the drafted decision: it waits for a second person, or is issued at once.

    Returns the decision with state "proposed" or "issued". Raises NotReadyError with all that is
    missing (R14, R16).
    """
    case = _own_case(actor, case_id)
    decision = _in_state(case_id, "draft")
    refuse_gaps(actor, case, decision, today=today)
    decision.proposed_by_id, decision.proposed_at = actor.staff_id, now
    if not needs_second_person(Outcome(decision.outcome)):
        decision.save(update_fields=["proposed_by", "proposed_at"])
        cases.mark_proposed(actor=actor, case_id=case_id, needs_second_person=False, now=now)
        return issue_now(actor=actor, case=case, decision=decision, today=today, now=now)
    decision.state = "proposed"
    decision.save(update_fields=["proposed_by", "proposed_at", "state"])
    cases.mark_proposed(actor=actor, case_id=case_id, needs_second_person=True, now=now)
    return decision


@transaction.atomic
def confirm(*, actor: Actor, case_id: UUID, today: date, now: datetime) -> Decision:
    """Confirm a proposal as second person and issue it (Vier-Augen-Prinzip)."""
    case = case_queries.case_for(actor, case_id, lock=True)
    decision = _in_state(case_id, "proposed")
    if decision.proposed_by_id is None or actor.staff_id is None:
        raise NothingDraftedError
    # Says "not your own", which the table of rights alone would answer with "not there".
    lifecycle.confirm(
        CaseState(case.state), proposed_by=decision.proposed_by_id, confirmed_by=actor.staff_id
    )
    require(
        actor,
        Right.CONFIRM_DECISION,
        unit_id=case.unit_id,
        involved_staff_ids=(decision.proposed_by_id,),
    )
    decision.confirmed_by_id, decision.confirmed_at = actor.staff_id, now
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(
        actor,
        "decision.confirmed",
        now=now,
        object_kind="decision",
        object_id=str(decision.id),
        subject=case_id,
        right=Right.CONFIRM_DECISION,
    )
    return issue_now(actor=actor, case=case, decision=decision, today=today, now=now)


@transaction.atomic
def send_back(*, actor: Actor, case_id: UUID, reason: str, now: datetime) -> Decision:
    """Give a proposal back with a reason; the proposer may take it back herself."""
    case = case_queries.case_for(actor, case_id, lock=True)
    decision = _in_state(case_id, "proposed")
    proposer = decision.proposed_by_id
    if actor.staff_id != proposer:
        involved = (proposer,) if proposer else ()
        require(actor, Right.CONFIRM_DECISION, unit_id=case.unit_id, involved_staff_ids=involved)
    content = opened(decision)
    content.sent_back_because = reason.strip()[:2000]
    decision.state, decision.proposed_by_id, decision.proposed_at = "draft", None, None
    decision.sealed_content = closed(case_id, decision.id, content)
    decision.save(update_fields=["state", "proposed_by", "proposed_at", "sealed_content"])
    cases.send_back(actor=actor, case_id=case_id, now=now)
    return decision


def _own_case(actor: Actor, case_id: UUID) -> Case:
    case = case_queries.case_for(actor, case_id, right=Right.DECIDE_CASE, lock=True)
    if case.assignee_id is None or case.assignee_id != actor.staff_id:
        raise NotYoursError
    if queries.current(case_id) is None and not lifecycle.is_open(CaseState(case.state)):
        raise AlreadyDecidedError
    return case


def _in_state(case_id: UUID, state: str) -> Decision:
    decision = queries.current(case_id, lock=True)
    if decision is None:
        raise NothingDraftedError
    if decision.state != state:
        raise AlreadyDecidedError if decision.state == "issued" else NothingDraftedError
    return decision


def _standing(
    actor: Actor, case: Case, outcome: Outcome, content: Content, *, today: date
) -> dict[str, str]:
    """Return the edits of blocks that stand in this notice and really differ."""
    dossier = facts.dossier_of(actor, case)
    signature = queries.signature_of(case, None, actor)
    blocks = queries.blocks_of(dossier, outcome, content, signature, today=today)
    return {block.id: block.text for block in blocks if block.changed and block.editable}
