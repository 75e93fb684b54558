"""When the time is over nothing readable is left, and nobody but the right people end it early."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.parking import NOW, Office, applicant, apply

pytestmark = pytest.mark.django_db


def test_retention_deletes_on_its_day_and_not_before(office: Office) -> None:
    from gemeinwerk.apps import ports
    from gemeinwerk.apps.applications.models import Evidence, FoundBy, Submission
    from gemeinwerk.apps.cases.models import Case
    from gemeinwerk.apps.documents.models import StoredFile
    from gemeinwerk.apps.mailbox.models import Message, OutgoingMail
    from gemeinwerk.apps.notices import actions, queries
    from gemeinwerk.core.kernel import DomainError

    dossier = apply(office)
    office.work()
    blobs = list(StoredFile.objects.filter(subject=dossier).values_list("blob", flat=True))
    assert len(blobs) == 2
    with office.as_worker():
        assert actions.dispose_of_due(now=datetime(2030, 11, 25, 12, tzinfo=UTC)) == 0
        # On its day it is offered to the archive; nobody answers.
        assert actions.dispose_of_due(now=datetime(2030, 11, 26, 12, tzinfo=UTC)) == 0
        assert actions.dispose_of_due(now=datetime(2031, 5, 27, 12, tzinfo=UTC)) == 1
        assert actions.dispose_of_due(now=datetime(2031, 5, 27, 12, tzinfo=UTC)) == 0
    for table, name in (
        (Evidence, "dossier"),
        (FoundBy, "dossier"),
        (StoredFile, "subject"),
        (Message, "subject"),
        (OutgoingMail, "subject"),
    ):
        assert not table.objects.filter(**{name: dossier}).exists(), table
    assert bytes(Submission.objects.get(pk=dossier).sealed_content) == b""
    assert Case.objects.get(pk=dossier).shredded_at is not None
    assert queries.decision_of(applicant(office.town_id, dossier), dossier) is None
    with pytest.raises(DomainError):
        ports.key_store().get(office.town_id, dossier)
    for blob in blobs:
        with pytest.raises(DomainError):
            ports.file_store().get(blob)


def test_a_caseworker_does_not_shred(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.core.kernel import RefusedError

    dossier = apply(office)
    office.work()
    with pytest.raises(RefusedError):
        actions.shred_case(actor=office.actor("Ben"), case_id=dossier, reason="ordered", now=NOW)


def test_shredding_again_does_no_harm(office: Office) -> None:
    from gemeinwerk.apps.notices import actions

    dossier = apply(office)
    office.work()
    for _ in range(2):
        actions.shred_case(actor=office.actor("Petra"), case_id=dossier, reason="ordered", now=NOW)


def test_jobs_left_over_do_not_stumble(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.outbox.models import Job

    dossier = apply(office, remark="Hallo")
    actions_before = office.work()
    assert actions_before
    actions.shred_case(actor=office.actor("Petra"), case_id=dossier, reason="ordered", now=NOW)
    office.work()
    assert not Job.objects.exclude(error="").exists()
