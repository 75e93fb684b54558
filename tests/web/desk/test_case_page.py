"""The case page: answers and evidence side by side, small deeds, and what each leaves behind."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from gemeinwerk.apps.applications import actions as submissions_actions
from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.cases import actions, queries
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.catalogue import actions as catalogue_actions
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.mailbox.models import Message
from gemeinwerk.core.packages import UncheckedRule
from tests.offices import operator
from tests.parking import applicant, apply, fill_in


def address(case_id: UUID) -> str:
    return f"/amt/vorgang/{case_id}"


def test_everything_is_there_and_the_read_is_recorded(client_of, office, annas_case: UUID):
    page = client_of("Ben").get(address(annas_case)).content.decode()
    view = submissions.submission_for(office.actor("Ben"), annas_case, unit_id=office.unit_id)
    for section in view.content.sections:
        assert section.title in page
    for word in (view.number, "Fahrzeugschein.png", "Übernehmen", "Zugesagt ist"):
        assert word in page
    (read,) = Entry.objects.filter(verb="case.read")
    assert (read.subject, read.right) == (annas_case, "read_case")
    assert not Case.objects.get(pk=annas_case).unread


def test_the_office_reads_german_whatever_she_read(client_of, office):
    now = timezone.now()
    draft_id = fill_in(office, now=now)
    actor = applicant(office.town_id, draft_id)
    dossier_id = submissions_actions.submit(
        actor=actor, draft_id=draft_id, revision=None, today=now.date(), now=now, language="en"
    )
    actions.open_case(dossier_id, now=now)
    frozen = submissions.submission_for(actor, dossier_id).content.sections
    page = client_of("Ben").get(address(dossier_id)).content.decode()
    assert any(row.label == "Family name" for section in frozen for row in section.rows)
    assert "Familienname" in page
    assert "Family name" not in page


def test_ben_claims_and_petra_sees_it(client_of, office, annas_case: UUID):
    answer = client_of("Ben").post(f"{address(annas_case)}/uebernehmen", {"fach": "unread"})
    assert "getan=uebernommen" in answer["Location"]
    page = client_of("Petra").get(address(annas_case)).content.decode()
    assert "Ben Aydın bearbeitet diesen Vorgang." in page
    refused = client_of("Petra").post(f"{address(annas_case)}/uebernehmen")
    assert refused.status_code == 409
    assert "schon jemand anderes" in refused.content.decode()
    client_of("Petra").post(f"{address(annas_case)}/uebernehmen", {"trotzdem": "1"})
    assert Case.objects.get(pk=annas_case).assignee_id == office.staff["Petra"]


def test_undo_gives_it_back(client_of, bens_case: UUID):
    page = client_of("Ben").get(f"{address(bens_case)}?getan=uebernommen").content.decode()
    assert "Rückgängig" in page
    client_of("Ben").post(f"{address(bens_case)}/zurueckgeben")
    case = Case.objects.get(pk=bens_case)
    assert (case.assignee_id, case.state) == (None, "received")


def test_only_a_team_lead_assigns_and_only_within_the_unit(client_of, office, annas_case: UUID):
    there = f"{address(annas_case)}/zuteilen"
    assert client_of("Ben").post(there, {"person": office.staff["Ben"]}).status_code == 404
    assert client_of("Petra").post(there, {"person": office.staff["Oke"]}).status_code == 409
    assert client_of("Petra").post(there, {"person": "x"}).status_code == 404
    client_of("Petra").post(there, {"person": office.staff["Ben"]})
    case = Case.objects.get(pk=annas_case)
    assert (case.assignee_id, case.unread) == (office.staff["Ben"], True)


def test_a_note_stays_inside(client_of, office, bens_case: UUID):
    there = f"{address(bens_case)}/vermerk"
    assert client_of("Ben").post(there, {"vermerk": "  "}).status_code == 422
    client_of("Ben").post(there, {"vermerk": "Telefonat geführt"})
    (note,) = queries.notes(Case.objects.get(pk=bens_case))
    assert note.text == "Telefonat geführt"
    assert not Message.objects.exists()
    assert "Telefonat geführt" in client_of("Petra").get(address(bens_case)).content.decode()


def test_a_message_goes_out_and_typed_words_stay(client_of, bens_case: UUID):
    there = f"{address(bens_case)}/nachricht"
    page = client_of("Ben").post(there, {"betreff": "Rückruf", "nachricht": ""})
    assert page.status_code == 422
    assert 'value="Rückruf"' in page.content.decode()
    client_of("Ben").post(there, {"betreff": "Rückruf", "nachricht": "Wir rufen an."})
    assert Message.objects.get().direction == "to_person"
    assert "Wir rufen an." in client_of("Ben").get(address(bens_case)).content.decode()
    assert Entry.objects.filter(verb="case.message_sent").count() == 1


def test_petra_does_not_write_in_bens_case(client_of, bens_case: UUID):
    typed = {"betreff": "x", "nachricht": "y"}
    answer = client_of("Petra").post(f"{address(bens_case)}/nachricht", typed)
    assert answer.status_code == 409
    assert not Message.objects.exists()


def test_a_file_opens_inline_harmless_and_recorded(client_of, bens_case: UUID):
    (file,) = documents.files_of(bens_case)
    answer = client_of("Ben").get(f"{address(bens_case)}/datei/{file.id}")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert Entry.objects.filter(verb="file.read", object_id=str(file.id)).count() == 1


def test_a_file_of_another_case_is_not_there(client_of, office, bens_case: UUID):
    from tests.parking import apply

    other = apply(office, now=timezone.now())
    (file,) = documents.files_of(other)
    answer = client_of("Ben").get(f"{address(bens_case)}/datei/{file.id}")
    assert answer.status_code == 404
    assert not Entry.objects.filter(verb="file.read").exists()


def test_documents_are_asked_answered_and_change_the_case(client_of, office, bens_case: UUID):
    there = f"{address(bens_case)}/unterlagen"
    ben = client_of("Ben")
    page = ben.get(there).content.decode()
    assert "Fahrzeugschein" in page
    bad = ben.post(there, {"text": "", "frist": "gestern"})
    assert bad.status_code == 422
    for words in ("welche Unterlagen Sie brauchen", "Schreiben Sie einen Text", "14.12.2026"):
        assert words in bad.content.decode()
    for frist, words in (("1.1.2020", "nicht in der Zukunft"), ("3.10.2099", "halbes Jahr")):
        late = ben.post(there, {"weitere": "Foto", "text": "Bitte", "frist": frist})
        assert (late.status_code, words in late.content.decode()) == (422, True)
    due = actions.usual_due_on(timezone.now().date()).strftime("%d.%m.%Y")
    sent = ben.post(there, {"weitere": "Foto\nSkizze", "text": "Bitte", "frist": due})
    assert "getan=angefordert" in sent["Location"]
    (asked,) = queries.requests(bens_case)
    assert [label for _, label in asked.wanted] == ["Foto", "Skizze"]
    assert Case.objects.get(pk=bens_case).state == "awaiting_applicant"
    actions.answer(
        actor=applicant(office.town_id, bens_case),
        request_id=asked.id,
        text="Hier",
        now=timezone.now(),
    )
    inbox = ben.get("/amt/?fach=unread").content.decode()
    assert "geändert" in inbox
    assert "Hier" in ben.get(address(bens_case)).content.decode()


def test_a_hearing_names_its_reasons(client_of, bens_case: UUID):
    there = f"{address(bens_case)}/anhoerung"
    due = actions.usual_due_on(timezone.now().date()).strftime("%d.%m.%Y")
    open_points = client_of("Ben").post(there, {"text": "Gründe: …", "frist": due})
    assert open_points.status_code == 422
    client_of("Ben").post(there, {"text": "Sie wohnen in keiner Zone.", "frist": due})
    (held,) = queries.requests(bens_case)
    assert (held.kind, Case.objects.get(pk=bens_case).state) == ("hearing", "hearing")
    back = f"{address(bens_case)}/anforderung/{held.id}/zuruecknehmen"
    assert client_of("Petra").post(back).status_code == 409
    client_of("Ben").post(back)
    assert Case.objects.get(pk=bens_case).state == "in_progress"
    assert client_of("Ben").post(back).status_code == 409


def test_presence_is_renewed_without_a_new_read(client_of, annas_case: UUID):
    assert client_of("Ben").post(f"{address(annas_case)}/anwesend").status_code == 204
    assert not Entry.objects.filter(verb="case.read").exists()


def test_the_office_sees_the_rules_that_the_form_did_not_check(client_of, office, annas_case: UUID):
    page = client_of("Ben").get(address(annas_case)).content.decode()
    assert "Nicht geprüfte Regeln" not in page
    rule = UncheckedRule("R99000101", "G99000101", "Halterin", "Nur wer den <Wagen> hält, parkt.")
    package = replace(catalogue.package_of(office.version_id), unchecked_rules=(rule,))
    version = catalogue_actions.publish(
        actor=operator(office.town_id),
        package=package,
        unit_id=office.unit_id,
        source="test",
        now=timezone.now(),
    )
    later = replace(office, version_id=version.id)
    dossier_id = apply(later, now=timezone.now())
    actions.open_case(dossier_id, now=timezone.now())
    page = client_of("Ben").get(address(dossier_id)).content.decode()
    assert "Nicht geprüfte Regeln (1)" in page
    assert "R99000101 Halterin" in page
    assert "Nur wer den &lt;Wagen&gt; hält, parkt." in page
