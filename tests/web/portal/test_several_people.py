"""Several people fill in one form: who may do what when, and that nobody reads more than that."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from django.utils import timezone

from gemeinwerk.core.forms import Field, Group
from tests.felling import (
    CONSENT,
    EMIL,
    KIND,
    OLGA,
    OWN,
    REMARK,
    Anna,
    Guest,
    code_on,
    grove,
    links,
    publish,
    sample,
)
from tests.parking import Office
from tests.web.portal.citizen import text_of

__all__ = ["grove"]

HELPERS = Group(
    id="G1",
    label="Helfer",
    minimum=0,
    maximum=3,
    entry_pages=True,
    nodes=(Field(id="F1", label="Name"), Field(id="F2", label="Gerät", minimum=0)),
)
pytestmark = pytest.mark.usefixtures("strict_sentences")


def invited(
    grove: Office,
    anna: Anna,
    role: str = "owner",
    name: str = "Olga Ostermann",
    *,
    replace: bool = False,
) -> Guest:
    code = anna.invite(role, name, replace=replace)
    return Guest(links(grove, lambda: grove.work(timezone.now()))[-1], code)


def subjects(office: Office) -> list[str]:
    office.work(timezone.now())
    return [mail.subject for mail in office.outside.mails]  # type: ignore[attr-defined]


def test_the_whole_way(grove: Office) -> None:
    anna = Anna().fill()
    overview = text_of(anna.get())
    assert "Noch einladen" in overview
    assert anna.submit().status_code == 422
    olga = invited(grove, anna)
    assert "antwortet bis" in text_of(anna.get())
    intro = text_of(olga.get())
    assert "Anna Maria Beispiel" in intro
    assert "Lindenstraße 12a, hinten am Zaun" in intro
    assert olga.finish().status_code == 302
    assert "Vielen Dank, Ihr Teil ist fertig" in text_of(olga.get())
    assert "Eine Person ist mit ihrem Teil fertig" in subjects(grove)
    done = anna.submit()
    assert done.status_code == 302, text_of(done)
    assert "Der Antrag ist abgesendet" in text_of(olga.get())


def test_the_code_stands_in_no_mail_and_the_link_on_no_page_of_hers(grove: Office) -> None:
    anna = Anna().fill()
    code = anna.invite()
    link = links(grove, lambda: grove.work(timezone.now()))[-1]
    assert all(code not in str(mail) for mail in grove.outside.mails)
    part = link.rsplit("/", 1)[1]
    for page in ("", "/pruefen", "/person/owner"):
        assert part not in text_of(anna.get(page))
    asked = anna.post("/person/owner/zugangscode")
    assert part not in text_of(asked)
    assert Guest(link).open(code).status_code == 422, "a new code ends the old one"
    assert Guest(link).open(code_on(asked)).status_code == 302


def test_nobody_is_invited_before_it_is_her_turn(grove: Office) -> None:
    anna = Anna().fill("person", "tree")
    early = anna.post("/person/owner", {"name": "Olga", "email": "o@example.org"})
    assert early.status_code == 422
    anna.fill("tree", "reason", "contact", why="danger", girth="180")
    page = text_of(anna.get("/person/expert"))
    assert "Noch nicht dran" in page
    early = anna.post("/person/expert", {"name": "Emil", "email": "e@example.org"})
    assert early.status_code == 422
    olga = invited(grove, anna)
    olga.finish()
    emil = invited(grove, anna, "expert", "Emil Eich")
    assert anna.submit().status_code == 422
    emil.finish("expert", EMIL)
    assert anna.submit().status_code == 302


def test_an_invitation_that_cannot_be_sent_is_told(grove: Office) -> None:
    anna = Anna().fill()
    wrong = anna.post("/person/owner", {"name": "", "email": "keine Adresse"})
    assert wrong.status_code == 422
    assert "keine Adresse" in text_of(wrong)
    assert anna.get("/person/nobody").status_code == 404
    assert Anna().fill(own="true").get("/person/owner").status_code == 404


def test_a_second_click_invites_nobody_twice(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    again = {"name": "Olga Ostermann", "email": "olga@example.org", "sprache": "de"}
    assert anna.post("/person/owner", again).status_code == 302
    assert subjects(grove).count("Bitte füllen Sie Ihren Teil eines Antrags aus") == 1
    assert olga.finish().status_code == 302


def test_whoever_is_not_needed_does_not_hold_it_up_and_is_left_out(grove: Office) -> None:
    from gemeinwerk.apps.applications import queries
    from tests.parking import applicant

    anna = Anna().fill(own="true", why="danger")
    emil = invited(grove, anna, "expert", "Emil Eich")
    emil.post("/seite/expert", EMIL)  # typed, but never declared
    assert "Freiwillig" not in text_of(emil.get())
    assert anna.submit().status_code == 302
    seen = queries.submission_for(applicant(grove.town_id, UUID(anna.draft)), UUID(anna.draft))
    staff = queries.submission_for(grove.actor("Ben"), seen.id, unit_id=grove.unit_id)
    assert not any(path.startswith("G99000054") for path in staff.content.answers)
    assert [one.page_id for one in staff.content.sections] == list(OWN)
    assert staff.content.people == ()


# --- what nobody may see ------------------------------------------------------------------------


def part_pages(guest: Guest) -> list[Any]:
    return [guest.get(rest) for rest in ("", "/seite/owner", "/pruefen")]


def test_a_guest_reads_only_her_part_and_what_is_released(grove: Office) -> None:
    anna = Anna().fill(why="building")
    olga = invited(grove, anna)
    olga.post("/seite/owner", OLGA)
    for answer in part_pages(olga):
        page = text_of(answer)
        assert answer.status_code == 200
        for secret in ("1985", "27. März", "Er steht einem Bau im Weg", "anna@example.org"):
            assert secret not in page
    copy = olga.finish()
    assert copy.status_code == 302
    assert "anna@example.org" not in text_of(olga.get())


@pytest.mark.parametrize("page", ["person", "tree", "contact", "expert", "nowhere"])
def test_other_pages_are_not_there_for_a_guest(grove: Office, page: str) -> None:
    anna = Anna().fill(why="danger")
    olga = invited(grove, anna)
    before = text_of(anna.get("/seite/tree"))
    assert olga.get(f"/seite/{page}").status_code == 404
    for headers in ({}, {"X-Autosave": "1"}):
        posted = olga.post(f"/seite/{page}", {KIND: "Eiche", **EMIL}, headers=headers)
        assert posted.status_code == 404
    assert "Linde" in before
    assert "Eiche" not in text_of(anna.get("/seite/tree"))


def test_a_posted_answer_of_another_page_is_no_answer(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    olga.post("/seite/owner", OLGA | {KIND: "Eiche", "G99000011.F99000101": "Falsch"})
    check = text_of(anna.get("/pruefen"))
    assert "Eiche" not in check
    assert "Falsch" not in check


def test_neither_id_opens_what_belongs_to_the_other(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    for rest in ("", "/seite/person", "/pruefen", "/nachweise", "/papierformular.pdf"):
        for dossier in (anna.draft, olga.id):
            assert olga.client.get(f"/antrag/{dossier}{rest}").status_code == 404
    for rest in ("", "/eingang", "/kopie.pdf", "/fristen.ics"):
        for dossier in (anna.draft, olga.id):
            assert olga.client.get(f"/vorgang/{dossier}{rest}").status_code == 404
    assert anna.client.get(f"/teil/{olga.id}").status_code == 404
    assert anna.client.get(f"/teil/{anna.draft}").status_code == 404
    assert olga.post("/absenden").status_code == 404
    assert olga.client.post(f"/antrag/{anna.draft}/absenden").status_code == 404


def test_the_applicant_neither_writes_nor_reads_a_part_of_another(grove: Office) -> None:
    anna = Anna().fill()
    assert anna.get("/seite/owner").status_code == 404
    assert anna.post("/seite/owner", OLGA).status_code == 404
    assert anna.post("/seite/owner", OLGA, headers={"X-Autosave": "1"}).status_code == 404
    anna.post("/seite/tree", sample() | OLGA)
    olga = invited(grove, anna)
    olga.finish()
    check = text_of(anna.get("/pruefen"))
    assert "Geschenk" not in check
    assert "Sind Sie einverstanden" in check
    assert anna.submit().status_code == 302
    for rest in ("", "/eingang"):
        assert "Geschenk" not in text_of(anna.client.get(f"/vorgang/{anna.draft}{rest}"))


def test_papers_hold_only_what_may_be_read(grove: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from gemeinwerk.apps import ports

    printed: list[str] = []

    class Press:
        def receipt(self, copy: object) -> bytes:
            printed.append(str(copy))
            return b"%PDF-"

        paper = receipt

    monkeypatch.setattr(ports.typesetter, "_connector", Press())
    anna = Anna().fill()
    olga = invited(grove, anna)
    olga.finish()
    assert olga.get("/kopie.pdf").status_code == 200
    assert "Geschenk" in printed[-1]
    assert "Beispiel" not in printed[-1]
    anna.get("/papierformular.pdf")
    assert "Geschenk" not in printed[-1]
    anna.submit()
    assert olga.get("/kopie.pdf").status_code == 404
    anna.client.get(f"/vorgang/{anna.draft}/kopie.pdf")
    assert "Linde" in printed[-1]
    assert "Geschenk" not in printed[-1]


def test_strangers_and_other_towns_learn_nothing(grove: Office) -> None:
    anna = Anna().fill()
    code = anna.invite()
    link = links(grove, lambda: grove.work(timezone.now()))[-1]
    stranger = Guest(link)
    for rest in ("", "/seite/owner", "/pruefen", "/kopie.pdf"):
        nothing = Guest(f"/{uuid4()}").get(rest)
        assert stranger.get(rest).status_code == nothing.status_code == 404
        assert "Beispiel" not in text_of(stranger.get(rest))
    assert Guest(link, town="birkenfurt").open(code).status_code == 422
    assert Guest(f"/{anna.draft}").open(code).status_code == 422
    assert (
        Guest(f"/weiter/{anna.draft}")
        .client.post(f"/weiter/{anna.draft}", {"code": code})
        .status_code
        == 422
    )


def test_codes_cannot_be_guessed(grove: Office) -> None:
    from gemeinwerk.core.applications import new_access_code

    anna = Anna().fill()
    code = anna.invite()
    guest = Guest(links(grove, lambda: grove.work(timezone.now()))[-1])
    for number in range(5):
        assert guest.open(new_access_code(lambda most, n=number: n % most)).status_code == 422
    assert guest.open(code).status_code == 429


# --- how it goes on ------------------------------------------------------------------------------


def test_who_is_replaced_is_out_and_her_answers_are_gone(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    olga.finish()
    paula = invited(grove, anna, name="Paula Pohl", replace=True)
    assert "nicht mehr gebraucht" in text_of(olga.get())
    assert "Geschenk" not in text_of(olga.get())
    assert olga.post("/seite/owner", OLGA).status_code == 302
    assert "Geschenk" not in text_of(paula.get("/seite/owner"))
    assert "Ihre Angaben werden nicht mehr gebraucht" in subjects(grove)
    assert anna.submit().status_code == 422
    assert paula.finish().status_code == 302
    assert anna.submit().status_code == 302


def test_who_declines_leaves_nothing_but_her_reason(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    olga.post("/seite/owner", OLGA)
    assert olga.post("/ablehnen", {"grund": "Das Grundstück ist verkauft."}).status_code == 302
    assert "Sie haben abgelehnt" in text_of(olga.get())
    page = text_of(anna.get("/person/owner"))
    assert "Das Grundstück ist verkauft." in page
    assert "Eine Person möchte nicht mitmachen" in subjects(grove)
    assert anna.submit().status_code == 422
    assert invited(grove, anna, name="Paula Pohl").finish().status_code == 302
    assert anna.submit().status_code == 302


def test_what_she_confirmed_may_not_change_behind_her_back(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    olga.finish()
    anna.fill("contact")  # nothing of it is hers
    assert "Noch einmal fragen" not in text_of(anna.get())
    anna.fill("tree", kind="Eiche")
    assert "Noch einmal fragen" in text_of(anna.get())
    assert anna.submit().status_code == 422
    assert anna.post("/person/owner/erinnern").status_code == 200
    assert "Bitte sehen Sie sich Ihren Teil noch einmal an" in subjects(grove)
    assert "Eiche" in text_of(olga.get())
    assert olga.post("/abschliessen", {"stand": olga.stand()}).status_code == 302
    assert anna.submit().status_code == 302


def test_she_declares_what_she_has_seen(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    olga.post("/seite/owner", OLGA)
    stand = olga.stand()
    anna.fill("tree", kind="Eiche")
    assert olga.post("/abschliessen", {"stand": stand}).status_code == 422
    assert olga.post("/abschliessen", {"stand": olga.stand()}).status_code == 302
    assert olga.post("/abschliessen", {"stand": ""}).status_code == 302, "a second click"


def test_she_may_change_her_mind_until_it_is_submitted(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    olga.finish()
    assert olga.post("/seite/owner", {CONSENT: "false"}).status_code == 302
    assert "Ja" in text_of(olga.get())
    olga.post("/aendern")
    assert anna.submit().status_code == 422
    olga.finish(answers={CONSENT: "false"})
    assert anna.submit().status_code == 302
    assert olga.post("/aendern").status_code == 302
    assert olga.post("/ablehnen").status_code == 302
    assert "Der Antrag ist abgesendet" in text_of(olga.get())


def test_what_is_missing_is_named_before_she_declares(grove: Office) -> None:
    olga = invited(grove, Anna().fill())
    assert olga.post("/seite/owner", {REMARK: "x"}).status_code == 422
    refused = olga.post("/abschliessen", {"stand": olga.stand()})
    assert refused.status_code == 422
    assert "fehlt noch etwas" in text_of(refused)


def test_entries_of_her_part_have_pages_of_their_own(
    grove: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gemeinwerk.core.packages import load_package

    def with_helpers(files: Any) -> Any:
        package = load_package(files)
        pages = [
            msgspec.structs.replace(page, nodes=(*page.nodes, HELPERS))
            if page.id == "owner"
            else page
            for page in package.form.pages
        ]
        form = msgspec.structs.replace(package.form, pages=tuple(pages))
        return dataclasses.replace(package, form=form)

    monkeypatch.setattr("gemeinwerk.core.packages.load_package", with_helpers)
    publish(grove)
    anna = Anna().fill()
    olga = invited(grove, anna)
    place = f"/teil/{olga.id}/seite/owner"
    added = olga.post("/seite/owner?zurueck=pruefen", OLGA | {"_add": "G1"})
    assert added.status_code == 302
    opened = added.headers["Location"]
    assert opened == f"{place}?eintrag=G1%5B0%5D&zurueck=pruefen"
    page = text_of(olga.client.get(opened))
    assert "Helfer 1" in page and 'name="_entry" value="G1[0]"' in page and CONSENT not in page
    assert f'href="{place}?zurueck=pruefen"' in page, "back leads to the list"

    entry = {"_entry": "G1[0]", "G1[0].F1": "", "G1[0].F2": "Säge"}
    refused = olga.client.post(opened, entry)
    assert refused.status_code == 422
    assert "Füllen Sie „Name“ aus." in text_of(refused) and CONSENT not in text_of(refused)
    saved = olga.client.post(opened, entry | {"G1[0].F1": "Hilde"})
    assert (saved.status_code, saved.headers["Location"]) == (302, f"{place}?zurueck=pruefen")
    assert "Hilde, Säge" in text_of(olga.get("/seite/owner"))
    assert olga.finish().status_code == 302
    assert anna.submit().status_code == 302


def test_typing_is_kept_and_becomes_no_answer_yet(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    typed = olga.post("/seite/owner", OLGA, headers={"X-Autosave": "1"})
    assert typed.status_code == 204
    assert "Geschenk" in text_of(olga.get("/seite/owner"))
    assert "Geschenk" not in text_of(olga.get("/pruefen"))
    assert anna.submit().status_code == 422


def test_reminders_go_once_and_the_applicant_hears_of_who_is_late(grove: Office) -> None:
    from gemeinwerk.apps.applications import actions

    anna = Anna().fill()
    invited(grove, anna)
    now = timezone.now()
    with grove.as_worker():
        assert actions.remind_people(now=now) == 0
        assert actions.remind_people(now=now + timedelta(days=11)) == 1
        assert actions.remind_people(now=now + timedelta(days=12)) == 0
        assert actions.remind_people(now=now + timedelta(days=15)) == 1
        assert actions.remind_people(now=now + timedelta(days=16)) == 0
    grove.work(now + timedelta(days=17))
    told = subjects(grove)
    assert told.count("Erinnerung: Ihr Teil eines Antrags fehlt noch") == 1
    assert told.count("Eine Person hat noch nicht geantwortet") == 1


def test_the_applicant_can_send_the_link_again(grove: Office) -> None:
    anna = Anna().fill()
    invited(grove, anna)
    assert "noch einmal unterwegs" in text_of(anna.post("/person/owner/erinnern"))
    assert "Erinnerung: Ihr Teil eines Antrags fehlt noch" in subjects(grove)
    nobody = Anna().fill()
    assert nobody.post("/person/owner/erinnern").status_code == 422
    assert nobody.post("/person/owner/zugangscode").status_code == 422


def test_everything_goes_with_the_draft(grove: Office) -> None:
    from gemeinwerk.apps.applications.models import Participation

    anna = Anna().fill()
    olga = invited(grove, anna)
    anna.post("/verwerfen")
    assert Participation.objects.count() == 0
    assert olga.get().status_code == 404


def test_the_office_reads_who_said_what_and_when(grove: Office) -> None:
    from gemeinwerk.apps.applications import queries
    from gemeinwerk.apps.cases import actions as cases

    anna = Anna().fill()
    invited(grove, anna).finish()
    anna.submit()
    case_id, now = UUID(anna.draft), timezone.now()
    cases.open_case(case_id, now=now)
    ben = grove.actor("Ben")
    (olga,) = queries.submission_for(ben, case_id, unit_id=grove.unit_id).content.people
    assert (olga.role, olga.name) == ("owner", "Olga Ostermann")
    assert olga.declaration.startswith("Mir gehört das Grundstück")
    assert [one.page_id for one in olga.saw] == ["person", "tree"]
    from gemeinwerk.apps.cases import queries as case_queries
    from gemeinwerk.web.desk import file

    case = case_queries.case_for(ben, case_id)
    shown = file.case_file(ben, case, shown=None)["sections"]
    by = {one["title"]: one["by"] for one in shown}
    assert "Olga Ostermann" in by["Sind Sie einverstanden?"]
    assert by["Um welchen Baum geht es?"] == ""
    assert any("Geschenk" in row.text for one in shown for row in one["rows"])


def test_english_speaks_english(grove: Office) -> None:
    anna = Anna().fill()
    olga = invited(grove, anna)
    anna.client.post("/sprache/en")
    assert "Owner of the land" in text_of(anna.get())
    assert "To be invited" in text_of(english_anna().get())
    olga.client.post("/sprache/en")
    assert "A tree on your land is to be felled." in text_of(olga.get())
    for rest in ("/seite/owner", "/pruefen"):
        assert olga.get(rest).status_code == 200


def english_anna() -> Anna:
    anna = Anna().fill()
    anna.client.post("/sprache/en")
    return anna
