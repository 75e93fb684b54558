"""Deadlines as a calendar file (RFC 5545): whole days, each with a reminder.

Written here and not by a library: one kind of entry with seven lines needs none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gemeinwerk.web.ui import language

MEDIA_TYPE = "text/calendar; charset=utf-8"
REMIND_DAYS = 3
_MOST = 75  # octets of a line without its end; longer ones are folded
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True, slots=True)
class Deadline:
    """One last day (Frist). `key` stays the same, so that a second import changes the entry."""

    key: str
    day: date
    title: str
    text: str = ""
    address: str = ""


def calendar_file(deadlines: Iterable[Deadline], *, host: str, now: datetime) -> bytes:
    """Return the file; calendars show the days and remind three days before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gemeinwerk//Fristen//" + language.current().upper(),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for one in deadlines for line in _event(one, host, now)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(one: Deadline, host: str, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.key}@{host}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{_text(one.title)}"
    if one.text:
        yield f"DESCRIPTION:{_text(one.text)}"
    if one.address:
        yield f"URL:{one.address}"
    # A deadline does not make her busy.
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{REMIND_DAYS}D")
    yield f"DESCRIPTION:{_text(one.title)}"
    yield from ("END:VALARM", "END:VEVENT")


def _text(value: str) -> str:
    """Escape a text; control characters have no place in a line."""
    clean = "".join(sign for sign in value if (sign >= " " and sign != "\x7f") or sign == "\n")
    return clean.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """Return a line with its end, folded between characters, never inside one."""
    parts, room = [b""], _MOST
    for sign in line:
        octets = sign.encode()
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
            room = _MOST - 1  # the space that marks a folded line counts
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"
