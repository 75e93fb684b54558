"""Packages as stored documents: JSON out and in, and the hash that names a version by content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from gemeinwerk.core.packages.model import Package

Document = dict[str, Any]


def document(package: Package) -> Document:
    """Return the package as plain JSON values (decimals and days as text)."""
    found: Document = msgspec.to_builtins(package)
    return found


def package_from_document(document: Mapping[str, Any]) -> Package:
    """Return the package of a stored document; raise `msgspec.ValidationError` if it is none."""
    return msgspec.convert(document, Package)


def content_hash(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON: keys sorted, no blanks, UTF-8."""
    canonical = msgspec.json.encode(document, order="sorted")
    return hashlib.sha256(canonical).hexdigest()
