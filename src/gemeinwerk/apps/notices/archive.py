"""Doors to what is offered to the archive (Anbietung), and the package it is handed (R34)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.cases import queries as cases
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.mailbox import queries as mailbox
from gemeinwerk.apps.notices.models import ArchiveOffer, Decision
from gemeinwerk.core.access import Actor, Right, require, units_with
from gemeinwerk.core.kernel import NotFoundError, crypto

USUAL_MONTHS = 6
USUAL_NORM = "Archivgesetz des Landes und Archivsatzung; von der Kommune zu bestätigen"
PAGE = 100
_KINDS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One case on the list of what was offered; `state` is open, worthy, unworthy or none."""

    id: UUID
    case_id: UUID
    number: str
    title: str
    offered_at: datetime
    answer_until: date
    norm: str
    state: str
    handed_over_at: datetime | None


def offers(actor: Actor) -> list[OfferRow]:
    """Return what of the actor's units waits for the archive, oldest first."""
    units = units_with(actor, Right.SHRED_CASE)
    require(actor, Right.SHRED_CASE, unit_id=next(iter(units), None))
    own = {
        case.id: case
        for case in Case.objects.filter(
            unit_id__in=units, shredded_at__isnull=True, id__in=_all().values("dossier")
        )
    }
    rows = _all().filter(dossier__in=list(own)).order_by("offered_at", "id")[:PAGE]
    return [
        OfferRow(
            id=row.id,
            case_id=row.dossier,
            number=own[row.dossier].number,
            title=own[row.dossier].service_title,
            offered_at=row.offered_at,
            answer_until=row.answer_until,
            norm=row.norm,
            state=row.answer or "open",
            handed_over_at=row.handed_over_at,
        )
        for row in rows
    ]


def offer_for(actor: Actor, offer_id: UUID, *, lock: bool = False) -> tuple[ArchiveOffer, Case]:
    """Return an offer with its case for whoever may end the case; else "not there"."""
    rows = ArchiveOffer.objects.select_for_update() if lock else _all()
    row = rows.filter(pk=offer_id).first()
    if row is None:
        raise NotFoundError
    return row, cases.case_for(actor, row.dossier, right=Right.SHRED_CASE)


def waiting() -> QuerySet[Any]:
    """Return the ids of cases that may not be deleted yet: to be answered or handed over."""
    rows = ArchiveOffer.objects.filter(Q(answer="") | Q(answer="worthy", handed_over_at=None))
    return rows.values("dossier")


def term(legal: Mapping[str, Any]) -> tuple[int, str]:
    """Return the months the archive has to answer, and their norm; `legal.archive` says them."""
    own = legal.get("archive") or {}
    return int(own.get("months") or USUAL_MONTHS), str(own.get("norm") or USUAL_NORM)


def package(actor: Actor, case: Case, *, now: datetime) -> bytes:
    """Return a case as a zip: data as JSON, its files, and a manifest with SHA-256.

    Each file that is opened is recorded as a read. What no scanner has passed stays out and is
    named in the data.
    """
    parts: dict[str, bytes] = {}
    left_out = []
    for number, row in enumerate(documents.files_of(case.id), 1):
        name = f"dateien/{number:03}{_KINDS.get(row.media_type, '.bin')}"
        if row.state != "clean":
            left_out.append({"name": row.name, "state": row.state})
            continue
        opened = documents.open_file(actor, row.id, unit_id=case.unit_id, now=now)
        parts[name] = opened.data
    data = {**_data(actor, case), "files": _files(case), "left_out": left_out}
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    parts = {"akte.json": text.encode(), **parts}
    lines = [f"{crypto.fingerprint(each).hex()}  {name}\n" for name, each in parts.items()]
    parts["manifest-sha256.txt"] = "".join(lines).encode()
    return _zipped(parts, now)


def _all() -> QuerySet[ArchiveOffer]:
    return ArchiveOffer.objects.all()


def _data(actor: Actor, case: Case) -> dict[str, Any]:
    submission = submissions.submission_for(actor, case.id, unit_id=case.unit_id)
    decision = Decision.objects.filter(dossier=case.id, state="issued").first()
    return {
        "format": "gemeinwerk-akte-1",
        "number": case.number,
        "service": {"key": case.service_key, "title": case.service_title},
        "unit": case.unit.name,
        "received_at": case.received_at,
        "decided_at": case.decided_at,
        "outcome": decision.outcome if decision else "",
        "declared": msgspec.to_builtins(submission.content),
        "requests": [msgspec.to_builtins(one) for one in cases.requests(case.id)],
        "notes": [msgspec.to_builtins(one) for one in cases.notes(case)],
        "messages": [
            msgspec.to_builtins(one)
            for one in mailbox.messages(actor, case.id, unit_id=case.unit_id)
        ],
    }


def _files(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "place": f"dateien/{number:03}{_KINDS.get(row.media_type, '.bin')}",
            "name": row.name,
            "media_type": row.media_type,
            "purpose": row.purpose,
            "received_at": row.received_at,
        }
        for number, row in enumerate(documents.files_of(case.id), 1)
    ]


def _zipped(parts: Mapping[str, bytes], now: datetime) -> bytes:
    """Zip with fixed times, so that the same case gives the same bytes on one day."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (now.year, now.month, now.day, 0, 0, 0))
            folder.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
