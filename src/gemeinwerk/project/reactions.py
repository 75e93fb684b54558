"""Who reacts to what (Reaktionen): the one table from events to handlers.

A handler is named by "room.function"; the worker runs it after the commit of the deed, at least
once, with effects in the database exactly once.
"""

from __future__ import annotations

from gemeinwerk.apps.applications import events as application_events
from gemeinwerk.apps.applications import handlers as applications
from gemeinwerk.apps.cases import events as case_events
from gemeinwerk.apps.cases import handlers as cases
from gemeinwerk.apps.identity import events as identity_events
from gemeinwerk.apps.mailbox import events as mailbox_events
from gemeinwerk.apps.mailbox import handlers as mailbox
from gemeinwerk.apps.notices import events as notice_events
from gemeinwerk.apps.notices import handlers as notices
from gemeinwerk.apps.outbox.events import Event
from gemeinwerk.apps.outbox.worker import Handler

# event -> handlers
REACTIONS: dict[type[Event], tuple[tuple[str, Handler], ...]] = {
    application_events.DraftLinkAsked: (
        ("applications.on_draft_link_asked", applications.on_draft_link_asked),
    ),
    application_events.DraftExpiresSoon: (
        ("applications.on_draft_expires_soon", applications.on_draft_expires_soon),
    ),
    application_events.ApplicationSubmitted: (
        ("cases.on_application_submitted", cases.on_application_submitted),
        ("applications.on_application_submitted", applications.on_application_submitted),
    ),
    application_events.EvidenceAdded: (
        ("cases.on_evidence_added", cases.on_evidence_added),
        ("applications.on_evidence_added", applications.on_evidence_added),
    ),
    application_events.PersonAsked: (
        ("applications.on_person_asked", applications.on_person_asked),
    ),
    application_events.PersonAnswered: (
        ("applications.on_person_answered", applications.on_person_answered),
    ),
    case_events.CaseOpened: (("notices.on_case_opened", notices.on_case_opened),),
    case_events.ApplicantAsked: (("cases.on_applicant_asked", cases.on_applicant_asked),),
    case_events.MessageSent: (("cases.on_message_sent", cases.on_message_sent),),
    notice_events.NoticeIssued: (("notices.on_notice_issued", notices.on_notice_issued),),
    notice_events.DownloadLapsed: (("notices.on_download_lapsed", notices.on_download_lapsed),),
    mailbox_events.MailWritten: (("mailbox.on_mail_written", mailbox.on_mail_written),),
    mailbox_events.MailLeft: (("notices.on_mail_left", notices.on_mail_left),),
    identity_events.StaffLeft: (("cases.on_staff_left", cases.on_staff_left),),
    identity_events.AccessChanged: (("mailbox.on_access_changed", mailbox.on_access_changed),),
}

# jobs that handlers plan for later, by name
PLANNED: dict[str, tuple[type[Event], Handler]] = {
    "cases.remind_of_evidence": (application_events.EvidenceAwaited, cases.remind_of_evidence),
    "cases.remind_applicant": (case_events.ApplicantAsked, cases.remind_applicant),
}


def names_by_event() -> dict[str, tuple[str, ...]]:
    """Return the table as the outbox needs it when an event is announced."""
    return {
        event.__name__: tuple(name for name, _ in handlers) for event, handlers in REACTIONS.items()
    }


def handlers_by_name() -> dict[str, tuple[type[Event], Handler]]:
    """Return the table as the worker needs it."""
    return PLANNED | {
        name: (event, handler)
        for event, handlers in REACTIONS.items()
        for name, handler in handlers
    }
