"""Calendar files, read back by the rules of RFC 5545."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.web.ui.ical import Deadline, calendar_file

NOW = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
UNESCAPED = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


def read(data: bytes) -> list[dict[str, str]]:
    """Return the events of a file as name -> value; every line keeps the rules."""
    assert data.endswith(b"\r\n")
    physical = data.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    lines = data.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    events: list[dict[str, str]] = []
    inside: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1] == "VEVENT":
            assert name not in events[-1]
            events[-1][name] = value
    assert inside == []
    return events


def plain(text: str) -> str:
    found, at = "", 0
    while at < len(text):
        pair = text[at : at + 2]
        found += UNESCAPED.get(pair, text[at])
        at += 2 if pair in UNESCAPED else 1
    return found


def test_a_deadline_is_a_whole_day_with_a_stable_name() -> None:
    one = Deadline(
        "d-1", date(2026, 12, 31), "Unterlagen nachreichen", address="https://a.example/b"
    )
    data = calendar_file([one], host="lindenau.example", now=NOW)
    (event,) = read(data)
    assert event["UID"] == "d-1@lindenau.example"
    assert event["DTSTART;VALUE=DATE"] == "20261231"
    assert event["DTEND;VALUE=DATE"] == "20270101", "the end of a day is the day after"
    assert event["DTSTAMP"] == "20261122T213000Z"
    assert event["URL"] == "https://a.example/b"
    assert b"TRIGGER:-P3D\r\n" in data


def test_no_deadline_is_an_empty_calendar() -> None:
    assert read(calendar_file([], host="lindenau.example", now=NOW)) == []


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]) | st.just("\n")), st.integers(1, 9))
def test_any_text_comes_back_and_no_line_is_too_long(text: str, times: int) -> None:
    text *= times
    one = Deadline("x", date(2026, 12, 1), text, text=text)
    (event,) = read(calendar_file([one], host="h", now=NOW))
    assert plain(event["SUMMARY"]) == text


def test_a_title_cannot_add_lines() -> None:
    one = Deadline("x", date(2026, 12, 1), "A\r\nEND:VEVENT\r\nBEGIN:VEVENT\x00")
    assert len(read(calendar_file([one], host="h", now=NOW))) == 1
