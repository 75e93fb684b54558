"""The mails around an application; each only points to the page (S93)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from gemeinwerk.apps.applications import actions, people, queries
from gemeinwerk.apps.applications.events import (
    ApplicationSubmitted,
    DraftExpiresSoon,
    DraftLinkAsked,
    EvidenceAdded,
    PersonAnswered,
    PersonAsked,
)
from gemeinwerk.apps.mailbox import actions as mailbox
from gemeinwerk.apps.mailbox import links


def on_application_submitted(event: ApplicationSubmitted, now: datetime) -> None:
    """Confirm the receipt by mail (R02)."""
    _tell_applicant(event.dossier_id, "receipt", now)


def on_evidence_added(event: EvidenceAdded, now: datetime) -> None:
    """Confirm that evidence came."""
    _tell_applicant(event.dossier_id, "evidence_received", now)


def on_draft_link_asked(event: DraftLinkAsked, now: datetime) -> None:
    """Send the link to a draft."""
    _tell_drafter(event.dossier_id, "draft_link", now)


def on_draft_expires_soon(event: DraftExpiresSoon, now: datetime) -> None:
    """Tell that a draft will be deleted (R09)."""
    _tell_drafter(event.dossier_id, "draft_expires", now)


def on_person_asked(event: PersonAsked, now: datetime) -> None:
    """Write to another person: her link, never the code that opens it (S10)."""
    row = people.part_row(event.part_id)
    if row is None or event.dossier_id is None or queries.is_submitted(event.dossier_id):
        return
    mailbox.mail(
        subject=event.dossier_id,
        template=f"person_{event.what}",
        recipient=people.content_of(row).email,
        fields={"link": links.of_part(row.id), "day": links.day(row.due_on, row.language)},
        language=row.language,
        now=now,
    )


def on_person_answered(event: PersonAnswered, now: datetime) -> None:
    """Tell the applicant that somebody is done, declines or is late."""
    if event.dossier_id is None:
        return
    contact = people.applicant_contact(event.dossier_id, today=now.date())
    if contact is None or not contact.email:
        return
    mailbox.mail(
        subject=event.dossier_id,
        template=f"person_{event.what}",
        recipient=contact.email,
        fields={"link": links.of_dossier(event.dossier_id)},
        language=contact.language,
        now=now,
    )


def _tell_applicant(dossier_id: UUID | None, template: str, now: datetime) -> None:
    contact = queries.contact_of_submission(dossier_id) if dossier_id else None
    if contact is not None and dossier_id is not None and contact.email:
        mailbox.mail(
            subject=dossier_id,
            template=template,
            recipient=contact.email,
            fields={"link": links.of_dossier(dossier_id)},
            language=contact.language,
            now=now,
        )


def _tell_drafter(dossier_id: UUID | None, template: str, now: datetime) -> None:
    contact = queries.contact_of_draft(dossier_id) if dossier_id else None
    if contact is None or dossier_id is None or not contact.email:
        return
    mailbox.mail(
        subject=dossier_id,
        template=template,
        recipient=contact.email,
        fields={
            "link": links.of_dossier(dossier_id),
            "day": links.day(contact.expires_on, contact.language),
        },
        language=contact.language,
        now=now,
    )


def warn_of_expiry(now: datetime) -> None:
    """Announce drafts that end soon; runs every hour."""
    actions.warn_of_expiry(now=now)


def expire_drafts(now: datetime) -> None:
    """Delete drafts on their day; runs every hour."""
    actions.expire_drafts(now=now)


def remind_people(now: datetime) -> None:
    """Remind people of their parts, and tell applicants who is late; runs every hour."""
    actions.remind_people(now=now)
