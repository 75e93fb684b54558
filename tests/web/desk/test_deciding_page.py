"""Deciding: the real PDF beside it, what is missing, one person or two, and the letters."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.notices import queries
from gemeinwerk.apps.notices.models import Decision, Delivery, PrintJob
from tests.parking import apply

GRANT = {"ergebnis": "grant", "gebuehr": "tarif", "gebuehr_wofuer": "x", "gebuehr_betrag": ""}
REFUSE = {
    "ergebnis": "refuse",
    "gebuehr": "tarif",
    "ohne_anhoerung": "true",
    "ohne_anhoerung_norm": "§ 28 Absatz 2 Nummer 3 VwVfG",
    "ohne_anhoerung_grund": "Es folgt den Angaben im Antrag.",
}


def address(case_id: UUID, more: str = "") -> str:
    return f"/amt/vorgang/{case_id}/entscheiden{more}"


def test_the_preview_is_the_real_letter(client_of, bens_case: UUID):
    page = client_of("Ben").get(address(bens_case)).content.decode()
    assert f'src="{address(bens_case, "/vorschau")}?ergebnis=grant' in page.replace("&#x2f;", "/")
    pdf = client_of("Ben").get(address(bens_case, "/vorschau?ergebnis=grant"))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert "frame-ancestors 'self'" in pdf["Content-Security-Policy"]
    assert not Decision.objects.exists()


def test_ben_grants_alone(client_of, bens_case: UUID):
    answer = client_of("Ben").post(address(bens_case, "/erlassen"), GRANT)
    assert "getan=erlassen" in answer["Location"]
    assert Decision.objects.get().state == "issued"
    assert Case.objects.get(pk=bens_case).state == "decided"
    again = client_of("Ben").post(address(bens_case, "/erlassen"), GRANT)
    assert again.status_code == 409
    assert Decision.objects.count() == 1
    assert "erlassen am" in client_of("Ben").get(address(bens_case)).content.decode()


def test_a_refusal_without_hearing_is_blocked_and_says_why(client_of, bens_case: UUID):
    typed = {**REFUSE, "ohne_anhoerung": ""}
    page = client_of("Ben").post(address(bens_case, "/erlassen"), typed)
    assert page.status_code == 409
    assert "ist die Person anzuhören" in page.content.decode()
    assert not Decision.objects.filter(state__in=["proposed", "issued"]).exists()


def test_a_refusal_needs_a_second_person(client_of, bens_case: UUID):
    ben, petra = client_of("Ben"), client_of("Petra")
    assert "vorgeschlagen" in ben.post(address(bens_case, "/erlassen"), REFUSE)["Location"]
    assert ben.post(address(bens_case, "/bestaetigen")).status_code == 409
    page = petra.get(address(bens_case)).content.decode()
    assert "Vorgeschlagen von Ben Aydın." in page
    assert "§ 28 Absatz 2 Nummer 3 VwVfG" in page
    assert petra.post(address(bens_case, "/zurueck"), {"grund": ""}).status_code == 422
    petra.post(address(bens_case, "/zurueck"), {"grund": "Gründe genauer"})
    assert "Gründe genauer" in ben.get(address(bens_case)).content.decode()
    ben.post(address(bens_case, "/erlassen"), REFUSE)
    assert "erlassen" in petra.post(address(bens_case, "/bestaetigen"))["Location"]
    row = Decision.objects.get()
    assert (row.state, row.confirmed_by_id != row.proposed_by_id) == ("issued", True)


def test_ben_takes_his_own_proposal_back(client_of, bens_case: UUID):
    client_of("Ben").post(address(bens_case, "/erlassen"), REFUSE)
    client_of("Ben").post(address(bens_case, "/zurueck"))
    assert Decision.objects.get().state == "draft"


def test_words_are_kept_and_deviations_marked(client_of, office, bens_case: UUID):
    from gemeinwerk.core.decisions import Outcome

    bench = queries.workbench(
        office.actor("Ben"), bens_case, outcome=Outcome.REFUSE, today=timezone.now().date()
    )
    block = next(one for one in bench.blocks if one.editable)
    fixed = next(one for one in bench.blocks if not one.editable)
    typed = {
        **REFUSE,
        f"block.{block.id}": "Eigene Worte {nicht_gefuellt}",
        f"block.{fixed.id}": "Fälschung",
    }
    saved = client_of("Ben").post(address(bens_case), typed)
    assert "gespeichert=1" in saved["Location"]
    page = client_of("Ben").get(address(bens_case)).content.decode()
    assert "Eigene Worte {nicht_gefuellt}" in page
    assert "weicht vom Textbaustein ab" in page
    assert "Fälschung" not in page


def test_an_unreadable_fee_loses_nothing(client_of, bens_case: UUID):
    typed = {**GRANT, "gebuehr": "eigene", "gebuehr_betrag": "viel", "gebuehr_norm": "§ 9"}
    page = client_of("Ben").post(address(bens_case), typed)
    assert page.status_code == 422
    assert 'value="viel"' in page.content.decode()
    assert not Decision.objects.exists()
    typed["gebuehr_betrag"] = "12,50"
    client_of("Ben").post(address(bens_case), typed)
    assert "12,50" in client_of("Ben").get(address(bens_case)).content.decode()


def test_petra_reads_but_does_not_decide_for_ben(client_of, bens_case: UUID):
    page = client_of("Petra").get(address(bens_case)).content.decode()
    assert "nicht entscheiden" in page
    assert client_of("Petra").post(address(bens_case), GRANT).status_code == 409
    assert client_of("Petra").post(address(bens_case, "/erlassen"), GRANT).status_code == 409
    assert not Decision.objects.exists()


def test_a_letter_is_printed_once(client_of, office):
    from gemeinwerk.apps.cases import actions

    now = timezone.now()
    case_id = apply(office, now=now, consent="false")
    actions.open_case(case_id, now=now)
    actions.claim(actor=office.actor("Ben"), case_id=case_id, now=now)
    ben = client_of("Ben")
    ben.post(address(case_id, "/erlassen"), GRANT)
    job = PrintJob.objects.get()
    assert Case.objects.get(pk=case_id).number in ben.get("/amt/druck").content.decode()
    assert ben.get(f"/amt/druck/{job.id}/brief").content.startswith(b"%PDF-")
    there = f"/amt/druck/{job.id}/gedruckt"
    assert ben.post(there, {"tag": "1.1.2099"}).status_code == 422
    for name in ("Oke", "Carla", "Anna"):
        assert client_of(name).post(there, {"tag": "1.1.2026"}).status_code == 404
        assert client_of(name).get(f"/amt/druck/{job.id}/brief").status_code in (302, 404)
    day = now.date()
    assert ben.post(there, {"tag": day.strftime("%d.%m.%Y")}).status_code == 302
    assert Delivery.objects.get(way="post").posted_on == day
    assert "Kein Brief wartet" in ben.get("/amt/druck").content.decode()
