"""Ben decides, Petra confirms; nothing goes out that lacks what law asks for."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pypdfium2
import pytest

from tests.parking import NOW, TODAY, Office, applicant, apply

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def claimed(office: Office, **changed: str) -> UUID:
    """A case that only a person may decide, taken by Ben."""
    from gemeinwerk.apps.cases import actions

    dossier = apply(office, remark="Bitte rufen Sie an.", **changed)
    office.work()
    actions.claim(actor=office.actor("Ben"), case_id=dossier, now=NOW)
    return dossier


def exemption():  # type: ignore[no-untyped-def]
    from gemeinwerk.core.decisions import HearingExemption

    return HearingExemption("§ 28 Abs. 2 Nr. 3 VwVfG", "Wir folgen ihren eigenen Angaben.")


def decided_for_refusal(office: Office) -> UUID:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.core.decisions import Outcome

    dossier = claimed(office, street="Waldweg")
    ben = office.actor("Ben")
    actions.draft(
        actor=ben, case_id=dossier, outcome=Outcome.REFUSE, exemption=exemption(), now=NOW
    )
    actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW)
    return dossier


def words_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(page.get_textpage().get_text_range() for page in pages)


def test_a_grant_is_issued_at_once_with_her_words(office: Office) -> None:
    from gemeinwerk.apps.documents import queries as documents
    from gemeinwerk.apps.notices import actions, queries
    from gemeinwerk.core.decisions import Outcome

    dossier, ben = claimed(office), office.actor("Ben")
    bench = queries.workbench(ben, dossier, today=TODAY)
    assert bench.missing == ()
    assert not bench.needs_second_person
    actions.draft(actor=ben, case_id=dossier, outcome=Outcome.GRANT, now=NOW)
    preview = actions.preview(actor=ben, case_id=dossier, today=TODAY)
    decision = actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW)
    assert decision.state == "issued"
    found = queries.decision_of(applicant(office.town_id, dossier), dossier)
    assert found.notice.closing_name == "Ben Aydın"
    assert found.notice.closing_role == "Ordnungsamt"
    pdf = documents.open_file(applicant(office.town_id, dossier), found.file_id, now=NOW).data
    assert pdf == preview
    assert "Verwaltungsgericht" not in words_of(pdf)  # BW keeps the objection
    assert "Widerspruch" in words_of(pdf)
    assert found.notice.case_number in words_of(pdf)


def test_a_refusal_needs_a_hearing_and_a_second_person(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.notices.errors import NotReadyError
    from gemeinwerk.core.decisions import Outcome

    dossier, ben = claimed(office, street="Waldweg"), office.actor("Ben")
    actions.draft(actor=ben, case_id=dossier, outcome=Outcome.REFUSE, now=NOW)
    with pytest.raises(NotReadyError) as refused:
        actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW)
    assert refused.value.missing == ("decision.hearing_missing",)
    actions.draft(
        actor=ben, case_id=dossier, outcome=Outcome.REFUSE, exemption=exemption(), now=NOW
    )
    proposed = actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW)
    assert proposed.state == "proposed"


def test_an_open_hearing_has_to_end_first(office: Office) -> None:
    from gemeinwerk.apps.cases import actions as cases
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.notices.errors import NotReadyError
    from gemeinwerk.core.decisions import Outcome

    dossier, ben = claimed(office, street="Waldweg"), office.actor("Ben")
    asked = cases.open_hearing(
        actor=ben,
        case_id=dossier,
        text="Ihre Adresse liegt in keiner Zone.",
        due_on=TODAY + timedelta(14),
        today=TODAY,
        now=NOW,
    )
    actions.draft(actor=ben, case_id=dossier, outcome=Outcome.REFUSE, now=NOW)
    with pytest.raises(NotReadyError):
        actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW)
    cases.answer(
        actor=applicant(office.town_id, dossier), request_id=asked.id, text="Schade.", now=NOW
    )
    assert actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW).state == "proposed"


def test_nobody_confirms_the_own_proposal(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, queries
    from gemeinwerk.core.cases import FourEyesError

    dossier = decided_for_refusal(office)
    with pytest.raises(FourEyesError):
        actions.confirm(actor=office.actor("Ben"), case_id=dossier, today=TODAY, now=NOW)
    issued = actions.confirm(actor=office.actor("Petra"), case_id=dossier, today=TODAY, now=NOW)
    assert issued.state == "issued"
    found = queries.decision_of(applicant(office.town_id, dossier), dossier)
    assert found.outcome == "refuse"
    assert found.notice.closing_name == "Ben Aydın"
    assert found.notice.fee_lines == ()


def test_the_database_refuses_one_pair_of_eyes(office: Office) -> None:
    from django.db import IntegrityError, transaction

    from gemeinwerk.apps.notices.models import Decision

    dossier = decided_for_refusal(office)
    rows = Decision.objects.filter(dossier=dossier)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(confirmed_by_id=office.staff["Ben"])
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="issued")


def test_sent_back_with_a_reason(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, queries

    dossier = decided_for_refusal(office)
    actions.send_back(
        actor=office.actor("Petra"), case_id=dossier, reason="Begründung fehlt.", now=NOW
    )
    bench = queries.workbench(office.actor("Ben"), dossier, today=TODAY)
    assert bench.decision.state == "draft"
    assert bench.content.sent_back_because == "Begründung fehlt."


def test_people_of_another_unit_see_nothing(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, queries
    from gemeinwerk.core.decisions import Outcome
    from gemeinwerk.core.kernel import RefusedError

    dossier, oke = decided_for_refusal(office), office.actor("Oke")
    with pytest.raises(RefusedError):
        queries.workbench(oke, dossier, today=TODAY)
    with pytest.raises(RefusedError):
        actions.draft(actor=oke, case_id=dossier, outcome=Outcome.GRANT, now=NOW)
    with pytest.raises(RefusedError):
        actions.confirm(actor=oke, case_id=dossier, today=TODAY, now=NOW)
    assert queries.print_queue(oke) == []


def test_only_whoever_works_on_the_case_decides(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.core.cases import NotYoursError
    from gemeinwerk.core.decisions import Outcome

    dossier = claimed(office)
    with pytest.raises(NotYoursError):
        actions.draft(actor=office.actor("Petra"), case_id=dossier, outcome=Outcome.GRANT, now=NOW)


def test_a_locked_block_stays_as_the_package_says(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, queries
    from gemeinwerk.core.decisions import Outcome

    dossier, ben = claimed(office, street="Waldweg"), office.actor("Ben")
    edits = {"refused": "Doch bewilligt", "why_no_zone": "Eigene Worte {authority}.", "x": "y"}
    actions.draft(actor=ben, case_id=dossier, outcome=Outcome.REFUSE, edits=edits, now=NOW)
    bench = queries.workbench(ben, dossier, today=TODAY)
    assert bench.content.edits == {"why_no_zone": "Eigene Worte {authority}."}
    assert "lehnen wir ab" in bench.notice.operative[0].text
    assert bench.notice.reasons[0].text == "Eigene Worte {authority}."


def test_a_fee_set_by_a_person_replaces_the_tariff(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.notices.content import SetFee
    from gemeinwerk.apps.payments import queries as payments
    from gemeinwerk.core.decisions import Outcome

    dossier, ben = claimed(office), office.actor("Ben")
    fee = [SetFee("Gebühr", Decimal("12.50"), "§ 1 Satzung")]
    actions.draft(actor=ben, case_id=dossier, outcome=Outcome.GRANT, fee=fee, now=NOW)
    actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW)
    assert [claim.amount for claim in payments.claims(dossier)] == [Decimal("12.50")]


def test_a_town_without_a_court_cannot_refuse_where_one_sues(office: Office, as_owner) -> None:  # type: ignore[no-untyped-def]
    from gemeinwerk.apps.municipalities.models import Municipality
    from gemeinwerk.apps.notices import queries

    dossier = claimed(office)
    with as_owner():
        Municipality.objects.filter(pk=office.town_id).update(state="NW", legal={})
    bench = queries.workbench(office.actor("Ben"), dossier, today=TODAY)
    assert bench.missing == ("notice.remedy_missing",)


def test_decided_is_decided(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.notices.errors import AlreadyDecidedError
    from gemeinwerk.core.decisions import Outcome

    dossier, ben = claimed(office), office.actor("Ben")
    actions.draft(actor=ben, case_id=dossier, outcome=Outcome.GRANT, now=NOW)
    actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW)
    with pytest.raises(AlreadyDecidedError):
        actions.draft(actor=ben, case_id=dossier, outcome=Outcome.GRANT, now=NOW)
    with pytest.raises(AlreadyDecidedError):
        actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW)


def test_a_decision_ends_what_was_asked_for(office: Office) -> None:
    from gemeinwerk.apps.cases import actions as cases
    from gemeinwerk.apps.cases import queries
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.core.decisions import Outcome

    dossier, ben = claimed(office), office.actor("Ben")
    due = TODAY + timedelta(days=14)
    while due.weekday() > 4:
        due += timedelta(days=1)
    cases.ask_for_documents(
        actor=ben,
        case_id=dossier,
        wanted=[("vehicle_papers", "Fahrzeugschein")],
        text="Bitte lesbar.",
        due_on=due,
        today=TODAY,
        now=NOW,
    )
    assert [one.is_open for one in queries.requests(dossier)] == [True]
    actions.draft(actor=ben, case_id=dossier, outcome=Outcome.GRANT, now=NOW)
    actions.propose(actor=ben, case_id=dossier, today=TODAY, now=NOW)
    assert [one.is_open for one in queries.requests(dossier)] == [False]
