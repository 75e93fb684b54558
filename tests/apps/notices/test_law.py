"""Remedies and periods by state are assumptions until the town has confirmed them (R17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.offices import operator
from tests.parking import NOW, Office

pytestmark = pytest.mark.django_db


def test_the_town_confirms_what_it_was_shown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gemeinwerk.apps.audit.models import Entry
    from gemeinwerk.apps.municipalities import queries
    from gemeinwerk.apps.notices import law
    from gemeinwerk.core.decisions import STATE_REMEDIES

    town = queries.town_by_id(office.town_id)
    assert law.law_of(town).on == ""
    law.confirm_law(actor=operator(office.town_id), now=NOW)
    law.confirm_law(actor=operator(office.town_id), now=NOW + timedelta(hours=1))
    assert law.law_of(town).on == "2026-11-23"
    assert Entry.objects.filter(verb="town.law_confirmed").count() == 2
    changed = replace(STATE_REMEDIES[town.state], norm="§ 1 Neues Gesetz")
    monkeypatch.setitem(STATE_REMEDIES, town.state, changed)
    assert law.law_of(town).on == ""  # another table is another question


def test_a_caseworker_does_not_confirm(office: Office) -> None:
    from gemeinwerk.apps.notices import law
    from gemeinwerk.core.kernel import DomainError

    with pytest.raises(DomainError):
        law.confirm_law(actor=office.actor("Ben"), now=NOW)
