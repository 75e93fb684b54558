"""A town with one of everything a route can name, and the browsers of all who may try it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests import felling
from tests.offices import PASSWORD, hire
from tests.parking import Office, apply, fill_in
from tests.people import ClientOf
from tests.studio_files import author, parking_files

ROLES = ("nobody", "anna", "ben", "petra", "oke", "ada", "otto", "carla")
GRANT = {"ergebnis": "grant", "gebuehr": "tarif", "gebuehr_wofuer": "x"}
REFUSE = {
    "ergebnis": "refuse",
    "gebuehr": "tarif",
    "ohne_anhoerung": "true",
    "ohne_anhoerung_norm": "§ 28 Absatz 2 Nummer 3 VwVfG",
    "ohne_anhoerung_grund": "Es folgt den Angaben im Antrag.",
}

PAPERS = (
    "studio.paper",
    "studio.question",
    "studio.reopen",
    "studio.accept_proposals",
    "studio.paper_draft",
)

PARTS = (
    "join",
    "part",
    "part_page",
    "part_check",
    "part_finish",
    "part_reopen",
    "part_decline",
    "part_copy",
)

OfRoute = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class World:
    """`named` holds the values of parameters; `of_route` those of one route that differ."""

    browsers: dict[str, Any]
    named: dict[str, Any]
    of_route: OfRoute

    def values(self, name: str, parameters: list[str]) -> dict[str, Any]:
        """Return the values for the address of a route."""
        own = {**self.named, **self.of_route.get(name, {})}
        return {parameter: own[parameter] for parameter in parameters}


def build(office: Office, client_of: ClientOf, bens_case: UUID) -> World:
    """Make drafts, cases, letters, jobs and schemas of Lindenau; everybody signs in."""
    from django.utils import timezone

    from gemeinwerk.apps.identity import actions as identity
    from gemeinwerk.core.kernel import new_id

    draft = fill_in(office, now=timezone.now())
    cases = _cases(office, client_of("Ben"))
    browsers = {
        name: client_of(name.capitalize()) for name in ROLES if name not in ("anna", "otto")
    }
    session, token = identity.begin_session(now=timezone.now())
    felling.publish(office)
    several = felling.invited(office)
    for dossier_id in (draft, bens_case, *several, *cases.values()):
        identity.remember_dossier(session, dossier_id)
    browsers["anna"] = _with_token(client_of, token)
    otto = hire(office.town_id, "Otto Berg", "operator", at=timezone.now())
    _, token = identity.begin_session(now=timezone.now(), staff_id=otto.id)
    browsers["otto"] = _with_token(client_of, token)
    named = {
        "draft_id": draft,
        "dossier_id": bens_case,
        "case_id": bens_case,
        "passkey_id": new_id(),
        "unit_id": office.unit_id,
        **_of_forms(office, bens_case),
        **_of_steering(office),
        "code": "de",
    }
    return World(browsers, named, _exceptions(office, named, cases) | _of_people(*several))


def _with_token(client_of: ClientOf, token: str) -> Any:
    client = client_of("Nobody")
    client.cookies["__Host-session"] = token
    return client


def _cases(office: Office, ben: Any) -> dict[str, UUID]:
    """Return cases of Anna in the states that some routes are for, all worked on by Ben."""
    deeds: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
        "proposed": ("/entscheiden/erlassen", REFUSE, {}),
        "decided": ("/entscheiden/erlassen", GRANT, {}),
        "posted": ("/entscheiden/erlassen", GRANT, {"consent": "false"}),
        "asked": ("/anhoerung", _hearing(), {}),
    }
    return {
        state: _one_case(office, ben, deed, typed, changed)
        for state, (deed, typed, changed) in deeds.items()
    }


def _hearing() -> dict[str, str]:
    from gemeinwerk.apps.cases import actions
    from gemeinwerk.web.ui.request import today

    return {"text": "Bitte äußern Sie sich.", "frist": actions.usual_due_on(today()).isoformat()}


def _one_case(
    office: Office, ben: Any, deed: str, typed: dict[str, str], changed: dict[str, Any]
) -> UUID:
    from django.utils import timezone

    from gemeinwerk.apps.cases import actions

    now = timezone.now()
    case_id = apply(office, now=now, **changed)
    actions.open_case(case_id, now=now)
    actions.claim(actor=office.actor("Ben"), case_id=case_id, now=now)
    answer = ben.post(f"/amt/vorgang/{case_id}{deed}", typed)
    assert answer.status_code == 302, (deed, answer.status_code)
    return case_id


def _of_forms(office: Office, case: UUID) -> dict[str, Any]:
    """Return slugs, keys, pages and files."""
    from django.utils import timezone

    from gemeinwerk.apps.catalogue import queries as catalogue
    from gemeinwerk.apps.library import actions as library
    from gemeinwerk.core.schemas import UPLOAD_LIMIT
    from gemeinwerk.web.ui import static_files

    package = catalogue.package_of(office.version_id)
    loaded = library.load_files(
        actor=author(office.town_id),
        files=parking_files(),
        limit=UPLOAD_LIMIT,
        now=timezone.now(),
    )
    assert loaded.schema is not None
    offer = next(one for one in catalogue.live_offers() if one.service_key == package.key)
    return {
        "slug": offer.slug,
        "key": package.key,
        "page_id": package.form.pages[0].id,
        "schema_id": loaded.schema.schema_id,
        "file_id": _first_file(case),
        "version": static_files.digest(),
        "name": package.parameters[0].name,
    }


OFFERED = ("steering.archive_answer", "steering.archive_package", "steering.handed_over")


def _first_file(dossier_id: UUID) -> UUID:
    from gemeinwerk.apps.documents.models import StoredFile

    found: UUID = StoredFile.objects.filter(subject=dossier_id, media_type="image/png")[0].id
    return found


def _of_steering(office: Office) -> dict[str, Any]:
    """Return a job that was set aside, and a colleague who has lost her second factor."""
    from django.utils import timezone

    from gemeinwerk.apps.identity import recovery, sign_in
    from gemeinwerk.apps.identity.models import Recovery
    from gemeinwerk.apps.outbox.models import Job

    now = timezone.now()
    job = Job.objects.create(
        handler="notices.decide",
        event="Event",
        payload={},
        created_at=now,
        due_at=now,
        attempts=8,
        set_aside_at=now,
        error="TimeoutError",
    )
    rita = hire(office.town_id, "Rita Sommer", "caseworker", units=(office.unit_id,), at=now)
    half, _ = sign_in.check_password(email=rita.email, password=PASSWORD, net="x", now=now)
    recovery.ask(half, now=now)
    return {"job_id": job.id, "staff_id": rita.id, "recovery_id": Recovery.objects.get().id}


def offer_of(dossier_id: UUID) -> Any:
    """Return the offer of a case to the archive, as the job makes it."""
    from django.utils import timezone

    from gemeinwerk.apps.notices.models import ArchiveOffer

    now = timezone.now()
    return ArchiveOffer.objects.create(
        dossier=dossier_id, offered_at=now, answer_until=now.date(), norm="Archivsatzung"
    )


def _of_people(draft_id: UUID, part_id: UUID) -> OfRoute:
    """Return a draft of several people and a part of it, both open in Anna's browser."""
    asked = {"draft_id": draft_id, "role": "owner"}
    part = {"part_id": part_id, "page_id": "owner"}
    return {
        **dict.fromkeys(("portal.person", "portal.person_remind", "portal.person_code"), asked),
        **{f"portal.{name}": part for name in PARTS},
    }


def _exceptions(office: Office, named: dict[str, Any], cases: dict[str, UUID]) -> OfRoute:
    """Return what single routes need: a letter, a request, a notice, a proposal."""
    from django.utils import timezone

    from gemeinwerk.apps.cases.models import Request
    from gemeinwerk.apps.catalogue import preparing
    from gemeinwerk.apps.library import queries as library
    from gemeinwerk.apps.notices.models import PrintJob

    offer = {"offer_id": offer_of(cases["decided"]).id}
    letter = {"job_id": PrintJob.objects.get(dossier=cases["posted"]).id}
    report = library.schema_report(author(office.town_id), named["schema_id"])
    service = preparing.begin_from_schema(
        actor=author(office.town_id), schema_id=report.schema_id, now=timezone.now()
    )
    request = Request.objects.get(case_id=cases["asked"])
    return {
        "desk.letter": letter,
        "desk.printed": letter,
        "desk.withdraw_request": {"case_id": cases["asked"], "request_id": request.id},
        **dict.fromkeys(OFFERED, offer),
        "desk.confirm": {"case_id": cases["proposed"]},
        "desk.send_back": {"case_id": cases["proposed"]},
        "portal.retrieve": {"dossier_id": cases["decided"]},
        "portal.life_situation": {"key": "mobility"},
        "portal.upload": {"key": "vehicle_papers"},
        "portal.follows": {"key": "keeper_permission"},
        "portal.remove_file": {"file_id": _first_file(named["draft_id"])},
        "studio.block": {"number": "G05000499"},
        "studio.lists": {"key": service},
        "studio.rules": {"key": service},
        "studio.rules_confirm": {"key": service},
        "studio.rule": {"key": service, "rule_id": "R05000281", "place": "-"},
        **dict.fromkeys(PAPERS, _paper(office)),
        "steering.revoke_key": {"key_id": _key(office)},
        "studio.preview": {"page_id": report.package.form.pages[0].id},
        "ui.static": {"name": "gemeinwerk.css"},
        "ui.theme": {"name": "hell"},
    }


def _paper(office: Office) -> dict[str, Any]:
    """Return a form on paper of two questions, none decided."""
    from django.utils import timezone

    from gemeinwerk.apps.library import papers

    data = b"Frage\nRasse\nRufname\n"
    me, now = author(office.town_id), timezone.now()
    loaded = papers.load(actor=me, name="bogen.csv", data=data, title="Hund", now=now)
    return {"paper_id": loaded.id, "number": 2}


def _key(office: Office) -> UUID:
    from datetime import timedelta

    from django.utils import timezone

    from gemeinwerk.apps.identity import partners
    from tests.offices import operator

    now = timezone.now()
    row, _ = partners.add_key(
        actor=operator(office.town_id),
        name="Portal",
        services=["*"],
        expires_at=now + timedelta(days=9),
        now=now,
    )
    return row.id
