"""A machine decides what law allows and nothing stands against; every doubt goes to a person."""

from __future__ import annotations

from datetime import date

import pytest

from tests.parking import NOW, Office, applicant, apply

pytestmark = pytest.mark.django_db


def case_of(dossier_id):  # type: ignore[no-untyped-def]
    from gemeinwerk.apps.cases.models import Case

    return Case.objects.get(pk=dossier_id)


def decision_of(office, dossier_id):  # type: ignore[no-untyped-def]
    from gemeinwerk.apps.notices import queries

    return queries.decision_of(applicant(office.town_id, dossier_id), dossier_id)


def test_resident_of_the_zone_has_the_permit_at_once(office: Office) -> None:
    from gemeinwerk.apps.documents import queries as documents
    from gemeinwerk.apps.payments import queries as payments

    dossier = apply(office)
    office.work()
    case, decision = case_of(dossier), decision_of(office, dossier)
    assert case.state == "decided"
    assert case.delete_on == date(2030, 11, 26)
    assert decision.outcome == "grant"
    assert decision.automatic_basis.startswith("§ 35a VwVfG")
    assert decision.delivery == "ready"
    assert any("automatische Einrichtung" in note.text for note in decision.notice.notes)
    assert decision.notice.remedy is not None
    claim = payments.claims(dossier)[0]
    assert (str(claim.amount), claim.reference) == ("30.00", case.number)
    opened = documents.open_file(applicant(office.town_id, dossier), decision.file_id, now=NOW)
    assert opened.data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"remark": "Ich ziehe vielleicht um."}, "Sie haben uns etwas mitgeteilt"),
        ({"street": "Waldweg"}, "liegt nach unserem Straßenverzeichnis"),
    ],
)
def test_a_doubt_in_the_answers_goes_to_a_person(
    office: Office, changed: dict[str, str], reason: str
) -> None:
    dossier = apply(office, **changed)
    office.work()
    case = case_of(dossier)
    assert case.state == "received"
    assert any(reason in one for one in case.human_reasons)
    assert decision_of(office, dossier) is None


def test_no_match_in_the_register_goes_to_a_person(office: Office) -> None:
    office.outside.resident = False
    dossier = apply(office)
    office.work()
    assert case_of(dossier).human_reasons == ["automatic.check_failed:residents_register"]


def test_a_register_that_is_away_goes_to_a_person(office: Office) -> None:
    office.outside.away = True
    dossier = apply(office)
    office.work()
    assert case_of(dossier).human_reasons == ["automatic.check_without_answer:residents_register"]


def test_missing_evidence_goes_to_a_person(office: Office) -> None:
    dossier = apply(office, evidence=False)
    office.work()
    assert "automatic.evidence_missing" in case_of(dossier).human_reasons


def test_a_second_permit_for_the_same_car_goes_to_a_person(office: Office) -> None:
    first, second = apply(office), apply(office)
    office.work()
    assert case_of(first).state == "received" or case_of(second).state == "received"
    office.work()
    third = apply(office, family_name="Andere", given_names="Person")
    office.work()
    assert case_of(third).human_reasons == ["automatic.check_failed:duplicate"]


def test_another_person_with_another_car_is_no_duplicate(office: Office) -> None:
    apply(office)
    office.work()
    other = apply(office, family_name="Özdemir", given_names="Elif", plate="WB-OZ 7")
    office.work()
    assert case_of(other).state == "decided"


def test_what_breaks_leaves_nothing_behind(office: Office, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from gemeinwerk.apps import ports
    from gemeinwerk.apps.notices.models import Decision

    class Broken:
        def notice(self, letter: object) -> bytes:
            raise RuntimeError

    monkeypatch.setattr(ports.typesetter, "_connector", Broken())
    dossier = apply(office)
    office.work()
    assert case_of(dossier).human_reasons == ["automatic.failed"]
    assert case_of(dossier).state == "received"
    assert not Decision.objects.filter(dossier=dossier).exists()


def test_a_repeated_job_decides_once(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.notices.models import Decision

    dossier = apply(office)
    office.work()
    assert actions.decide_automatically(dossier, now=NOW) is False
    assert Decision.objects.filter(dossier=dossier).count() == 1
