"""The document of a decision (Bescheid): its template, its draft, and what it may not lack."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gemeinwerk.core.calendars import Law
from gemeinwerk.core.decisions.outcome import Outcome
from gemeinwerk.core.decisions.remedies import Matter, RemedyNotice, remedy_notice_faults

BlockKind = Literal["operative", "reasons", "clause", "fee", "note"]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One text block (Textbaustein) of a notice.

    `text` holds placeholders {like_this}, filled from the facts. `when` is an expression that
    decides whether the block stands in the notice; empty means always. `outcomes` narrows it to
    some outcomes; empty means all. A caseworker may change an `editable` block; the change shows.
    """

    id: str
    kind: BlockKind
    text: str
    when: str = ""
    outcomes: tuple[Outcome, ...] = ()
    editable: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class NoticeTemplate:
    """How notices of one service are built (Bescheidvorlage), stored with the package.

    `subject` may hold placeholders. `matter` picks the remedy of the state, `law` how the day
    of notification is reckoned (tax procedure only as far as state law says so).
    """

    subject: str
    blocks: tuple[TextBlock, ...]
    title: str = "Bescheid"
    matter: Matter = "general"
    law: Law = Law.VWVFG


@dataclass(frozen=True, slots=True)
class AuthorityBlock:
    """The deciding authority (erlassende Behörde) as it stands at the head of the notice."""

    name: str
    unit: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the decision is meant for (Adressat), line by line as on an envelope."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One amount in EUR (Gebühr, Auslage, Steuer) with the norm it rests on."""

    label: str
    amount: Decimal
    norm: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A finished piece of text (Textstelle); `changed` marks a deviation from its block."""

    block_id: str
    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice before it is issued (Bescheidentwurf); stored as it is when it is issued.

    `operative` passages are numbered in the letter. `fee_lines` or `fee_note` say what it costs;
    that nothing is charged is said as well. `closing_name` is the responsible person.
    """

    authority: AuthorityBlock
    addressee: Addressee
    written_on: date
    case_number: str
    title: str
    subject: str
    outcome: Outcome
    operative: tuple[Passage, ...] = ()
    reasons: tuple[Passage, ...] = ()
    clauses: tuple[Passage, ...] = ()
    fee_lines: tuple[FeeLine, ...] = ()
    fee_note: str = ""
    notes: tuple[Passage, ...] = ()
    remedy: RemedyNotice | None = None
    closing_name: str = ""
    closing_role: str = ""
    third_party_affected: bool = False


def fee_total(notice: NoticeDraft) -> Decimal:
    """Return the sum of the fee lines in EUR."""
    return sum((line.amount for line in notice.fee_lines), Decimal("0.00"))


def missing_parts(notice: NoticeDraft) -> tuple[str, ...]:
    """Return the codes of the parts rule R16 still asks for; empty when it may be issued.

    Reasons may be dropped only when everything is granted and no third party is affected
    (§ 39 (2) no. 1 VwVfG); ancillary clauses take something away again and need reasons.
    """
    granted = notice.outcome is Outcome.GRANT and not notice.third_party_affected
    reasons_needed = not granted or bool(notice.clauses)
    remedy = notice.remedy
    checks = (
        ("notice.authority_missing", _given(notice.authority.name)),
        ("notice.addressee_missing", any(_given(line) for line in notice.addressee.lines)),
        ("notice.operative_missing", _said(notice.operative)),
        ("notice.reasons_missing", not reasons_needed or _said(notice.reasons)),
        ("notice.fee_missing", bool(notice.fee_lines) or _given(notice.fee_note)),
        ("notice.remedy_missing", remedy is not None and not remedy_notice_faults(remedy, ())),
        ("notice.name_missing", _given(notice.closing_name)),
    )
    return tuple(code for code, present in checks if not present)


def _given(text: str) -> bool:
    return bool(text.strip())


def _said(passages: tuple[Passage, ...]) -> bool:
    return any(_given(passage.text) for passage in passages)
