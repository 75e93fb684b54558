"""A draft lives thirty days; one draft makes exactly one application."""

from datetime import date

from gemeinwerk.core.applications import (
    AwaitedEvidence,
    draft_life,
    receipt_promise,
)
from gemeinwerk.core.calendars import Calendar

NW = Calendar("NW")
EDITED = date(2026, 11, 1)


def test_a_draft_is_announced_a_week_before_it_goes() -> None:
    life = draft_life(EDITED)
    assert life.delete_on == date(2026, 12, 2)
    assert life.notice_on == date(2026, 11, 25)
    assert not life.is_over(date(2026, 12, 1))
    assert life.is_over(date(2026, 12, 2))


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
