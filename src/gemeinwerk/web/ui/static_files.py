"""Stylesheets, scripts and fonts: served from memory under an address that names their content.

All files share one digest, so that a stylesheet may name its fonts by relative address and
every address can be kept forever by browsers.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

FOLDER = Path(__file__).parent / "static"

LONGEST_NAME = 200  # a longer one makes the file system complain

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


class StaticFile(NamedTuple):
    """One file: its bytes, the same compressed (None where that does not help), its kind."""

    content: bytes
    compressed: bytes | None
    kind: str


@cache
def digest() -> str:
    """Return the digest over all files; it changes with any of them."""
    sum_of_all = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in _KINDS:
            sum_of_all.update(path.relative_to(FOLDER).as_posix().encode())
            sum_of_all.update(hashlib.sha256(path.read_bytes()).digest())
    return sum_of_all.hexdigest()[:12]


@cache
def static(name: str) -> str:
    """Return the address of a file of the static folder; a wrong name is an error at once."""
    if _file(name) is None:
        raise FileNotFoundError(f"no static file {name!r}; run scripts/frontend")
    return f"/static/{digest()}/{name}"


@require_safe
def serve(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """Answer `/static/<version>/<path:name>`; an old version gets today's file, not kept."""
    found = _file(name)
    if found is None:
        raise Http404
    packed = found.compressed
    zipped = packed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(packed if zipped else found.content, content_type=found.kind)
    if zipped:
        answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding"
    current = version == digest()
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return answer


def _file(name: str) -> StaticFile | None:
    if len(name) > LONGEST_NAME:
        return None
    path = (FOLDER / name).resolve()
    if not path.is_relative_to(FOLDER.resolve()) or path.suffix not in _KINDS:
        return None
    return _loaded(path) if path.is_file() else None


@cache
def _loaded(path: Path) -> StaticFile:
    content = path.read_bytes()
    worth_it = path.suffix not in {".woff2", ".png"}
    packed = gzip.compress(content, 9, mtime=0) if worth_it else None
    return StaticFile(content, packed, _KINDS[path.suffix])
