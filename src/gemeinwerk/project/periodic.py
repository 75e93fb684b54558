"""What recurs (Wiederkehrendes): the one table of periodic work, run per town by the worker."""

from __future__ import annotations

from gemeinwerk.apps.applications import handlers as applications
from gemeinwerk.apps.audit import handlers as audit
from gemeinwerk.apps.cases import handlers as cases
from gemeinwerk.apps.documents import handlers as documents
from gemeinwerk.apps.identity import handlers as identity
from gemeinwerk.apps.notices import handlers as notices
from gemeinwerk.apps.outbox.rounds import Round

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

PERIODIC: dict[str, Round] = {
    "audit.link_all": Round(5.0, audit.link_all),
    "audit.prove": Round(10 * MINUTE, audit.prove),
    "audit.export_head": Round(DAY, audit.export_head),
    "cases.reconcile": Round(10 * MINUTE, cases.reconcile),
    "cases.compact_counts": Round(MINUTE, cases.compact_counts),
    "documents.scan_again": Round(5 * MINUTE, documents.scan_again),
    "documents.delete_unclaimed": Round(HOUR, documents.delete_unclaimed),
    "applications.warn_of_expiry": Round(HOUR, applications.warn_of_expiry),
    "applications.expire_drafts": Round(HOUR, applications.expire_drafts),
    "applications.remind_people": Round(HOUR, applications.remind_people),
    "identity.delete_expired": Round(HOUR, identity.delete_expired),
    "notices.lapse_downloads": Round(HOUR, notices.lapse_downloads),
    "notices.dispose_of_due": Round(6 * HOUR, notices.dispose_of_due),
}
