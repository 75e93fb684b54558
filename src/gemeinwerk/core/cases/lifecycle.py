"""How a case (Vorgang) may move between receipt and decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from gemeinwerk.core.calendars import Calendar, Period, Reckoning, add_period
from gemeinwerk.core.kernel import DomainError


class CaseState(StrEnum):
    """Where a case stands (Stand des Vorgangs)."""

    RECEIVED = "received"  # eingegangen
    IN_PROGRESS = "in_progress"  # in Bearbeitung
    AWAITING_APPLICANT = "awaiting_applicant"  # wartet auf die antragstellende Person
    HEARING = "hearing"  # Anhörung
    AWAITING_SECOND = "awaiting_second"  # wartet auf die zweite Prüfung
    DECIDED = "decided"  # entschieden
    CLOSED = "closed"  # abgeschlossen
    WITHDRAWN = "withdrawn"  # zurückgenommen
    TRANSFERRED = "transferred"  # abgegeben


_S = CaseState
MOVES: Final[dict[CaseState, frozenset[CaseState]]] = {
    # From receipt straight to the decision goes only what a machine may decide (R15).
    _S.RECEIVED: frozenset({_S.IN_PROGRESS, _S.DECIDED, _S.WITHDRAWN, _S.TRANSFERRED}),
    _S.IN_PROGRESS: frozenset(
        {
            _S.RECEIVED,
            _S.AWAITING_APPLICANT,
            _S.HEARING,
            _S.AWAITING_SECOND,
            _S.DECIDED,
            _S.WITHDRAWN,
            _S.TRANSFERRED,
        }
    ),
    _S.AWAITING_APPLICANT: frozenset(
        {
            _S.IN_PROGRESS,
            _S.AWAITING_APPLICANT,
            _S.HEARING,
            _S.AWAITING_SECOND,
            _S.DECIDED,
            _S.WITHDRAWN,
            _S.TRANSFERRED,
        }
    ),
    _S.HEARING: frozenset(
        {_S.IN_PROGRESS, _S.AWAITING_SECOND, _S.DECIDED, _S.WITHDRAWN, _S.AWAITING_APPLICANT}
    ),
    _S.AWAITING_SECOND: frozenset({_S.IN_PROGRESS, _S.DECIDED, _S.WITHDRAWN}),
    _S.DECIDED: frozenset({_S.IN_PROGRESS, _S.CLOSED}),
    _S.CLOSED: frozenset({_S.IN_PROGRESS}),
    _S.WITHDRAWN: frozenset({_S.CLOSED}),
    _S.TRANSFERRED: frozenset({_S.CLOSED}),
}
OPEN_STATES: Final = frozenset(
    {_S.RECEIVED, _S.IN_PROGRESS, _S.AWAITING_APPLICANT, _S.HEARING, _S.AWAITING_SECOND}
)


class MoveRefusedError(DomainError):
    """The case does not go from this state to that one."""

    code = "case.move_refused"


class AlreadyClaimedError(DomainError):
    """Somebody else works on this case."""

    code = "case.already_claimed"


class NotYoursError(DomainError):
    """Only the person who works on the case does this."""

    code = "case.not_yours"


class NothingRequestedError(DomainError):
    """A request for documents names at least one."""

    code = "case.nothing_requested"


class FourEyesError(DomainError):
    """The person who proposed a decision does not confirm it (Vier-Augen-Prinzip)."""

    code = "case.four_eyes"


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """What the applicant is asked for, all at once (Nachforderung, R12), and until when."""

    wanted: tuple[str, ...]
    asked_on: date
    due_on: date
    reckoning: Reckoning


def move(state: CaseState, to: CaseState) -> CaseState:
    """Return `to` when the case may go there, or raise MoveRefusedError."""
    if to not in MOVES[state]:
        raise MoveRefusedError(state=state.value, to=to.value)
    return to


def is_open(state: CaseState) -> bool:
    """Tell whether a decision is still to come."""
    return state in OPEN_STATES


def claim(
    state: CaseState, *, holder: UUID | None, by: UUID, take_over: bool = False
) -> tuple[CaseState, UUID]:
    """Return the state that follows and who works on the case now.

    Claiming what one already works on changes nothing. A case of somebody else is taken over
    only when `take_over` says so on purpose (illness, holiday).
    """
    if not is_open(state):
        raise MoveRefusedError(state=state.value, to=_S.IN_PROGRESS.value)
    if holder is not None and holder != by and not take_over:
        raise AlreadyClaimedError()
    return (_S.IN_PROGRESS if state is _S.RECEIVED else state), by


def release(state: CaseState, *, holder: UUID | None, by: UUID) -> CaseState:
    """Return the state that follows when the person gives the case back to the unit."""
    _hold(holder, by)
    if not is_open(state):
        raise MoveRefusedError(state=state.value, to=_S.RECEIVED.value)
    return _S.RECEIVED if state is _S.IN_PROGRESS else state


def request_documents(
    state: CaseState,
    wanted: Sequence[str],
    *,
    today: date,
    calendar: Calendar,
    days: int = 14,
) -> tuple[CaseState, DocumentRequest]:
    """Return the state that follows and the request to send; the last day is a working day."""
    asked = tuple(dict.fromkeys(name.strip() for name in wanted if name.strip()))
    if not asked:
        raise NothingRequestedError()
    follows = move(state, _S.AWAITING_APPLICANT)
    reckoned = add_period(today, Period(days), calendar=calendar)
    return follows, DocumentRequest(asked, today, reckoned.date, reckoned)


def answer_arrived(state: CaseState) -> CaseState:
    """Return the state that follows an answer of the applicant.

    What arrives unasked, or too late, is kept with the case and changes no state.
    """
    return _S.IN_PROGRESS if state in (_S.AWAITING_APPLICANT, _S.HEARING) else state


def resume(state: CaseState) -> CaseState:
    """Return the state when waiting ends without an answer, because the time is over."""
    if state not in (_S.AWAITING_APPLICANT, _S.HEARING):
        raise MoveRefusedError(state=state.value, to=_S.IN_PROGRESS.value)
    return _S.IN_PROGRESS


def open_hearing(state: CaseState) -> CaseState:
    """Return the state while the applicant may comment on the coming decision (R14)."""
    return move(state, _S.HEARING)


def propose_decision(
    state: CaseState, *, holder: UUID | None, by: UUID, needs_second_person: bool
) -> CaseState:
    """Return the state after the caseworker has decided: waiting for a second person, or done.

    Whether hearing and notice are complete is asked of `core.decisions` before.
    """
    _hold(holder, by)
    if state is _S.RECEIVED:
        raise MoveRefusedError(state=state.value, to=_S.DECIDED.value)
    return move(state, _S.AWAITING_SECOND if needs_second_person else _S.DECIDED)


def decide_automatically(state: CaseState) -> CaseState:
    """Return the state after a machine has decided; only what nobody has touched yet."""
    if state is not _S.RECEIVED:
        raise MoveRefusedError(state=state.value, to=_S.DECIDED.value)
    return _S.DECIDED


def confirm(state: CaseState, *, proposed_by: UUID, confirmed_by: UUID) -> CaseState:
    """Return the state after the second pair of eyes has agreed."""
    if state is not _S.AWAITING_SECOND:
        raise MoveRefusedError(state=state.value, to=_S.DECIDED.value)
    if proposed_by == confirmed_by:
        raise FourEyesError()
    return _S.DECIDED


def send_back(state: CaseState) -> CaseState:
    """Return the state after the second person, or the proposer, has taken the proposal back."""
    if state is not _S.AWAITING_SECOND:
        raise MoveRefusedError(state=state.value, to=_S.IN_PROGRESS.value)
    return _S.IN_PROGRESS


def withdraw(state: CaseState) -> CaseState:
    """Return the state after the applicant has taken the application back."""
    return move(state, _S.WITHDRAWN)


def transfer(state: CaseState) -> CaseState:
    """Return the state after the case went to the competent authority (§ 24 (3) VwVfG, R10)."""
    return move(state, _S.TRANSFERRED)


def close(state: CaseState) -> CaseState:
    """Return the state when nothing is left to do."""
    return move(state, _S.CLOSED)


def _hold(holder: UUID | None, by: UUID) -> None:
    if holder != by:
        raise NotYoursError()
