"""Files that are on the disk when the call returns."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import BinaryIO


def open_lock(path: Path) -> BinaryIO:
    """Open a lock file, which this account only may read; make it if need be."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600), "wb")


def create(path: Path, data: bytes) -> None:
    """Write a new file, readable by this account only; `FileExistsError` if it is there."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(number, data)
        os.fsync(number)
    finally:
        os.close(number)
    sync_folder(path.parent)


def replace(path: Path, data: bytes) -> None:
    """Write a file as a whole: after a crash it holds the old or the new bytes."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    create(half, data)
    half.replace(path)
    sync_folder(path.parent)


def destroy(path: Path) -> None:
    """Overwrite a file in place and remove it; a missing file is well destroyed.

    On flash and copy-on-write disks old blocks may outlive the overwriting; what they hold is
    still wrapped by the town's key.
    """
    try:
        number = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return
    try:
        os.write(number, secrets.token_bytes(os.fstat(number).st_size))
        os.fsync(number)
    finally:
        os.close(number)
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Sync the names in a folder."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
