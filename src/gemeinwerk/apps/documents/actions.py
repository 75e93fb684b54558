"""Verbs of files: receive from a person, store what we made, scan, delete."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from pathlib import PurePath
from uuid import UUID

from django.db.models import Sum

from gemeinwerk.apps import ports, sealing
from gemeinwerk.apps.documents.errors import FileRefusedError, QuotaError
from gemeinwerk.apps.documents.models import StoredFile
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.core.kernel import crypto, new_id

QUOTA_PER_DOSSIER = 100 * 1024 * 1024  # bytes
UNCLAIMED_LIFE = timedelta(days=2)


def receive(
    *,
    subject: UUID,
    purpose: str,
    name: str,
    data: bytes,
    accepts: tuple[str, ...],
    max_size: int,
    now: datetime,
) -> StoredFile:
    """Take an upload: check it at once (R11), seal it, write it, then name it in a row.

    Raises FileRefusedError with the reason when it is empty, too large, of another kind or
    holds active content. When the scanner cannot answer, the file is kept as "received" and
    scanned again later; until then only its sender sees it (S41).
    """
    _check_size(subject, data, max_size)
    verdict = ports.scanner().scan(data, accepts)
    if verdict.result == "refused":
        note(SecurityEvent.FILE_REFUSED, code=verdict.code)
        raise FileRefusedError(verdict.code, accepts)
    state = "clean" if verdict.result == "clean" else "received"
    return _store(
        subject=subject,
        purpose=purpose,
        name=name,
        data=data,
        media_type=verdict.media_type or "application/octet-stream",
        state=state,
        now=now,
    )


def store_generated(
    *, subject: UUID, purpose: str, name: str, data: bytes, media_type: str, now: datetime
) -> StoredFile:
    """Store a file that we made ourselves (notice, copy); it needs no scan."""
    file = _store(
        subject=subject,
        purpose=purpose,
        name=name,
        data=data,
        media_type=media_type,
        state="clean",
        now=now,
    )
    claim(file, now=now)
    return file


def claim(file: StoredFile, *, now: datetime) -> None:
    """Note that something refers to the file; unclaimed ones are deleted (S43)."""
    file.claimed_at = now
    file.save(update_fields=["claimed_at"])


def scan_again(file: StoredFile, *, accepts: tuple[str, ...], now: datetime) -> None:
    """Scan a file whose scanner could not answer before."""
    place = f"file/{file.id}"
    data = sealing.unseal_bytes(file.subject, place, ports.file_store().get(file.blob))
    verdict = ports.scanner().scan(data, accepts)
    if verdict.result == "unavailable":
        return
    file.state, file.refusal, file.scanned_at = verdict.result, verdict.code, now
    file.save(update_fields=["state", "refusal", "scanned_at"])


def delete(file: StoredFile) -> None:
    """Remove a file: the row now, the bytes with it (a lost delete leaves an orphan, not a gap)."""
    ports.file_store().delete(file.blob)
    file.delete()


def delete_all(subject: UUID) -> None:
    """Remove every file of a dossier."""
    for file in StoredFile.objects.filter(subject=subject):
        delete(file)


def delete_unclaimed(*, now: datetime) -> int:
    """Delete uploads that nothing refers to after two days; returns how many."""
    old = StoredFile.objects.filter(claimed_at__isnull=True, received_at__lt=now - UNCLAIMED_LIFE)
    count = 0
    for file in old:
        delete(file)
        count += 1
    return count


def _check_size(subject: UUID, data: bytes, max_size: int) -> None:
    if not data:
        raise FileRefusedError("file.empty")
    if len(data) > max_size:
        raise FileRefusedError("file.too_large")
    stored = StoredFile.objects.filter(subject=subject).aggregate(sum=Sum("size"))["sum"] or 0
    if stored + len(data) > QUOTA_PER_DOSSIER:
        raise QuotaError(limit=QUOTA_PER_DOSSIER // (1024 * 1024))


def _store(
    *,
    subject: UUID,
    purpose: str,
    name: str,
    data: bytes,
    media_type: str,
    state: str,
    now: datetime,
) -> StoredFile:
    file_id, blob = new_id(), secrets.token_hex(20)
    sealed = sealing.seal_bytes(subject, f"file/{file_id}", data)
    # Written and synced before the row that names it (S62).
    ports.file_store().put(blob, sealed)
    return StoredFile.objects.create(
        id=file_id,
        subject=subject,
        purpose=purpose,
        state=state,
        sealed_name=sealing.seal(subject, f"file.name/{file_id}", safe_name(name)),
        media_type=media_type,
        size=len(data),
        sha256=crypto.fingerprint(data),
        blob=blob,
        received_at=now,
        scanned_at=now if state == "clean" else None,
    )


def safe_name(name: str) -> str:
    """Return the given name without folders and control characters, at most 120 characters."""
    last = PurePath(name.replace("\\", "/")).name
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"/|?*')
    return kept.strip(" .")[-120:] or "datei"
