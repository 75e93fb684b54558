"""The automatic decision (vollautomatischer Erlass, R15): every doubt goes to a person."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.cases import actions as cases
from gemeinwerk.apps.cases import queries as case_queries
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.notices import checks, facts
from gemeinwerk.apps.notices.actions.issuing import issue_now
from gemeinwerk.apps.notices.content import Content, closed
from gemeinwerk.apps.notices.errors import NotReadyError
from gemeinwerk.apps.notices.facts import Dossier, Signature
from gemeinwerk.apps.notices.models import Decision
from gemeinwerk.core.access import Actor, system
from gemeinwerk.core.cases import CaseState
from gemeinwerk.core.decisions import Outcome
from gemeinwerk.core.kernel import Fault, new_id
from gemeinwerk.core.packages import route_of

BERLIN = ZoneInfo("Europe/Berlin")
FAILED = "automatic.failed"
NO_FEE_KNOWN = "automatic.fee_unknown"
NOT_READY = "automatic.notice_incomplete"

log = logging.getLogger("gemeinwerk.notices")


def decide_automatically(case_id: UUID, *, now: datetime) -> bool:
    """Decide a fresh case if law and facts allow it; return whether it was decided.

    Why a person has to decide is kept with the case: texts of the package's own conditions, and
    codes for the rest. Whatever goes wrong here means a person (S82), and leaves nothing behind.
    """
    actor = system(tenancy.current_id(), name="notices.automatic")
    case = case_queries.case_for(actor, case_id, lock=True)
    if case.state != CaseState.RECEIVED or case.assignee_id is not None:
        return False
    dossier = facts.dossier_of(actor, case)
    if dossier.package.automation is None:
        return False
    try:
        with transaction.atomic():
            reasons = _reasons(actor, dossier)
            if not reasons:
                _decide(actor, dossier, now)
                return True
    except NotReadyError:
        reasons = [NOT_READY]
    except Exception as failure:
        # The kind only: the text of an exception may quote personal data (S81).
        log.warning("notices.automatic_failed", extra={"kind": type(failure).__name__})
        reasons = [FAILED]
    cases.note_human_reasons(case_id, reasons)
    return False


def _reasons(actor: Actor, dossier: Dossier) -> list[str]:
    routing = route_of(
        dossier.package,
        dossier.values,
        evidence_complete=_evidence_complete(dossier),
        checks=checks.answers_of(actor, dossier),
    )
    reasons = [_words(fault) for fault in routing.reasons]
    if facts.statement(dossier, Outcome.GRANT) is None:
        reasons.append(NO_FEE_KNOWN)
    return list(dict.fromkeys(reasons))


def _words(fault: Fault) -> str:
    """Return the reason as the desk shows it: a text of the package, or a code with its check."""
    if fault.code == "automatic.condition":
        return str(fault.params.get("reason", fault.code))
    check = fault.params.get("check")
    return f"{fault.code}:{check}" if check else fault.code


def _evidence_complete(dossier: Dossier) -> bool:
    """All required evidence is there, and every file was found clean (S41)."""
    case: Case = dossier.case
    if submissions.missing_evidence(case.id, dossier.submission.content):
        return False
    return all(file.state == "clean" for file in documents.files_of(case.id))


def _decide(actor: Actor, dossier: Dossier, now: datetime) -> Decision:
    automation = dossier.package.automation
    basis = automation.legal_basis if automation else ""
    decision = Decision(
        id=new_id(),
        municipality_id=dossier.case.municipality_id,
        dossier=dossier.case.id,
        outcome=Outcome.GRANT.value,
        state="draft",
        automatic_basis=basis[:300],
    )
    decision.sealed_content = closed(dossier.case.id, decision.id, Content())
    decision.save()
    return issue_now(
        actor=actor,
        case=dossier.case,
        decision=decision,
        today=now.astimezone(BERLIN).date(),
        now=now,
        signature=Signature(dossier.case.unit.name, f"automatisch erlassen ({basis})", True),
    )
