"""A case goes only where it may; nobody confirms her own decision."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.calendars import Calendar
from gemeinwerk.core.cases import (
    MOVES,
    AlreadyClaimedError,
    CaseState,
    FourEyesError,
    MoveRefusedError,
    NothingRequestedError,
    NotYoursError,
    answer_arrived,
    claim,
    close,
    confirm,
    decide_automatically,
    is_open,
    move,
    open_hearing,
    propose_decision,
    release,
    request_documents,
    resume,
    send_back,
    transfer,
    withdraw,
)

BEN, LEA = uuid4(), uuid4()
NW = Calendar("NW")
S = CaseState


def test_the_long_way_from_receipt_to_the_file() -> None:
    state, holder = claim(S.RECEIVED, holder=None, by=BEN)
    state, request = request_documents(
        state, ["Fahrzeugschein", " Fahrzeugschein", ""], today=date(2026, 12, 11), calendar=NW
    )
    assert request.wanted == ("Fahrzeugschein",)
    assert request.due_on == date(2026, 12, 28)  # Christmas Day is no day to answer
    state = answer_arrived(state)
    state = open_hearing(state)
    state = resume(state)
    state = propose_decision(state, holder=holder, by=BEN, needs_second_person=True)
    assert state is S.AWAITING_SECOND
    state = send_back(state)
    state = propose_decision(state, holder=holder, by=BEN, needs_second_person=True)
    state = confirm(state, proposed_by=BEN, confirmed_by=LEA)
    assert state is S.DECIDED
    assert close(state) is S.CLOSED


def test_a_full_grant_needs_no_second_person() -> None:
    state = propose_decision(S.IN_PROGRESS, holder=BEN, by=BEN, needs_second_person=False)
    assert state is S.DECIDED


def test_a_second_person_cannot_claim_what_somebody_works_on() -> None:
    with pytest.raises(AlreadyClaimedError):
        claim(S.IN_PROGRESS, holder=BEN, by=LEA)
    assert claim(S.IN_PROGRESS, holder=BEN, by=BEN) == (S.IN_PROGRESS, BEN)
    assert claim(S.HEARING, holder=BEN, by=LEA, take_over=True) == (S.HEARING, LEA)


def test_only_the_holder_releases_and_proposes() -> None:
    assert release(S.IN_PROGRESS, holder=BEN, by=BEN) is S.RECEIVED
    assert release(S.AWAITING_APPLICANT, holder=BEN, by=BEN) is S.AWAITING_APPLICANT
    with pytest.raises(NotYoursError):
        release(S.IN_PROGRESS, holder=BEN, by=LEA)
    with pytest.raises(NotYoursError):
        propose_decision(S.IN_PROGRESS, holder=None, by=LEA, needs_second_person=True)


def test_nobody_confirms_her_own_decision() -> None:
    with pytest.raises(FourEyesError):
        confirm(S.AWAITING_SECOND, proposed_by=BEN, confirmed_by=BEN)
    with pytest.raises(MoveRefusedError):
        confirm(S.IN_PROGRESS, proposed_by=BEN, confirmed_by=LEA)


def test_a_request_names_something() -> None:
    with pytest.raises(NothingRequestedError):
        request_documents(S.IN_PROGRESS, [" "], today=date(2026, 11, 23), calendar=NW)


def test_the_machine_decides_only_what_nobody_has_touched() -> None:
    assert decide_automatically(S.RECEIVED) is S.DECIDED
    with pytest.raises(MoveRefusedError):
        decide_automatically(S.IN_PROGRESS)


@pytest.mark.parametrize("state", [S.RECEIVED, S.DECIDED, S.CLOSED, S.WITHDRAWN])
def test_what_arrives_unasked_changes_no_state(state: CaseState) -> None:
    assert answer_arrived(state) is state


@pytest.mark.parametrize("state", [S.DECIDED, S.CLOSED, S.WITHDRAWN, S.TRANSFERRED])
def test_what_is_over_cannot_be_worked_on(state: CaseState) -> None:
    for attempt in (
        lambda: claim(state, holder=None, by=BEN),
        lambda: release(state, holder=BEN, by=BEN),
        lambda: request_documents(state, ["x"], today=date(2026, 11, 23), calendar=NW),
        lambda: open_hearing(state),
        lambda: propose_decision(state, holder=BEN, by=BEN, needs_second_person=False),
        lambda: send_back(state),
        lambda: resume(state),
        lambda: withdraw(state),
        lambda: transfer(state),
    ):
        with pytest.raises(MoveRefusedError):
            attempt()


def test_an_unclaimed_case_is_neither_proposed_nor_closed() -> None:
    with pytest.raises(MoveRefusedError):
        propose_decision(S.RECEIVED, holder=BEN, by=BEN, needs_second_person=False)
    with pytest.raises(MoveRefusedError) as caught:
        close(S.RECEIVED)
    assert caught.value.params == {"state": "received", "to": "closed"}


@given(st.sampled_from(CaseState), st.sampled_from(CaseState))
def test_move_obeys_the_table(state: CaseState, to: CaseState) -> None:
    if to in MOVES[state]:
        assert move(state, to) is to
    else:
        with pytest.raises(MoveRefusedError):
            move(state, to)


def test_every_open_case_can_reach_its_end() -> None:
    for start in CaseState:
        reached, front = {start}, [start]
        while front:
            for following in MOVES[front.pop()] - reached:
                reached.add(following)
                front.append(following)
        assert S.CLOSED in reached
        assert is_open(start) == (start not in {S.DECIDED, S.CLOSED, S.WITHDRAWN, S.TRANSFERRED})
