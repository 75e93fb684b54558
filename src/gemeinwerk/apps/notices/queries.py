"""Doors to decisions: the workbench, what the applicant sees, the print queue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from gemeinwerk.apps.cases import queries as cases
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.notices import facts
from gemeinwerk.apps.notices.content import Content, opened
from gemeinwerk.apps.notices.facts import Dossier, Signature
from gemeinwerk.apps.notices.models import Decision, Delivery, PrintJob
from gemeinwerk.core.access import Actor, Right, require, units_with
from gemeinwerk.core.calendars import Law
from gemeinwerk.core.decisions import (
    FeeLine,
    Hearing,
    NoticeDraft,
    Outcome,
    compose,
    hearing_missing,
    missing_parts,
    needs_second_person,
)
from gemeinwerk.core.kernel import NotFoundError

BERLIN = ZoneInfo("Europe/Berlin")
PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class BlockView:
    """One text block that stands in this notice; `text` is what it says now."""

    id: str
    kind: str
    title: str
    text: str
    editable: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Workbench:
    """All the person who decides has before her (Entscheidung vorbereiten).

    `missing` are codes of what blocks issuing (R14, R16); `decision` is None before the first
    save. `fee_set` tells that a person has set the fee, `tariff_known` that the town's tariff
    gives one.
    """

    decision: Decision | None
    outcome: Outcome
    notice: NoticeDraft
    blocks: tuple[BlockView, ...]
    fee_lines: tuple[FeeLine, ...]
    fee_set: bool
    tariff_known: bool
    missing: tuple[str, ...]
    needs_second_person: bool
    content: Content


@dataclass(frozen=True, slots=True)
class DecisionView:
    """An issued decision as the applicant and the desk see it.

    `delivery` is "ready" (waits for the retrieval), "retrieved", "lapsed" or "printing" (a letter
    waits in the print queue) or "posted". `steps` explain the days: (text, norm).
    """

    id: UUID
    outcome: Outcome
    issued_at: datetime
    file_id: UUID
    file_sha256: str
    automatic_basis: str
    notice: NoticeDraft
    delivery: str
    lapses_on: date | None
    notified_on: date | None
    remedy_until: date | None
    steps: tuple[tuple[str, str], ...]

    @property
    def readable(self) -> bool:
        """The applicant has the notice: reasons and remedy may be shown beside it."""
        return self.delivery in ("retrieved", "posted")


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One letter in the print queue."""

    id: UUID
    case_id: UUID
    case_number: str
    service: str
    reason: str
    file_id: UUID
    created_at: datetime
    printed_at: datetime | None


def workbench(
    actor: Actor, case_id: UUID, *, outcome: Outcome | None = None, today: date
) -> Workbench:
    """Return the workbench of a case for whoever may decide or confirm there.

    `outcome` looks at another outcome than the saved one, without storing anything.
    """
    case = cases.case_for(actor, case_id)
    decision = current(case_id)
    wanted = outcome or (Outcome(decision.outcome) if decision else Outcome.GRANT)
    content = opened(decision) if decision else Content()
    if decision is not None and decision.outcome != wanted:
        content.edits = {}
    dossier = facts.dossier_of(actor, case)
    signature = signature_of(case, decision, actor)
    notice = facts.composed(dossier, wanted, content, signature, today=today)
    return Workbench(
        decision=decision,
        outcome=wanted,
        notice=notice,
        blocks=blocks_of(dossier, wanted, content, signature, today=today),
        fee_lines=notice.fee_lines,
        fee_set=content.fee is not None,
        tariff_known=facts.statement(dossier, wanted) is not None,
        missing=missing(case, wanted, content, notice, today=today),
        needs_second_person=needs_second_person(wanted),
        content=content,
    )


def blocks_of(
    dossier: Dossier, outcome: Outcome, content: Content, signature: Signature, *, today: date
) -> tuple[BlockView, ...]:
    """Return the blocks that stand in the notice for this outcome, with their words."""
    gathered = facts.facts_of(dossier, outcome, content, signature, today=today)
    gathered = replace(gathered, fee_note="")
    found = []
    for block in dossier.package.notice.blocks:
        alone = compose(replace(dossier.package.notice, blocks=(block,)), outcome, gathered)
        parts = (*alone.operative, *alone.reasons, *alone.clauses, *alone.notes)
        text = parts[0].text if parts else alone.fee_note
        if text:
            edit = content.edits.get(block.id)
            changed = edit is not None and edit.strip() != text
            said = edit if edit is not None else text
            found.append(
                BlockView(block.id, block.kind, block.title, said, block.editable, changed)
            )
    return tuple(found)


def missing(
    case: Case, outcome: Outcome, content: Content, notice: NoticeDraft, *, today: date
) -> tuple[str, ...]:
    """Return the codes of all that blocks issuing: parts of the notice and the hearing."""
    lacking = hearing_missing(
        outcome, today=today, hearing=hearing_of(case.id), exemption=content.exemption
    )
    return (*missing_parts(notice), *((lacking,) if lacking else ()))


def hearing_of(case_id: UUID) -> Hearing | None:
    """Return the last hearing of a case that was not taken back."""
    held = [
        one for one in cases.requests(case_id) if one.kind == "hearing" and not one.withdrawn_at
    ]
    if not held:
        return None
    last = held[-1]
    answered = last.answered_at.astimezone(BERLIN).date() if last.answered_at else None
    return Hearing(last.asked_at.astimezone(BERLIN).date(), last.due_on, answered)


def signature_of(case: Case, decision: Decision | None, actor: Actor) -> Signature:
    """Return who answers for the notice: whoever proposed it, else whoever works on it now."""
    staff_id = (decision.proposed_by_id if decision else None) or case.assignee_id
    names = municipalities.staff_names({staff_id}) if staff_id else {}
    name = names.get(staff_id, actor.name) if staff_id else actor.name
    return Signature(name, case.unit.name)


def current(case_id: UUID, *, lock: bool = False) -> Decision | None:
    """Return the decision of a case that counts: issued, else proposed or in draft."""
    rows = Decision.objects.select_for_update() if lock else Decision.objects.all()
    found = list(rows.filter(dossier=case_id).exclude(state="withdrawn").order_by("-id"))
    return next((row for row in found if row.state == "issued"), found[0] if found else None)


def decision_of(
    actor: Actor, dossier_id: UUID, *, unit_id: UUID | None = None
) -> DecisionView | None:
    """Return the issued decision for the applicant or staff of the unit, None before there is."""
    require(actor, Right.READ_CASE, dossier_id=dossier_id, unit_id=unit_id)
    row = Decision.objects.filter(dossier=dossier_id, state="issued").first()
    if row is None or row.issued_at is None or row.file_id is None or not row.sealed_content:
        return None
    notice = opened(row).issued
    if notice is None:
        return None
    deliveries = {one.way: one for one in Delivery.objects.filter(decision_id=row.id)}
    state = delivery_state(deliveries)
    counting = deliveries.get("download" if state in ("ready", "retrieved") else "post")
    return DecisionView(
        id=row.id,
        outcome=Outcome(row.outcome),
        issued_at=row.issued_at,
        file_id=row.file_id,
        file_sha256=bytes(row.file_sha256 or b"").hex(),
        automatic_basis=row.automatic_basis,
        notice=notice,
        delivery=state,
        lapses_on=counting.lapses_on if counting else None,
        notified_on=counting.notified_on if counting else None,
        remedy_until=counting.remedy_until if counting else None,
        steps=tuple((step["text"], step["norm"]) for step in counting.reckoning)
        if counting
        else (),
    )


def under_tax_law(dossier_id: UUID | None) -> bool:
    """Tell whether the tax code counts the days of a dossier's notice (R21)."""
    rows = Case.objects.filter(pk=dossier_id) if dossier_id else Case.objects.none()
    version = rows.values_list("offer_version_id", flat=True).first()
    return version is not None and catalogue.package_of(version).procedural_law is Law.AO


def delivery_state(deliveries: dict[str, Delivery]) -> str:
    """Return how far the delivery is, see `DecisionView`."""
    download, post = deliveries.get("download"), deliveries.get("post")
    if download is not None and download.retrieved_at is not None:
        return "retrieved"
    if download is not None and download.withdrawn_at is None:
        return "ready"
    if post is not None and post.posted_on is not None:
        return "posted"
    return "lapsed" if download is not None else "printing"


def print_queue(actor: Actor, *, printed: bool = False) -> list[PrintRow]:
    """Return the letters of the actor's units that wait for printing, oldest first.

    With `printed` those that were printed, newest first.
    """
    units = units_with(actor, Right.PRINT_LETTER)
    require(actor, Right.PRINT_LETTER, unit_id=next(iter(units), None))
    own = {
        case.id: case for case in Case.objects.filter(unit_id__in=units, id__in=_queued(printed))
    }
    jobs = PrintJob.objects.filter(printed_at__isnull=not printed, dossier__in=list(own))
    order = "-printed_at" if printed else "created_at"
    return [
        PrintRow(
            id=job.id,
            case_id=job.dossier,
            case_number=own[job.dossier].number,
            service=own[job.dossier].service_title,
            reason=job.reason,
            file_id=job.file_id,
            created_at=job.created_at,
            printed_at=job.printed_at,
        )
        for job in jobs.order_by(order, "id")[:PAGE_SIZE]
    ]


def print_job(actor: Actor, job_id: UUID, *, lock: bool = False) -> tuple[PrintJob, Case]:
    """Return one letter of the queue with its case, for staff who may print it."""
    rows = PrintJob.objects.select_for_update() if lock else PrintJob.objects.all()
    job = rows.filter(pk=job_id).first()
    if job is None:
        raise NotFoundError
    return job, cases.case_for(actor, job.dossier, right=Right.PRINT_LETTER)


def _queued(printed: bool) -> list[UUID]:
    rows = PrintJob.objects.filter(printed_at__isnull=not printed)
    return list(rows.values_list("dossier", flat=True)[:1000])
