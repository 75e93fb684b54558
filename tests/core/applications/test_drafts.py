"""A draft lives thirty days; one draft makes exactly one application."""

from datetime import date

import pytest

from gemeinwerk.core.applications import (
    AwaitedEvidence,
    ExpiredDraftError,
    StaleCheckError,
    Submission,
    WrongTokenError,
    draft_life,
    receipt_promise,
    settle_submission,
)
from gemeinwerk.core.calendars import Calendar

NW = Calendar("NW")
EDITED = date(2026, 11, 1)


def test_a_draft_is_announced_a_week_before_it_goes() -> None:
    life = draft_life(EDITED)
    assert life.delete_on == date(2026, 12, 2)
    assert life.notice_on == date(2026, 11, 25)
    assert not life.notice_is_due(date(2026, 11, 24), noticed=False)
    assert life.notice_is_due(date(2026, 11, 25), noticed=False)
    assert not life.notice_is_due(date(2026, 11, 25), noticed=True)
    assert not life.is_over(date(2026, 12, 1))
    assert life.is_over(date(2026, 12, 2))


def _settle(
    *,
    already_submitted: bool = False,
    shown: str = "t1",
    expected: str = "t1",
    answers_shown: str = "a1",
    today: date = EDITED,
) -> Submission:
    return settle_submission(
        already_submitted=already_submitted,
        token_shown=shown,
        token_expected=expected,
        answers_shown=answers_shown,
        answers_now="a1",
        last_edited_on=EDITED,
        today=today,
    )


def test_a_double_click_ends_on_the_one_receipt() -> None:
    assert _settle() is Submission.ACCEPT
    assert _settle(already_submitted=True) is Submission.REPEAT
    assert _settle(already_submitted=True, today=date(2027, 2, 1)) is Submission.REPEAT


def test_nobody_declares_what_she_has_not_seen() -> None:
    with pytest.raises(StaleCheckError):
        _settle(answers_shown="a0")


@pytest.mark.parametrize(("shown", "expected"), [("t2", "t1"), ("", "t1"), ("", ""), ("é", "t1")])
def test_a_foreign_token_submits_nothing(shown: str, expected: str) -> None:
    with pytest.raises(WrongTokenError):
        _settle(shown=shown, expected=expected, already_submitted=True)


def test_an_expired_draft_is_not_submitted() -> None:
    with pytest.raises(ExpiredDraftError):
        _settle(today=date(2026, 12, 2))


def test_a_complete_application_is_promised_from_its_receipt() -> None:
    promise = receipt_promise(date(2026, 11, 23), usual_days=14, awaited=(), calendar=NW)
    assert promise.complete
    assert promise.expected_by == date(2026, 12, 7)
    assert promise.reckoning.steps[0].text == (
        "Die Unterlagen sind vollständig. Üblich sind 14 Tage ab Montag, 23. November 2026."
    )


def test_what_is_missing_is_named_once_and_moves_the_promise() -> None:
    promise = receipt_promise(
        date(2026, 11, 23),
        usual_days=7,
        awaited=[
            AwaitedEvidence("papers", "Fahrzeugschein", follow_days=14),
            AwaitedEvidence("mandate", "Vollmacht", follow_days=7),
            AwaitedEvidence("photo", "Foto", required=False),
        ],
        calendar=NW,
    )
    assert not promise.complete
    assert [(item.key, item.due_on) for item in promise.missing] == [
        ("papers", date(2026, 12, 7)),
        ("mandate", date(2026, 11, 30)),
    ]
    assert promise.expected_by == date(2026, 12, 14)
