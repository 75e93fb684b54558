"""What the page of a decision shows and reads (Bescheid vorbereiten)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.notices import actions, queries
from gemeinwerk.apps.notices.content import SetFee
from gemeinwerk.apps.notices.models import Decision
from gemeinwerk.apps.notices.queries import Workbench
from gemeinwerk.core.access import Actor, Right, may
from gemeinwerk.core.cases import CaseState, is_open
from gemeinwerk.core.decisions import HearingExemption, Outcome
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.kernel.money import german_number, read_money
from gemeinwerk.web.desk import posted, words
from gemeinwerk.web.desk.file import head
from gemeinwerk.web.ui.request import PageRequest, now, today
from gemeinwerk.web.ui.wording import sentence

_BLOCK = "block."


@dataclass(slots=True)
class Typed:
    """What was posted: words by block id, fee, exemption, addressee; and faults by field."""

    outcome: Outcome
    edits: dict[str, str]
    own_fee: bool
    fee_label: str
    fee_amount: str
    fee_norm: str
    exempt: bool
    exemption_norm: str
    exemption_reason: str
    addressee: list[str]
    amount: Decimal | None = None
    faults: dict[str, str] = field(default_factory=dict)


def read_typed(request: PageRequest) -> Typed:
    """Read the posted page; only names that are on it count (S13)."""
    wanted = request.POST.get("ergebnis", "")
    typed = Typed(
        outcome=Outcome(wanted) if wanted in set(Outcome) else Outcome.GRANT,
        edits={
            name.removeprefix(_BLOCK): posted.text(request, name)
            for name in request.POST
            if name.startswith(_BLOCK)
        },
        own_fee=request.POST.get("gebuehr") == "eigene",
        fee_label=posted.line(request, "gebuehr_wofuer"),
        fee_amount=posted.line(request, "gebuehr_betrag", most=20),
        fee_norm=posted.line(request, "gebuehr_norm"),
        exempt=request.POST.get("ohne_anhoerung") == "true",
        exemption_norm=posted.line(request, "ohne_anhoerung_norm"),
        exemption_reason=posted.text(request, "ohne_anhoerung_grund", most=2000),
        addressee=posted.text(request, "empfaenger", most=600).splitlines()[:8],
    )
    if typed.own_fee:
        _read_amount(typed)
    return typed


def _read_amount(typed: Typed) -> None:
    try:
        typed.amount = read_money(typed.fee_amount)
    except DomainError as wrong:
        typed.faults["gebuehr_betrag"] = sentence(wrong.code, wrong.params)
    if typed.amount is not None and typed.amount < 0:
        typed.faults["gebuehr_betrag"] = sentence("decision.fee_negative")
    if not typed.fee_label:
        typed.faults["gebuehr_wofuer"] = sentence("decision.fee_without_label")


def save(request: PageRequest, case_id: UUID, typed: Typed) -> Decision:
    """Save the draft of the decision."""
    fee = None
    if typed.own_fee and typed.amount is not None:
        fee = [SetFee(typed.fee_label, typed.amount, typed.fee_norm)]
    exemption = None
    if typed.exempt:
        exemption = HearingExemption(typed.exemption_norm, typed.exemption_reason)
    bench = queries.workbench(request.actor, case_id, outcome=typed.outcome, today=today())
    usual = list(bench.notice.addressee.lines)
    kept = bool(bench.content.addressee)
    return actions.draft(
        actor=request.actor,
        case_id=case_id,
        outcome=typed.outcome,
        edits=_edits(bench, typed),
        fee=fee,
        addressee=typed.addressee if kept or typed.addressee != usual else (),
        exemption=exemption,
        now=now(),
    )


def _edits(bench: Workbench, typed: Typed) -> dict[str, str]:
    """Return the words of blocks that stand in this outcome and may be changed."""
    editable = {block.id for block in bench.blocks if block.editable}
    return {key: text for key, text in typed.edits.items() if key in editable}


def decision_page(
    actor: Actor, case: Case, *, outcome: Outcome | None, typed: Typed | None
) -> dict[str, Any]:
    """Return the context of the page: to work on, to confirm, or to read."""
    wanted = typed.outcome if typed else outcome
    bench = queries.workbench(actor, case.id, outcome=wanted, today=today())
    state = bench.decision.state if bench.decision else "draft"
    mine = case.assignee_id == actor.staff_id and is_open(CaseState(case.state))
    works = mine and state == "draft" and may(actor, Right.DECIDE_CASE, unit_id=case.unit_id)
    errors = typed.faults if typed else {}
    return {
        **head(case, actor),
        "bench": bench,
        "mode": "work" if works else _mode(actor, case, state, bench),
        "outcome": bench.outcome.value,
        "outcomes": [{"code": code, "label": label} for code, label in words.OUTCOMES.items()],
        "outcome_name": words.OUTCOMES[bench.outcome.value],
        "groups": _groups(bench, typed),
        "missing": [sentence(code) for code in bench.missing],
        "form": _form(bench, typed),
        "fee_total": sum((line.amount for line in bench.fee_lines), Decimal("0.00")),
        "proposer": _name(bench.decision.proposed_by_id if bench.decision else None),
        "issued": queries.decision_of(actor, case.id, unit_id=case.unit_id),
        "preview": _preview(case, bench),
        "saved": bench.decision is not None,
        "errors": [{"href": f"#{name}", "text": text} for name, text in errors.items()],
        "error_at": errors,
    }


def _mode(actor: Actor, case: Case, state: str, bench: Workbench) -> str:
    """Return what this person does here: "confirm", "proposed" (her own), "issued" or "read"."""
    if state == "issued":
        return "issued"
    decision = bench.decision
    if state != "proposed" or decision is None or decision.proposed_by_id is None:
        return "read"
    if decision.proposed_by_id == actor.staff_id:
        return "proposed"
    second = may(
        actor,
        Right.CONFIRM_DECISION,
        unit_id=case.unit_id,
        involved_staff_ids=(decision.proposed_by_id,),
    )
    return "confirm" if second else "read"


def _groups(bench: Workbench, typed: Typed | None) -> list[dict[str, Any]]:
    """Return the text blocks by kind in the order of the letter."""
    said = typed.edits if typed else {}
    found = []
    for kind, title in words.BLOCKS.items():
        blocks = [
            {
                "id": block.id,
                "name": f"{_BLOCK}{block.id}",
                "title": block.title,
                "text": said.get(block.id, block.text) if block.editable else block.text,
                "editable": block.editable,
                "changed": block.changed,
            }
            for block in bench.blocks
            if block.kind == kind
        ]
        if blocks:
            found.append({"kind": kind, "title": title, "blocks": blocks})
    return found


def _form(bench: Workbench, typed: Typed | None) -> dict[str, Any]:
    """Return the fields of the page: as typed, else as saved, else as proposed."""
    if typed is not None:
        return {
            "own_fee": typed.own_fee,
            "label": typed.fee_label,
            "amount": typed.fee_amount,
            "norm": typed.fee_norm,
            "exempt": typed.exempt,
            "exemption_norm": typed.exemption_norm,
            "exemption_reason": typed.exemption_reason,
            "addressee": "\n".join(typed.addressee),
        }
    fee = (bench.content.fee or (None,))[0]
    first = bench.fee_lines[0] if bench.fee_lines else None
    exemption = bench.content.exemption
    return {
        "own_fee": fee is not None or not bench.tariff_known,
        "label": fee.label if fee else (first.label if first else "Verwaltungsgebühr"),
        "amount": german_number(fee.amount, 2) if fee else "",
        "norm": fee.norm if fee else (first.norm if first else ""),
        "exempt": exemption is not None,
        "exemption_norm": exemption.norm if exemption else "",
        "exemption_reason": exemption.reason if exemption else "",
        "addressee": "\n".join(bench.notice.addressee.lines),
    }


def _preview(case: Case, bench: Workbench) -> str:
    address = f"/amt/vorgang/{case.id}/entscheiden/vorschau"
    return f"{address}?ergebnis={bench.outcome.value}"


def _name(staff_id: UUID | None) -> str:
    return municipalities.staff_names({staff_id}).get(staff_id, "") if staff_id else ""
