"""The questions before a machine may decide (Prüfungen, R15), by the name a package gives them.

Each answers True (passed), False (not passed) or None (no answer). A name without a check here
gets no answer, and no answer sends the case to a person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from gemeinwerk.apps import ports
from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.applications.queries import SubmissionView
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.notices.facts import Dossier
from gemeinwerk.apps.notices.models import Decision
from gemeinwerk.core.access import Actor
from gemeinwerk.core.cases import OPEN_STATES
from gemeinwerk.core.decisions import Outcome
from gemeinwerk.core.kernel.latin import search_form

Check = Callable[[Actor, Dossier], bool | None]

log = logging.getLogger("gemeinwerk.notices")

_LOCK_DUPLICATES = 4712


def answers_of(actor: Actor, dossier: Dossier) -> dict[str, bool | None]:
    """Return the answer to each check the package asks for."""
    automation = dossier.package.automation
    names = automation.checks if automation else ()
    return {name: _answer(CHECKS.get(name), actor, dossier) for name in names}


def _answer(check: Check | None, actor: Actor, dossier: Dossier) -> bool | None:
    return None if check is None else check(actor, dossier)


def residents_register(actor: Actor, dossier: Dossier) -> bool | None:
    """Ask the residents' register whether everything matches completely (R40)."""
    said = _said(dossier.submission)
    question = ports.ResidentQuestion(
        family_name=said("family_name"),
        first_names=said("given_names"),
        born_on=said("birth_date"),
        street=said("street"),
        house_number=said("house_number"),
        postcode=said("postal_code"),
        city=said("town"),
    )
    try:
        return ports.residents_register().matches(dossier.town.key, question)
    except Exception as failure:
        # A register that is away or not connected gives no answer, and that goes to a person.
        log.warning("notices.register_unavailable", extra={"kind": type(failure).__name__})
        return None


def zone(actor: Actor, dossier: Dossier) -> bool | None:
    """Tell whether the address lies in a zone of the town's street table."""
    return bool(dossier.values.get("zone"))


def no_duplicate(actor: Actor, dossier: Dossier) -> bool | None:
    """Tell whether neither this person nor this vehicle has a permit or another open case.

    Two applications at the same time wait for each other here, so that not both pass.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_DUPLICATES, tenancy.current_id()]
        )
    rows = Case.objects.filter(
        pk__in=_similar(dossier), service_key=dossier.case.service_key, shredded_at__isnull=True
    )
    return not any(_stands_against(actor, other, dossier) for other in rows)


CHECKS: Final[dict[str, Check]] = {
    "residents_register": residents_register,
    "zone": zone,
    "duplicate": no_duplicate,
}


def _similar(dossier: Dossier) -> set[UUID]:
    """Return dossiers with the same number plate or all the same words of the name."""
    said = _said(dossier.submission)
    words = [search_form(word) for word in dossier.submission.content.name.split()]
    found = submissions.dossiers_found_by("name", words) if words else set()
    plate = _plain_plate(said("plate"))
    if plate:
        found |= submissions.dossiers_found_by("plate", [plate])
    return found - {dossier.case.id}


def _stands_against(actor: Actor, other: Case, dossier: Dossier) -> bool:
    theirs = submissions.submission_for(actor, other.id)
    if not _same(theirs, dossier.submission):
        return False
    if other.state in OPEN_STATES:
        return True
    granted = Decision.objects.filter(dossier=other.id, state="issued").exclude(
        outcome=Outcome.REFUSE
    )
    ends = _day(_said(theirs)("valid_until"))
    begins = _day(_said(dossier.submission)("valid_from"))
    return granted.exists() and (ends is None or begins is None or ends >= begins)


def _same(one: SubmissionView, other: SubmissionView) -> bool:
    """The same plate, or the same person by name and birth date."""
    first, second = _said(one), _said(other)
    plate = _plain_plate(first("plate"))
    if plate and plate == _plain_plate(second("plate")):
        return True
    return first("birth_date") == second("birth_date") and all(
        search_form(first(role)) == search_form(second(role))
        for role in ("family_name", "given_names")
    )


def _said(submission: SubmissionView) -> Callable[[str], str]:
    roles, answers = submission.package.roles, submission.content.answers
    return lambda role: answers.get(roles.get(role, ""), "").strip()


def _plain_plate(plate: str) -> str:
    return "".join(filter(str.isalnum, plate)).upper()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
