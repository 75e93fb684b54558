"""A fingerprint of all migrations: unchanged means that there is nothing to migrate."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import django

PACKAGE = Path(__file__).resolve().parents[2]
_IMPORT = re.compile(r"^(?:from|import) (gemeinwerk[\w.]*)", re.MULTILINE)


def migrations() -> str:
    """Return 16 hex digits over the migrations, the modules they import and Django's version."""
    files = set(PACKAGE.glob("apps/*/migrations/*.py"))
    for file in tuple(files):
        for module in _IMPORT.findall(file.read_text()):
            files |= _sources(module)
    digest = hashlib.sha256(django.__version__.encode())
    for file in sorted(files):
        digest.update(str(file.relative_to(PACKAGE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _sources(module: str) -> set[Path]:
    base = PACKAGE.parent.joinpath(*module.split("."))
    return {path for path in (base.with_suffix(".py"), base / "__init__.py") if path.exists()}
