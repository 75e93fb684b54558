"""Doors to files: rows for lists, opened bytes for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gemeinwerk.apps import ports, sealing
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.documents.errors import FileNotCleanError
from gemeinwerk.apps.documents.models import StoredFile
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import DomainError, NotFoundError, crypto


class FileChangedError(DomainError):
    """The stored bytes are not those that were received."""

    code = "file.changed"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as a list shows it; `size` in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    state: str
    received_at: datetime
    purpose: str


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The bytes of a file for one reader."""

    name: str
    media_type: str
    data: bytes


def files_of(subject: UUID) -> list[FileRow]:
    """Return the files of a dossier, oldest first; the caller has checked the right to it."""
    return [_row(file) for file in StoredFile.objects.filter(subject=subject).order_by("id")]


def open_file(
    actor: Actor, file_id: UUID, *, unit_id: UUID | None = None, now: datetime
) -> OpenedFile:
    """Open one file for the actor: the citizen of the dossier, or staff of the unit `unit_id`.

    A read by staff is recorded. Files that are not clean open for their sender only.
    """
    file = StoredFile.objects.filter(pk=file_id).first()
    if file is None:
        raise NotFoundError
    require(actor, Right.READ_CASE, dossier_id=file.subject, unit_id=unit_id)
    if file.state != "clean" and actor.kind != "citizen":
        raise FileNotCleanError
    data = sealing.unseal_bytes(file.subject, f"file/{file.id}", ports.file_store().get(file.blob))
    if not crypto.same(crypto.fingerprint(data), bytes(file.sha256)):
        raise FileChangedError
    if actor.kind == "staff":
        audit.record(
            actor,
            "file.read",
            now=now,
            object_kind="file",
            object_id=str(file.id),
            subject=file.subject,
            right=Right.READ_CASE,
        )
    return OpenedFile(_row(file).name, file.media_type, data)


def purpose_of(file_id: UUID) -> str:
    """Return what a file is for ("notice", "evidence ..."), or raise NotFoundError."""
    found = StoredFile.objects.filter(pk=file_id).values_list("purpose", flat=True).first()
    if found is None:
        raise NotFoundError
    return found


def waiting_for_scan(*, limit: int = 100) -> list[StoredFile]:
    """Return files that no scanner has looked at yet, oldest first, for the job that scans."""
    return list(StoredFile.objects.filter(state="received").order_by("id")[:limit])


def subject_of(file_id: UUID) -> UUID:
    """Return the dossier of a file, or raise NotFoundError."""
    found = StoredFile.objects.filter(pk=file_id).values_list("subject", flat=True).first()
    if found is None:
        raise NotFoundError
    return found


def _row(file: StoredFile) -> FileRow:
    return FileRow(
        id=file.id,
        name=sealing.unseal(file.subject, f"file.name/{file.id}", file.sealed_name),
        media_type=file.media_type,
        size=file.size,
        state=file.state,
        received_at=file.received_at,
        purpose=file.purpose,
    )


def count_unchecked(before: datetime) -> int:
    """Return how many files have waited for their check since before an instant (S41)."""
    return StoredFile.objects.filter(state="received", received_at__lt=before).count()
