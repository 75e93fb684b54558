"""The remedy notice names kind, place, seat and period, per state."""

from dataclasses import replace

import pytest

from gemeinwerk.core.calendars import STATES, UnknownStateError
from gemeinwerk.core.decisions import (
    Remedy,
    RemedyIncompleteError,
    RemedyPlace,
    remedy_in,
    remedy_notice,
    remedy_notice_faults,
)

TOWN = RemedyPlace("Stadt Musterstadt", "Markt 1", "00000", "Musterstadt")
COURT = RemedyPlace("Verwaltungsgericht Musterburg", "Gerichtsplatz 2", "00001", "Musterburg")


@pytest.mark.parametrize("state", sorted(STATES))
@pytest.mark.parametrize("matter", ["general", "charges"])
def test_each_state_gets_a_notice_without_faults(state: str, matter: str) -> None:
    notice = remedy_notice(
        state,
        authority=TOWN,
        court=COURT,
        matter="charges" if matter == "charges" else "general",
    )
    places = {
        Remedy.OBJECTION: (TOWN,),
        Remedy.COURT_ACTION: (COURT,),
        Remedy.CHOICE: (TOWN, COURT),
    }[notice.remedy]
    assert remedy_notice_faults(notice, places) == ()


def test_states_differ() -> None:
    assert remedy_in("NW") is Remedy.COURT_ACTION
    assert remedy_in("RP") is Remedy.OBJECTION
    assert remedy_in("BY") is Remedy.COURT_ACTION
    assert remedy_in("BY", "charges") is Remedy.CHOICE


def test_what_the_town_confirmed_prevails() -> None:
    assert remedy_in("NW", confirmed=Remedy.OBJECTION) is Remedy.OBJECTION
    with pytest.raises(UnknownStateError):
        remedy_in("XX")


def test_a_court_without_seat_is_refused() -> None:
    with pytest.raises(RemedyIncompleteError) as caught:
        remedy_notice("NW", authority=TOWN, court=replace(COURT, city=" "))
    assert caught.value.params == {"place": "court"}
    with pytest.raises(RemedyIncompleteError):
        remedy_notice("NW", authority=TOWN)
    with pytest.raises(RemedyIncompleteError):
        remedy_notice("RP", authority=replace(TOWN, name=""))


@pytest.mark.parametrize(
    ("cut", "code"),
    [
        ("Klage", "remedy.kind_missing"),
        ("Verwaltungsgericht", "remedy.place_missing"),
        ("Musterburg", "remedy.seat_missing"),
        ("eines Monats", "remedy.period_missing"),
        ("Bekanntgabe", "remedy.period_missing"),
    ],
)
def test_a_changed_text_is_checked(cut: str, code: str) -> None:
    notice = remedy_notice("NW", authority=TOWN, court=COURT)
    changed = replace(notice, text=notice.text.replace(cut, "…"))
    assert code in remedy_notice_faults(changed, (COURT,))
