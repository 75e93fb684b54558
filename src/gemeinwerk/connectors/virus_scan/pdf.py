"""PDF files: read whole, refused when they could act, hide files or burst (S40)."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

import pikepdf

from gemeinwerk.connectors.virus_scan.verdict import RefusedContentError

MAX_PAGES = 500
MAX_OBJECTS = 100_000
MAX_UNPACKED = 256 * 1024 * 1024
_MAX_DEPTH = 60
_SLICE = 64 * 1024

# Actions that run, fetch, send or open something; plain links (/URI, /GoTo) are allowed.
_ACTIONS = {
    "/JavaScript": "file.javascript",
    "/Launch": "file.launches",
    "/ImportData": "file.launches",
    "/SubmitForm": "file.launches",
    "/GoToE": "file.embeds_files",
    "/GoToR": "file.external_content",
    "/Rendition": "file.active_media",
    "/Movie": "file.active_media",
    "/Sound": "file.active_media",
    "/RichMediaExecute": "file.active_media",
}
_KEYS = {
    "/JS": "file.javascript",
    "/JavaScript": "file.javascript",
    "/XFA": "file.xfa",
    "/EF": "file.embeds_files",
    "/EmbeddedFiles": "file.embeds_files",
}
_TYPES = {
    "/EmbeddedFile": "file.embeds_files",
    "/RichMedia": "file.active_media",
    "/Screen": "file.active_media",
    "/Movie": "file.active_media",
    "/Sound": "file.active_media",
    "/3D": "file.active_media",
    "/FileAttachment": "file.embeds_files",
}


def check(data: bytes) -> None:
    """Raise RefusedContentError with a code unless the file is sound and passive."""
    _check_unpacked_size(data)
    try:
        with pikepdf.open(
            io.BytesIO(data), suppress_warnings=True, attempt_recovery=False
        ) as document:
            if document.is_encrypted:
                raise RefusedContentError("file.encrypted")
            _check_counts(document)
            for found in document.objects:
                _check_object(found, _MAX_DEPTH)
    except pikepdf.PasswordError:
        raise RefusedContentError("file.encrypted") from None
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError, RuntimeError):
        raise RefusedContentError("file.unreadable") from None


def _check_counts(document: pikepdf.Pdf) -> None:
    if len(document.objects) > MAX_OBJECTS:
        raise RefusedContentError("file.unpacks_too_large")
    pages = len(document.pages)
    if pages == 0:
        raise RefusedContentError("file.unreadable")
    if pages > MAX_PAGES:
        raise RefusedContentError("file.too_many_pages")


def _check_object(found: Any, depth: int) -> None:
    """Look at one object and what lies directly in it; indirect ones have their own turn."""
    if depth == 0:
        raise RefusedContentError("file.unreadable")
    if isinstance(found, pikepdf.Stream):
        if "/F" in found.stream_dict:  # the bytes lie in another file
            raise RefusedContentError("file.external_content")
        _check_dictionary(found.stream_dict, depth)
    elif isinstance(found, pikepdf.Dictionary):
        _check_dictionary(found, depth)
    elif isinstance(found, pikepdf.Array):
        for item in found:
            _check_child(item, depth)


def _check_dictionary(found: Any, depth: int) -> None:
    for key in found.keys():  # noqa: SIM118  # iterating pikepdf dictionaries needs keys()
        value = found[key]
        code = _KEYS.get(key)
        if key == "/S" and isinstance(value, pikepdf.Name):
            code = _ACTIONS.get(str(value))
        elif key in ("/Type", "/Subtype") and isinstance(value, pikepdf.Name):
            code = _TYPES.get(str(value))
        if code:
            raise RefusedContentError(code)
        _check_child(value, depth)


def _check_child(value: Any, depth: int) -> None:
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        _check_object(value, depth - 1)


def _check_unpacked_size(data: bytes) -> None:
    """Unpack every deflated stream with a bound, before a reader does it without one."""
    left = MAX_UNPACKED
    for match in re.finditer(rb"stream\r?\n", data):
        if data[match.end() : match.end() + 1] not in (b"\x78", b"\x48", b"\x58", b"\x68"):
            continue
        left -= _unpacked_size(data, match.end(), left)
        if left <= 0:
            raise RefusedContentError("file.unpacks_too_large")


def _unpacked_size(data: bytes, start: int, limit: int) -> int:
    """Return the size of one deflated stream, or of as much of it as reaches the limit."""
    unpacker = zlib.decompressobj()
    size, position = 0, start
    packed = data[position : position + _SLICE]
    while packed and not unpacker.eof and size < limit:
        try:
            size += len(unpacker.decompress(packed, 1024 * 1024))
        except zlib.error:
            break
        packed = unpacker.unconsumed_tail
        if not packed:
            position += _SLICE
            packed = data[position : position + _SLICE]
    return size
