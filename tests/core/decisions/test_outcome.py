"""Hearing, second pair of eyes, and when a machine may decide."""

from datetime import date

import pytest

from gemeinwerk.core.decisions import (
    Hearing,
    HearingExemption,
    Outcome,
    hearing_missing,
    may_decide_automatically,
    needs_second_person,
)
from gemeinwerk.core.kernel import Fault

TODAY = date(2026, 11, 23)


def test_a_refusal_needs_a_hearing_that_is_over() -> None:
    refuse = Outcome.REFUSE
    running = Hearing(opened_on=date(2026, 11, 10), due_on=TODAY)
    assert hearing_missing(refuse, today=TODAY) == "decision.hearing_missing"
    assert hearing_missing(refuse, today=TODAY, hearing=running) == "decision.hearing_still_open"
    assert hearing_missing(refuse, today=date(2026, 11, 24), hearing=running) is None
    answered = Hearing(date(2026, 11, 10), date(2026, 12, 1), answered_on=date(2026, 11, 20))
    assert hearing_missing(refuse, today=TODAY, hearing=answered) is None


def test_an_exemption_counts_only_with_norm_and_reason() -> None:
    full = HearingExemption("§ 28 Absatz 2 Nummer 3 VwVfG", "Wir folgen den Angaben.")
    bare = HearingExemption("§ 28 Absatz 2 Nummer 3 VwVfG", " ")
    assert hearing_missing(Outcome.REFUSE, today=TODAY, exemption=full) is None
    missing = hearing_missing(Outcome.REFUSE, today=TODAY, exemption=bare)
    assert missing == "decision.exemption_without_reason"


def test_a_grant_needs_no_hearing_unless_it_burdens() -> None:
    assert hearing_missing(Outcome.GRANT, today=TODAY) is None
    assert hearing_missing(Outcome.GRANT, today=TODAY, burdens=True) is not None


def test_only_a_full_grant_goes_out_on_one_pair_of_eyes() -> None:
    assert [needs_second_person(outcome) for outcome in Outcome] == [False, True, True]


def _automatic(
    *,
    legal_basis: str = "§ 46 Absatz 5 StVO",
    discretion: bool = False,
    remarks: str = "",
    evidence_complete: bool = True,
    checks: dict[str, bool | None] | None = None,
    outcome: Outcome = Outcome.GRANT,
) -> tuple[bool, tuple[Fault, ...]]:
    return may_decide_automatically(
        legal_basis=legal_basis,
        discretion=discretion,
        remarks=remarks,
        evidence_complete=evidence_complete,
        checks={"residents": True} if checks is None else checks,
        outcome=outcome,
    )


def test_a_clear_case_is_decided_by_the_machine() -> None:
    assert _automatic() == (True, ())


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (_automatic(legal_basis=" "), "automatic.no_legal_basis"),
        (_automatic(discretion=True), "automatic.discretion"),
        (_automatic(remarks="Bitte schnell"), "automatic.remarks"),
        (_automatic(evidence_complete=False), "automatic.evidence_missing"),
        (_automatic(outcome=Outcome.REFUSE), "automatic.burdening"),
        (_automatic(checks={}), "automatic.no_check"),
        (_automatic(checks={"residents": False}), "automatic.check_failed"),
        (_automatic(checks={"residents": None}), "automatic.check_without_answer"),
    ],
)
def test_any_doubt_goes_to_a_human(verdict: tuple[bool, tuple[Fault, ...]], code: str) -> None:
    allowed, reasons = verdict
    assert not allowed
    assert [reason.code for reason in reasons] == [code]


def test_all_reasons_come_together() -> None:
    allowed, reasons = _automatic(legal_basis="", discretion=True, remarks="x", checks={})
    assert not allowed
    assert len(reasons) == 4
