"""Jobs and rounds: once each, in the right town, and one town's trouble stays its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest

from tests.parking import NOW, Office, apply


@pytest.mark.django_db
def test_each_round_runs_in_every_town(
    towns: tuple[int, int], as_worker: Callable[[], AbstractContextManager[None]]
) -> None:
    from gemeinwerk.apps.municipalities import tenancy
    from gemeinwerk.apps.outbox.rounds import Round, Rounds

    seen: list[int] = []

    def note(now: datetime) -> None:
        seen.append(tenancy.current_id())

    rounds = Rounds({"note": Round(60, note)}, clock=lambda: NOW)
    with as_worker():
        assert rounds.run_due() == 1
        assert rounds.run_due() == 0
    assert sorted(seen) == sorted(towns)


@pytest.mark.django_db
def test_trouble_in_one_town_stops_no_other(
    towns: tuple[int, int], as_worker: Callable[[], AbstractContextManager[None]]
) -> None:
    from gemeinwerk.apps.municipalities import tenancy
    from gemeinwerk.apps.outbox.rounds import Round, Rounds

    seen: list[int] = []

    def stumble(now: datetime) -> None:
        if tenancy.current_id() == towns[0]:
            raise RuntimeError
        seen.append(tenancy.current_id())

    with as_worker():
        Rounds({"stumble": Round(60, stumble)}, clock=lambda: NOW).run_due()
    assert seen == [towns[1]]


@pytest.mark.django_db
def test_the_whole_table_runs_as_the_worker(office: Office) -> None:
    from gemeinwerk.apps.audit.models import Link
    from gemeinwerk.apps.outbox.rounds import Rounds
    from gemeinwerk.project.periodic import PERIODIC

    apply(office)
    office.work()
    failed: list[str] = []
    with office.as_worker():
        for name, each in PERIODIC.items():
            try:
                each.run(NOW)
            except Exception as failure:
                failed.append(f"{name}: {failure!r}")
        assert Rounds(PERIODIC, clock=lambda: NOW).run_due() == len(PERIODIC)
    assert failed == []
    assert Link.objects.exists()


@pytest.mark.django_db
def test_a_gap_is_closed_and_recorded(office: Office) -> None:
    from gemeinwerk.apps.audit.models import Entry
    from gemeinwerk.apps.cases.models import Case
    from gemeinwerk.apps.outbox.models import Job, Ticket
    from gemeinwerk.project.periodic import PERIODIC

    dossier = apply(office)
    with office.as_worker():
        Ticket.objects.all().delete()
        Job.objects.all().delete()
        PERIODIC["cases.reconcile"].run(NOW + timedelta(minutes=11))
    assert Case.objects.filter(pk=dossier).exists()
    assert Entry.objects.filter(subject=dossier, verb="case.gap_found").exists()


@pytest.mark.django_db
def test_a_poisoned_job_is_set_aside_and_can_be_tried_again(office: Office) -> None:
    from gemeinwerk.apps.outbox import actions
    from gemeinwerk.apps.outbox.models import Job
    from gemeinwerk.apps.outbox.worker import MAX_ATTEMPTS

    apply(office, remark="Hallo")
    office.outside.away = True
    for day in range(MAX_ATTEMPTS + 1):
        office.work(NOW + timedelta(days=day))
    stuck = Job.objects.get(set_aside_at__isnull=False)
    assert (stuck.error, stuck.attempts) == ("ConnectionError", MAX_ATTEMPTS)
    office.outside.away = False
    actions.retry(office.actor("Petra"), stuck.id, now=NOW)
    office.work(NOW + timedelta(days=20))
    assert Job.objects.get(pk=stuck.id).done_at is not None
