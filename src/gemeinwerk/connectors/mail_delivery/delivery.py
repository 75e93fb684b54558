"""Delivers one plain-text mail; a repeated delivery carries the same Message-ID (S62, S93)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import smtplib
import ssl
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, localtime
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from gemeinwerk.core.kernel import DomainError

TIMEOUT = 10.0  # seconds, S64


class MailFailedError(DomainError):
    """The mail was not taken; `temporary` (1 or 0) says whether a later try may help."""

    code = "mail.failed"


class Mail(Protocol):
    """E-Mail: what is to be delivered; the shape that the apps hand over."""

    @property
    def message_id(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def sender_name(self) -> str: ...
    @property
    def recipient(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...


class SmtpDelivery:
    """Hands mails to an SMTP server. `security` is "tls" (465), "starttls" or "none"."""

    def __init__(
        self, host: str, port: int, *, user: str = "", password: str = "", security: str = "tls"
    ) -> None:
        self._host, self._port = host, port
        self._user, self._password = user, password
        self._security = security

    def deliver(self, mail: Mail) -> None:
        """Deliver, or raise MailFailedError within about ten seconds per step."""
        message = compose(mail)
        try:
            with self._connect() as server:
                if self._user:
                    server.login(self._user, self._password)
                server.send_message(message, from_addr=mail.sender, to_addrs=[mail.recipient])
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(reply[0] for reply in refused.recipients.values())
            raise MailFailedError(temporary=int(code < 500), reply=code) from refused
        except smtplib.SMTPResponseException as refused:
            code = refused.smtp_code
            raise MailFailedError(temporary=int(code < 500), reply=code) from refused
        except smtplib.SMTPNotSupportedError as failure:
            raise MailFailedError(temporary=0, reply=0) from failure
        except (OSError, smtplib.SMTPException) as failure:
            raise MailFailedError(temporary=1, reply=0) from failure

    def _connect(self) -> smtplib.SMTP:
        if self._security == "tls":
            context = _tls()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT, context=context)
        server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
        if self._security == "starttls":
            try:
                server.starttls(context=_tls())
            except BaseException:
                server.close()
                raise
        return server


class FileMailbox:
    """Writes each mail to `<folder>/<hash of its id>.eml`; a repeated one replaces itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def deliver(self, mail: Mail) -> None:
        """Write the mail as a whole file."""
        name = hashlib.sha256(mail.message_id.encode()).hexdigest()[:24]
        half = self._folder / f".{name}.{secrets.token_hex(4)}"
        number = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(compose(mail).as_bytes())
            half.replace(self._folder / f"{name}.eml")
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                half.unlink()
            raise


def from_address(url: str, folder: Path) -> SmtpDelivery | FileMailbox:
    """Return the delivery that a setting names; "" is the file mailbox in `folder`.

    `smtps://user:password@host:465`, `smtp://host:587` (with STARTTLS) or
    `smtp://localhost:25?security=none` for a server on this machine only.
    """
    if not url:
        return FileMailbox(folder)
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("GEMEINWERK_MAIL_URL must begin with smtp:// or smtps:// and name a host")
    usual = "tls" if parts.scheme == "smtps" else "starttls"
    security = parse_qs(parts.query).get("security", [usual])[0]
    if security not in ("tls", "starttls", "none"):
        raise ValueError("GEMEINWERK_MAIL_URL: security is tls, starttls or none")
    return SmtpDelivery(
        parts.hostname,
        parts.port or (465 if security == "tls" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
    )


def compose(mail: Mail) -> EmailMessage:
    """Return the message; a line end in a header value is refused, not repaired (S31)."""
    message = EmailMessage(policy=SMTP_POLICY)
    for value in (mail.subject, mail.sender_name, mail.sender, mail.recipient, mail.message_id):
        if any(sign in value for sign in "\r\n\0"):
            raise MailFailedError(temporary=0, reply=0)
    try:
        message["From"] = Address(mail.sender_name, addr_spec=mail.sender)
        message["To"] = Address(addr_spec=mail.recipient)
    except (ValueError, IndexError, MessageError) as wrong:
        raise MailFailedError(temporary=0, reply=0) from wrong
    message["Subject"] = mail.subject
    bare = mail.message_id.strip("<>")
    host = mail.sender.rpartition("@")[2]
    message["Message-ID"] = f"<{bare}>" if "@" in bare else f"<{bare}@{host}>"
    message["Date"] = format_datetime(localtime())
    # No automatic answers, please (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
