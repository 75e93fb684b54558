"""Demo cases in all states, made by the same actions as real ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from gemeinwerk.apps.applications import actions as applications
from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.cases import actions as desk
from gemeinwerk.apps.cases import queries as cases
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.catalogue.models import Offer
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.notices import actions as notices
from gemeinwerk.core.access import Actor
from gemeinwerk.core.calendars import Calendar
from gemeinwerk.core.decisions import HearingExemption, Outcome
from gemeinwerk.core.packages import TestCase
from gemeinwerk.project.demo.towns import DemoTown

NOTE = "Mit dem Bauhof besprochen: keine Bedenken."
HEARING = "Wir möchten Ihren Antrag ablehnen. Dazu können Sie sich vorher äußern."


@dataclass(frozen=True, slots=True)
class Applicant:
    """An invented person."""

    family_name: str
    given_names: str
    birth_date: str
    house_number: str


PEOPLE = (
    Applicant("Beispiel", "Anna Maria", "1985-03-27", "12a"),
    Applicant("Özdemir", "Elif", "1992-07-04", "3"),
    Applicant("von der Heide-Lüttich", "Karl-Friedrich Johann", "1948-01-30", "8"),
    Applicant("Nguyễn", "Thị Mai", "1979-11-12", "41"),
    Applicant("Kowalczyk", "Zbigniew", "1968-05-19", "7"),
    Applicant("Şahin", "Çağla", "2001-02-28", "2b"),
    Applicant("O'Connor", "Siobhán", "1990-09-09", "15"),
    Applicant("Müller", "Jürgen", "1957-12-24", "30"),
)
STATES = (
    "draft",
    "new",
    "new",
    "claimed",
    "waiting",
    "hearing",
    "overdue",
    "granted",
    "second",
    "refused",
)
STREETS = {
    "kirchtal": ("Dorfplatz", "Mühlweg", "Am Kirchberg"),
    "lindenbrueck": ("Lindenstraße", "Alter Markt", "Mühlengasse"),
    "sternhafen": ("Hafenallee", "Speichergasse", "Am Leuchtturm"),
}


def street_of(person: Applicant, town: DemoTown) -> str:
    """Return where an invented person lives in a town; everyone lives in every demo town."""
    streets = STREETS[town.slug]
    return streets[PEOPLE.index(person) % len(streets)]


def unit_index(service_key: str, units: int) -> int:
    """Return which unit of a town works on a service."""
    wanted = {"resident-parking": 1, "special-use-permit": 1, "dog-tax-registration": 2}
    return min(wanted.get(service_key, 0), units - 1)


def seed_cases(town: DemoTown, *, now: datetime) -> None:
    """Fill the desk of the current town once."""
    if cases.any_case():
        return
    # Where several people fill in a form, visitors try that out by themselves.
    offers = [one for one in catalogue.live_offers() if not _asks_others(one)]
    for number, state in enumerate(STATES):
        offer = offers[number % len(offers)]
        version_id = catalogue.live_version_id(offer)
        sample = next(
            case
            for case in catalogue.package_of(version_id).tests
            if not case.expect.faults and case.answers
        )
        began = now - timedelta(days=75 if state == "overdue" else 2 + number)
        person = PEOPLE[(number + town.population) % len(PEOPLE)]
        dossier_id = _apply(version_id, sample, person, town, began, submit=state != "draft")
        if state not in ("draft", "new"):
            _work(dossier_id, state, town, now)


def _asks_others(offer: Offer) -> bool:
    return bool(catalogue.package_of(catalogue.live_version_id(offer)).participants)


def _apply(
    version_id: UUID,
    sample: TestCase,
    person: Applicant,
    town: DemoTown,
    now: datetime,
    *,
    submit: bool,
) -> UUID:
    draft = applications.start(offer_version_id=version_id, language="de", now=now)
    actor = Actor(
        kind="citizen",
        municipality_id=tenancy.current_id(),
        dossier_ids=frozenset({draft.id}),
    )
    today = now.date()
    answers = _answers(version_id, sample, person, town, today)
    done: set[str] = set()
    while True:
        view = submissions.draft_for(actor, draft.id, today=today)
        route = view.route(today=today)
        open_pages = [page_id for page_id in route if page_id not in done]
        if not open_pages or (not submit and done):
            break
        posted = {path: [value] for path, value in answers.items()}
        applications.save_page(
            actor=actor, draft_id=draft.id, page_id=open_pages[0], posted=posted, now=now
        )
        done.add(open_pages[0])
    if submit:
        _settle_evidence(actor, draft.id, today, now)
        applications.submit(actor=actor, draft_id=draft.id, revision=None, today=today, now=now)
        desk.open_case(draft.id, now=now)
    return draft.id


def _settle_evidence(actor: Actor, draft_id: UUID, today: date, now: datetime) -> None:
    view = submissions.draft_for(actor, draft_id, today=today)
    for state in submissions.evidence_states(view, today=today):
        if not state.settled and state.spec.may_follow:
            applications.say_follows(
                actor=actor,
                draft_id=draft_id,
                key=state.spec.key,
                on=today + timedelta(days=7),
                now=now,
            )
        elif not state.settled:
            applications.upload(
                actor=actor,
                draft_id=draft_id,
                key=state.spec.key,
                name="Nachweis.png",
                data=PICTURE,
                now=now,
            )


def _answers(
    version_id: UUID, sample: TestCase, person: Applicant, town: DemoTown, today: date
) -> dict[str, str]:
    """Return the sample's answers with another person and with days moved to today."""
    roles: Mapping[str, str] = catalogue.package_of(version_id).roles
    moved = today - sample.today
    answers = {path: _moved(value, moved, sample) for path, value in sample.answers.items()}
    own = {
        "family_name": person.family_name,
        "given_names": person.given_names,
        "birth_date": person.birth_date,
        "street": street_of(person, town),
        "house_number": person.house_number,
        "plate": f"WB-DE {100 + PEOPLE.index(person)}",
        "postal_code": str(town.contact["postal_code"]),
        "town": town.name,
    }
    return {**answers, **{roles[role]: value for role, value in own.items() if role in roles}}


def _moved(value: str, by: timedelta, sample: TestCase) -> str:
    """Move a day that lies near the sample's day; birthdays stay."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    near = abs(day - sample.today) < timedelta(days=400)
    return (day + by).isoformat() if near else value


def _work(dossier_id: UUID, state: str, town: DemoTown, now: datetime) -> None:
    """Let the first person of the unit work on the case until it has reached the state."""
    staff_ids = municipalities.staff_of_unit(cases.unit_of(dossier_id))
    actor, lead = (municipalities.staff_actor(staff_id) for staff_id in staff_ids[:2])
    if actor is None or lead is None:
        return
    today = now.date()
    desk.claim(actor=actor, case_id=dossier_id, now=now)
    desk.note(actor=actor, case_id=dossier_id, text=NOTE, now=now)
    due_on = Calendar(town.state).next_working_day(today + timedelta(days=14))
    match state:
        case "waiting":
            desk.ask_for_documents(
                actor=actor,
                case_id=dossier_id,
                wanted=[("", "Kopie der Versicherungsbestätigung")],
                text="Bitte senden Sie uns noch die Bestätigung Ihrer Versicherung.",
                due_on=due_on,
                today=today,
                now=now,
            )
        case "hearing":
            desk.open_hearing(
                actor=actor, case_id=dossier_id, text=HEARING, due_on=due_on, today=today, now=now
            )
        case "granted" | "second" | "refused":
            outcome = Outcome.GRANT if state == "granted" else Outcome.REFUSE
            _decide(actor, lead, dossier_id, outcome, confirm=state == "refused", now=now)


def _decide(
    actor: Actor, lead: Actor, dossier_id: UUID, outcome: Outcome, *, confirm: bool, now: datetime
) -> None:
    exemption = HearingExemption("§ 28 Abs. 2 Nr. 3 VwVfG", "Wir weichen nicht von den Angaben ab.")
    notices.draft(
        actor=actor,
        case_id=dossier_id,
        outcome=outcome,
        exemption=exemption if outcome is Outcome.REFUSE else None,
        now=now,
    )
    notices.propose(actor=actor, case_id=dossier_id, today=now.date(), now=now)
    if confirm:
        notices.confirm(actor=lead, case_id=dossier_id, today=now.date(), now=now)


def _picture() -> bytes:
    """Return a small sound PNG, drawn at start."""
    from io import BytesIO

    from PIL import Image

    target = BytesIO()
    Image.new("RGB", (600, 400), (232, 238, 245)).save(target, "PNG")
    return target.getvalue()


PICTURE = _picture()
