"""Plain values as Germans write them: dates, e-mail addresses."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMAIL_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_EMAIL_LABEL = re.compile(r"(?!-)[0-9A-Za-zÀ-ɏ-]{1,63}(?<!-)")
_EMAIL_LENGTHS = (64, 254)  # local part, whole address (RFC 5321)


def german_date(day: date) -> str:
    """Write a day as in forms and tables: "03.10.2026"."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def read_date(text: str) -> date | None:
    """Read "3.10.2026", "03. 10. 2026" or "2026-10-03"; None when it is no day of the calendar."""
    trimmed = text.strip()
    found = _DAY.fullmatch(trimmed)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(trimmed) if _ISO_DAY.fullmatch(trimmed) else None
    except ValueError:
        return None


def is_email(text: str) -> bool:
    """Say whether `text` is an e-mail address of the usual kind: no quotes, a domain with a dot."""
    local, _, domain = text.rpartition("@")
    longest_local, longest = _EMAIL_LENGTHS
    if len(text) > longest or len(local) > longest_local or not _EMAIL_LOCAL.fullmatch(local):
        return False
    labels = domain.split(".")
    if len(labels) < 2 or not all(_EMAIL_LABEL.fullmatch(label) for label in labels):
        return False
    return len(labels[-1]) > 1 and not labels[-1].isdigit()
