"""Reads the shipped content (Inhalte): shared blocks and service packages as files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gemeinwerk.core.kernel import Fault, FaultsError
from gemeinwerk.core.packages import Package, load_package

MOST_FILES = 500
LARGEST_FILE = 4_000_000  # bytes; what is larger than a package allows is refused by `core`
DEMO_TEMPLATES = Path(__file__).parent / "demo" / "templates"


def folder() -> Path:
    """Return the folder `content/`: beside the sources, or named by GEMEINWERK_CONTENT."""
    named = os.environ.get("GEMEINWERK_CONTENT")
    return Path(named) if named else Path(__file__).resolve().parents[3] / "content"


@cache
def blocks() -> dict[str, bytes]:
    """Return the shared blocks by "blocks/<name>.toml"."""
    return {
        f"blocks/{path.name}": path.read_bytes() for path in (folder() / "blocks").glob("*.toml")
    }


def shipped_packages() -> Iterator[Package]:
    """Load every package of the folder; a faulty one raises FaultsError with all its faults."""
    for place in sorted((folder() / "packages").iterdir()):
        if place.is_dir():
            yield package_in(place)


def package_in(place: Path) -> Package:
    """Load the package of a folder with the shared blocks; FaultsError with all its faults."""
    return load_package({**blocks(), **_files(place)})


def _files(place: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in (path for path in place.rglob("*") if path.is_file()):
        if len(found) == MOST_FILES:
            # A folder that is no package may hold anything: it is not read to its end.
            raise FaultsError([Fault(place.name, "package.too_many_files", {"limit": MOST_FILES})])
        with path.open("rb") as source:
            found[path.relative_to(place).as_posix()] = source.read(LARGEST_FILE)
    return dict(sorted(found.items()))
