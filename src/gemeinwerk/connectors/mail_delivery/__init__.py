"""Mail delivery (E-Mail-Versand): SMTP, or a folder of .eml files for the demo."""

from gemeinwerk.connectors.mail_delivery.delivery import (
    FileMailbox,
    Mail,
    MailFailedError,
    SmtpDelivery,
    from_address,
)

__all__ = ["FileMailbox", "Mail", "MailFailedError", "SmtpDelivery", "from_address"]
