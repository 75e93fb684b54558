"""Day of notification and remedy period, by post, mailbox and download."""

from datetime import date

import pytest

from gemeinwerk.core.calendars import Calendar, Law, UnknownStateError
from gemeinwerk.core.decisions import (
    STATE_REMEDIES,
    TAX_PROCEDURE,
    Remedy,
    Way,
    download_lapses_on,
    notified_on,
    procedure_step,
    remedy_period,
)

NW = Calendar("NW")
TUESDAY = date(2026, 11, 24)  # the fourth day after it is a Saturday


@pytest.mark.parametrize("way", [Way.POST, Way.ELECTRONIC, Way.MAILBOX])
def test_the_fourth_day_counts_even_on_a_saturday(way: Way) -> None:
    reckoned = notified_on(way, sent_on=TUESDAY, calendar=NW)
    assert reckoned is not None
    assert reckoned.date == date(2026, 11, 28)
    assert "vierten Tag" in reckoned.steps[-1].text


def test_in_tax_procedure_the_fourth_day_moves_to_a_working_day() -> None:
    reckoned = notified_on(Way.POST, sent_on=TUESDAY, calendar=NW, law=Law.AO)
    assert reckoned is not None
    assert reckoned.date == date(2026, 11, 30)
    assert reckoned.steps[0].norm == "§ 122 Absatz 2 Nummer 1 AO"
    assert reckoned.steps[-1].norm == "§ 108 Absatz 3 AO"


def test_a_download_counts_on_the_day_after_retrieval() -> None:
    waiting = notified_on(Way.DOWNLOAD, sent_on=TUESDAY, calendar=NW)
    assert waiting is None
    done = notified_on(Way.DOWNLOAD, sent_on=TUESDAY, retrieved_on=date(2026, 11, 27), calendar=NW)
    assert done is not None
    assert done.date == date(2026, 11, 28)


def test_a_download_not_retrieved_in_ten_days_lapses() -> None:
    last = download_lapses_on(TUESDAY).date
    assert last == date(2026, 12, 4)


def test_a_proven_later_arrival_prevails_and_an_earlier_one_does_not() -> None:
    late = notified_on(Way.POST, sent_on=TUESDAY, received_on=date(2026, 12, 2), calendar=NW)
    early = notified_on(Way.POST, sent_on=TUESDAY, received_on=date(2026, 11, 25), calendar=NW)
    assert late is not None
    assert early is not None
    assert (late.date, early.date) == (date(2026, 12, 2), date(2026, 11, 28))
    assert "nachweislich erst" in late.steps[-1].text


def test_what_is_handed_over_counts_at_once() -> None:
    reckoned = notified_on(Way.HANDED_OVER, sent_on=TUESDAY, calendar=NW)
    assert reckoned is not None
    assert reckoned.date == TUESDAY


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("law", [Law.VWVFG, Law.AO])
def test_every_way_has_a_norm_in_every_law(way: Way, law: Law) -> None:
    reckoned = notified_on(way, sent_on=TUESDAY, retrieved_on=TUESDAY, calendar=NW, law=law)
    assert reckoned is not None
    assert all(step.norm for step in reckoned.steps)


def test_one_month_to_object_and_one_year_without_a_correct_notice() -> None:
    notified = date(2026, 11, 28)
    month = remedy_period(notified, calendar=NW, remedy=Remedy.COURT_ACTION)
    year = remedy_period(notified, calendar=NW, remedy=Remedy.COURT_ACTION, notice_correct=False)
    assert month.date == date(2026, 12, 28)
    assert year.date == date(2027, 11, 29)  # 28 November 2027 is a Sunday
    assert month.steps[0].norm == "§ 74 VwGO"
    assert year.steps[0].norm == "§ 58 Absatz 2 VwGO"


def test_every_state_has_a_row() -> None:
    assert len(STATE_REMEDIES) == 16
    assert all(row.norm for row in STATE_REMEDIES.values())


def test_a_tax_notice_counts_from_its_alert_fetched_or_not() -> None:
    reckoned = notified_on(Way.DOWNLOAD, sent_on=TUESDAY, calendar=NW, law=Law.AO)
    assert reckoned is not None
    assert reckoned.date == date(2026, 11, 30)  # the fourth day is a Saturday
    assert reckoned.steps[0].norm == "§ 122a Absatz 4 AO"
    assert "Nachricht über den Abruf" in reckoned.steps[0].text


def test_a_tax_notice_without_an_alert_counts_from_the_retrieval() -> None:
    assert notified_on(Way.DOWNLOAD, sent_on=None, calendar=NW, law=Law.AO) is None
    fetched = notified_on(Way.DOWNLOAD, sent_on=None, retrieved_on=TUESDAY, calendar=NW, law=Law.AO)
    assert fetched is not None
    assert fetched.date == TUESDAY
    assert fetched.steps[0].norm == "§ 122a Absatz 4 Satz 3 AO"


def test_every_state_names_the_law_of_its_notices() -> None:
    assert set(TAX_PROCEDURE) == set(STATE_REMEDIES)
    assert procedure_step(Law.AO, "NW").norm == "§ 12 KAG NRW"
    assert "Verwaltungsverfahrensgesetz" in procedure_step(Law.VWVFG, "NW").text
    with pytest.raises(UnknownStateError):
        procedure_step(Law.AO, "XX")
