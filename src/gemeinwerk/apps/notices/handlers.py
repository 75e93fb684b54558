"""What notices do when something happens: decide by machine, tell the person, keep the days."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.cases.events import CaseOpened
from gemeinwerk.apps.mailbox import actions as mailbox
from gemeinwerk.apps.mailbox import links
from gemeinwerk.apps.mailbox.events import MailLeft
from gemeinwerk.apps.notices import actions, queries
from gemeinwerk.apps.notices.events import DownloadLapsed, NoticeIssued
from gemeinwerk.apps.notices.models import Delivery

ALERT = "notice_ready"
TAX_ALERT = "notice_ready_tax"  # another law counts its days (§ 122a AO)


def on_case_opened(event: CaseOpened, now: datetime) -> None:
    """Decide at once what a machine may decide (R15)."""
    if event.dossier_id is not None:
        actions.decide_automatically(event.dossier_id, now=now)


def on_notice_issued(event: NoticeIssued, now: datetime) -> None:
    """Alert the person the same day (R20), or tell that a letter comes."""
    download = Delivery.objects.filter(decision_id=event.decision_id, way="download").first()
    if download is not None:
        alert = TAX_ALERT if queries.under_tax_law(event.dossier_id) else ALERT
        _mail(event.dossier_id, alert, now, day=download.lapses_on)
    else:
        _mail(event.dossier_id, "notice_by_post", now)


def on_mail_left(event: MailLeft, now: datetime) -> None:
    """Count the ten days from the departure of the alert (R20)."""
    if event.template in (ALERT, TAX_ALERT) and event.dossier_id is not None:
        actions.begin_download_period(dossier_id=event.dossier_id, now=now)


def on_download_lapsed(event: DownloadLapsed, now: datetime) -> None:
    """Tell that the notice comes by post now."""
    _mail(event.dossier_id, "notice_lapsed", now)


def lapse_downloads(now: datetime) -> None:
    """Withdraw downloads nobody fetched; runs every hour."""
    actions.lapse_downloads(now=now)


def dispose_of_due(now: datetime) -> None:
    """Delete what has passed its retention period; runs daily."""
    actions.dispose_of_due(now=now)


def _mail(dossier_id: UUID | None, template: str, now: datetime, day: date | None = None) -> None:
    contact = applications.contact_of_submission(dossier_id) if dossier_id else None
    if contact is None or dossier_id is None:
        return
    recipient = contact.delivery_email or contact.email
    if recipient:
        mailbox.mail(
            subject=dossier_id,
            template=template,
            recipient=recipient,
            fields={
                "link": links.of_dossier(dossier_id),
                "day": links.day(day, contact.language),
            },
            language=contact.language,
            now=now,
        )
