"""Gathers what a notice is made from (Sachverhalt): answers, fee, legal data of the town.

`Municipality.legal` holds for this: "authority" (name of the authority as the remedy notice says
it), "court" {"name", "street", "postal_code", "city"}, "remedy" (what the town has confirmed:
"objection", "court_action" or "choice") and "bank" {"iban"}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.applications.queries import SubmissionView
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.municipalities.models import Municipality
from gemeinwerk.apps.notices.content import Content
from gemeinwerk.core import packages
from gemeinwerk.core.access import Actor
from gemeinwerk.core.calendars import Calendar, Period, add_period
from gemeinwerk.core.decisions import (
    Addressee,
    AuthorityBlock,
    FeeLine,
    NoticeDraft,
    NoticeFacts,
    Outcome,
    Remedy,
    RemedyIncompleteError,
    RemedyNotice,
    RemedyPlace,
    compose,
    remedy_notice,
)
from gemeinwerk.core.fees import FeeStatement
from gemeinwerk.core.packages import Package, Values

BERLIN = ZoneInfo("Europe/Berlin")
DAYS_TO_PAY = 28
_PLACE = ("name", "street", "postal_code", "city")
NO_FEE = "Für diese Entscheidung erheben wir keine Gebühr."


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with all that its decision rests on."""

    case: Case
    submission: SubmissionView
    town: Municipality
    values: Values

    @property
    def package(self) -> Package:
        return self.submission.package

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.town.state)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for the notice, and whether a machine has decided (R15)."""

    name: str
    role: str
    by_machine: bool = False


def dossier_of(actor: Actor, case: Case) -> Dossier:
    """Open all that the decision of a case rests on; values are those of the day of receipt."""
    submission = submissions.submission_for(actor, case.id, unit_id=case.unit_id)
    received_on = submission.submitted_at.astimezone(BERLIN).date()
    plain = catalogue.parameters_of(submission.package, on=received_on)
    values = packages.calculate(
        submission.package, submission.content.answers, plain, today=received_on
    )
    return Dossier(case, submission, municipalities.town_by_id(tenancy.current_id()), values)


def composed(
    dossier: Dossier, outcome: Outcome, content: Content, signature: Signature, *, today: date
) -> NoticeDraft:
    """Return the notice as it reads today."""
    facts = facts_of(dossier, outcome, content, signature, today=today)
    draft = compose(dossier.package.notice, outcome, facts, edits=content.edits)
    known = content.fee is not None or statement(dossier, outcome) is not None
    if known and not draft.fee_lines and not draft.fee_note:
        return replace(draft, fee_note=NO_FEE)
    return draft


def facts_of(
    dossier: Dossier, outcome: Outcome, content: Content, signature: Signature, *, today: date
) -> NoticeFacts:
    """Return the facts of a notice."""
    package, town = dossier.package, dossier.town
    lines = fee_lines(dossier, outcome, content, today=today)
    return NoticeFacts(
        authority=authority(dossier),
        addressee=Addressee(content.addressee or address_lines(dossier)),
        written_on=today,
        case_number=dossier.case.number,
        texts=packages.notice_texts(package, dossier.values),
        values={**dossier.values, "decided_by_machine": signature.by_machine},
        fee_lines=lines,
        fee_note=_how_to_pay(town, dossier.case.number) if any(one.amount for one in lines) else "",
        remedy=_remedy(dossier),
        closing_name=signature.name,
        closing_role=signature.role,
    )


def statement(dossier: Dossier, outcome: Outcome) -> FeeStatement | None:
    """Return what the tariff of the town says for this outcome, None when it says nothing."""
    return packages.fee_of_values(dossier.package, dossier.values, outcome)


def fee_lines(
    dossier: Dossier, outcome: Outcome, content: Content, *, today: date
) -> tuple[FeeLine, ...]:
    """Return the fee of the notice: what a person set, else the tariff of the day of receipt."""
    due = None
    if dossier.package.decision_kind != "tax_assessment":
        due = add_period(today, Period(DAYS_TO_PAY), calendar=dossier.calendar).date
    if content.fee is not None:
        return tuple(FeeLine(one.label, one.amount, one.norm, due) for one in content.fee)
    stated = statement(dossier, outcome)
    if stated is None:
        return ()
    return tuple(FeeLine(one.label, one.amount, one.norm, due) for one in stated.lines)


def address_lines(dossier: Dossier) -> tuple[str, ...]:
    """Return the addressee as on an envelope, from the roles of the form."""
    found = {
        role: dossier.submission.content.answers.get(path, "")
        for role, path in dossier.package.roles.items()
    }

    def line(*roles: str) -> str:
        return " ".join(text for role in roles if (text := found.get(role, "").strip()))

    lines = (
        line("given_names", "family_name"),
        line("address_extra"),
        line("street", "house_number"),
        line("postal_code", "town"),
    )
    return tuple(text for text in lines if text) if lines[0] else ()


def town_name(town: Municipality) -> str:
    """Return "Stadt Lindenau"; a name that says its kind stays as it is."""
    return town.name if town.name.startswith(town.kind) else f"{town.kind} {town.name}"


def authority(dossier: Dossier) -> AuthorityBlock:
    """Return the deciding authority."""
    town, unit = dossier.town, dossier.case.unit
    contact: Mapping[str, Any] = town.contact
    return AuthorityBlock(
        name=town_name(town),
        unit=unit.name,
        street=str(contact.get("street", "")),
        postal_code=str(contact.get("postal_code", "")),
        city=str(contact.get("city", "")) or town.name,
        telephone=unit.phone or str(contact.get("phone", "")),
        email=unit.email or str(contact.get("email", "")),
        website=str(contact.get("website", "")),
    )


def _remedy(dossier: Dossier) -> RemedyNotice | None:
    town, own = dossier.town, authority(dossier)
    court: Mapping[str, str] = town.legal.get("court") or {}
    confirmed = town.legal.get("remedy")
    try:
        return remedy_notice(
            town.state,
            authority=RemedyPlace(
                str(town.legal.get("authority") or own.name), own.street, own.postal_code, own.city
            ),
            court=RemedyPlace(*(court.get(part, "") for part in _PLACE)),
            matter=dossier.package.notice.matter,
            confirmed=Remedy(confirmed) if confirmed else None,
        )
    except RemedyIncompleteError:
        # Issuing is blocked until the town has named its court (R16, R17).
        return None


def _how_to_pay(town: Municipality, number: str) -> str:
    bank: Mapping[str, Any] = town.legal.get("bank") or {}
    account = f" auf unser Konto {bank['iban']}" if bank.get("iban") else ""
    return f"Überweisen Sie den Betrag{account} mit dem Verwendungszweck {number}."
