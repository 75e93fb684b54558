"""What the mailbox does when something happens: hand mails over, tell staff of their access."""

from __future__ import annotations

from datetime import datetime

from gemeinwerk.apps.identity.events import AccessChanged
from gemeinwerk.apps.mailbox import actions, links
from gemeinwerk.apps.mailbox.events import MailWritten
from gemeinwerk.apps.municipalities import queries as municipalities

WHAT = {
    "password": "das Passwort",
    "totp": "der zweite Faktor (Code-App)",
    "passkey_added": "ein Passkey kam dazu",
    "passkey_removed": "ein Passkey wurde entfernt",
    "enrolled": "der Zugang wurde eingerichtet",
    "recovery_asked": "ein neuer zweiter Faktor wurde beantragt",
    "recovery_released": "ein neuer zweiter Faktor wurde freigegeben",
    "access_reset": "der Zugang wurde zurückgesetzt",
}


def on_mail_written(event: MailWritten, now: datetime) -> None:
    """Hand the mail over; a neighbour that is down makes the job wait and try again (S64)."""
    actions.deliver(event.mail_id, now=now)


def on_access_changed(event: AccessChanged, now: datetime) -> None:
    """Tell a member of staff that her way to sign in was changed (S25)."""
    address = municipalities.staff_email(event.staff_id)
    if address:
        actions.mail(
            subject=None,
            template="staff_access_changed",
            recipient=address,
            fields={"what": WHAT.get(event.what, event.what), "link": f"{links.of_town()}/amt/"},
            now=now,
        )
