"""Files of one folder on the local disk; the caller seals the bytes and invents the names."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from gemeinwerk.core.kernel import DomainError

# Names are random; nothing else may ever become a path.
_NAME = re.compile(r"[0-9a-f]{16,64}")


class BlobMissingError(DomainError):
    """The bytes that a row names are not in the store."""

    code = "file.missing"


class FileStore:
    """Write-once blobs in `<folder>/<xx>/<name>`; xx are the first two digits of the name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, name: str, data: bytes) -> None:
        """Write bytes under a new name; synced when this returns. A name is used only once."""
        path = self._path(name)
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(self._folder)
        half = path.with_name(f".{name}.{secrets.token_hex(4)}")
        number = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(number)
            path.hardlink_to(half)  # unlike a rename it refuses a name that is taken
        finally:
            half.unlink(missing_ok=True)
        _sync_folder(path.parent)

    def get(self, name: str) -> bytes:
        """Return the bytes; BlobMissingError when there are none."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise BlobMissingError(name=name) from None

    def delete(self, name: str) -> None:
        """Remove the bytes; a missing name is no error, because a delete may be repeated."""
        path = self._path(name)
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
            _sync_folder(path.parent)

    def names(self) -> Iterator[str]:
        """Yield all names, for backup and the scan for orphans."""
        for path in sorted(self._folder.glob("??/*")):
            if _NAME.fullmatch(path.name):
                yield path.name

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a name of this store: {name!r}")
        return self._folder / name[:2] / name


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
