"""What applications keep sealed: drafts, submissions as declared, parts of other people."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gemeinwerk.core.forms import Row, Section
from gemeinwerk.core.packages import APPLICANT, Package, may_read, readable_answers


class DraftContent(msgspec.Struct, omit_defaults=True):
    """What a draft holds, sealed: valid answers and what was typed but is not valid yet."""

    answers: dict[str, str] = {}
    raw: dict[str, dict[str, str]] = {}  # page id -> posted name -> as typed
    email: str = ""  # where the link was sent


class SubmittedRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question and its answer as shown on the check page."""

    path: str
    label: str
    text: str
    given: bool
    missing: bool = False
    page_id: str = ""
    """Where it stands, if that is not the page of its section."""


class SubmittedSection(msgspec.Struct, frozen=True):
    """One page of the check page."""

    page_id: str
    title: str
    rows: tuple[SubmittedRow, ...]


class SubmittedEvidence(msgspec.Struct, frozen=True):
    """What was asked and how it came."""

    key: str
    label: str
    required: bool
    file_ids: tuple[str, ...] = ()
    follows_on: str = ""


class SubmittedPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who else declared a part of it (beteiligte Person): what, when, and after reading what."""

    role: str
    label: str
    name: str
    done_at: str
    declaration: str = ""
    saw: tuple[SubmittedSection, ...] = ()


class FeeLine(msgspec.Struct, frozen=True):
    """One line of the fee as shown before the submission; `amount` in EUR as decimal text."""

    label: str
    amount: str
    norm: str = ""


class SubmissionContent(msgspec.Struct, frozen=True, omit_defaults=True):
    """Exactly what was declared (R02), frozen."""

    answers: dict[str, str]
    sections: tuple[SubmittedSection, ...]
    evidence: tuple[SubmittedEvidence, ...]
    fee: tuple[FeeLine, ...] = ()
    fee_total: str = ""
    title: str = ""
    email: str = ""
    delivery_email: str = ""
    download_consent: bool = False
    name: str = ""
    people: tuple[SubmittedPerson, ...] = ()


class PartContent(msgspec.Struct, omit_defaults=True):
    """What is known of a person who fills in a part, sealed with the dossier."""

    name: str
    email: str
    reason: str = ""  # why she declined, in her words
    declaration: str = ""
    saw: tuple[SubmittedSection, ...] = ()  # what was released to her when she declared
    read: dict[str, str] = {}  # the same as answers, to see whether they changed since


def as_shown(sections: Iterable[Section]) -> tuple[SubmittedSection, ...]:
    """Return rows of the check page as they are kept."""
    return tuple(
        SubmittedSection(
            section.page_id,
            section.title,
            tuple(_row(section, row) for row in section.rows),
        )
        for section in sections
    )


def _row(section: Section, row: Row) -> SubmittedRow:
    elsewhere = row.page_id if row.page_id != section.page_id else ""
    return SubmittedRow(row.path, row.label, row.text, row.given, row.missing, elsewhere)


def for_applicant(package: Package, content: SubmissionContent) -> SubmissionContent:
    """Return what the applicant reads: all of hers, of others only what is released to her."""
    if not package.participants:
        return content
    sections = (_readable(package, section) for section in content.sections)
    return msgspec.structs.replace(
        content,
        answers=readable_answers(package, APPLICANT, content.answers),
        sections=tuple(section for section in sections if section.rows),
        people=tuple(
            msgspec.structs.replace(one, declaration="", saw=()) for one in content.people
        ),
    )


def _readable(package: Package, section: SubmittedSection) -> SubmittedSection:
    rows = (
        r
        for r in section.rows
        if may_read(package, APPLICANT, r.path, r.page_id or section.page_id)
    )
    return msgspec.structs.replace(section, rows=tuple(rows))
