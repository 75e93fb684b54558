"""Security events (Sicherheitsereignisse): the one list of names and the one way to log them (S81).

`docs/security-events.md` explains each event and when an operator should be woken; a test keeps
both lists equal. Facts are ids, counts and words of our own, never what a person typed.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from enum import StrEnum

log = logging.getLogger("gemeinwerk.security")

trace: ContextVar[str] = ContextVar("trace", default="")
"""The id of the request in whose course something is logged."""


class SecurityEvent(StrEnum):
    """Stable names; alarm rules of operators hang on them."""

    SIGNED_IN = "security.signed_in"
    SIGNED_OUT = "security.signed_out"
    SIGN_IN_REFUSED = "security.sign_in_refused"
    ACCESS_CODE_ACCEPTED = "security.access_code_accepted"
    ACCESS_CODE_REFUSED = "security.access_code_refused"
    LIMIT_REACHED = "security.limit_reached"
    REFUSED = "security.refused"
    CSRF_REFUSED = "security.csrf_refused"
    REQUEST_REFUSED = "security.request_refused"
    FILE_REFUSED = "security.file_refused"
    RIGHTS_CHANGED = "security.rights_changed"
    ACCESS_CHANGED = "security.access_changed"
    EXPORTED = "security.exported"
    KEY_USED = "security.key_used"


_QUIET = frozenset(
    {
        SecurityEvent.SIGNED_IN,
        SecurityEvent.SIGNED_OUT,
        SecurityEvent.ACCESS_CODE_ACCEPTED,
    }
)


def note(event: SecurityEvent, **facts: str | int) -> None:
    """Log a security event; refusals and changes are warnings, the everyday ones are not."""
    level = logging.INFO if event in _QUIET else logging.WARNING
    log.log(level, event.value, extra=facts)
