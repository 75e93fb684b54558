"""What was fetched, kept for days without network: files by their content, and an index."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One kept answer: where its bytes are, and what the portal said about its age."""

    sha256: str
    fetched_at: str
    etag: str = ""
    last_modified: str = ""
    media_type: str = ""

    @property
    def when(self) -> datetime:
        """When it was fetched or last confirmed."""
        return datetime.fromisoformat(self.fetched_at)


class Cache:
    """A folder: `objects/ab/ab12…` holds bytes under their SHA-256, `index/` who asked for them.

    Index entries are small files of their own, written whole or not at all, so that two processes
    do not spoil each other's work.
    """

    def __init__(self, folder: Path) -> None:
        self._objects = folder / "objects"
        self._index = folder / "index"

    def find(self, target: str) -> tuple[Entry, bytes] | None:
        """Return what is kept for a request; None when nothing is, or when it is damaged."""
        try:
            known: dict[str, Any] = json.loads(self._entry(target).read_text())
            if known.pop("target") != target:
                return None
            entry = Entry(**known)
            data = self._object(entry.sha256).read_bytes()
            _ = entry.when
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return (entry, data) if hashlib.sha256(data).hexdigest() == entry.sha256 else None

    def keep(self, target: str, data: bytes, entry: Entry) -> Entry:
        """Keep an answer; the same bytes are stored once."""
        path = self._object(entry.sha256)
        if not path.exists():
            _write(path, data)
        document = json.dumps({"target": target, **asdict(entry)}, indent=1)
        _write(self._entry(target), document.encode())
        return entry

    def _object(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():
            raise ValueError(digest)
        return self._objects / digest[:2] / digest

    def _entry(self, target: str) -> Path:
        digest = hashlib.sha256(target.encode()).hexdigest()
        return self._index / digest[:2] / f"{digest}.json"


def digest_of(data: bytes) -> str:
    """Return the name under which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)
