"""A folder `<town>/<day>.json`; operators copy it to a place the server cannot write to."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


class HeadFolder:
    """Writes each day once: the first head of a day stays, a later one cannot replace it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, town_key: str, day: str, content: bytes) -> None:
        """Write the head of a day and sync it; harmless when the day is there."""
        folder = self._folder / town_key
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = folder / f".{day}.half"
        half.write_bytes(content)
        with half.open("rb") as file:
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            (folder / f"{day}.json").hardlink_to(half)
        half.unlink()

    def all(self, town_key: str) -> list[bytes]:
        """Return the heads of a town, oldest first."""
        return [path.read_bytes() for path in sorted((self._folder / town_key).glob("*.json"))]
