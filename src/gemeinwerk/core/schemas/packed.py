"""Unpacks .gz files with a limit on what comes out (S34: unpacked size counts)."""

from __future__ import annotations

import zlib

from gemeinwerk.core.schemas.errors import PackedError, TooLargeError

UPLOAD_LIMIT = 10 * 1024 * 1024
COMMAND_LIMIT = 64 * 1024 * 1024

_GZIP = b"\x1f\x8b"
_GZIP_WITH_HEADER = 16 + zlib.MAX_WBITS
_MOST_MEMBERS = 64  # gzip files may be strung together; nobody does so by the thousand


def unpack(data: bytes, limit: int = UPLOAD_LIMIT) -> bytes:
    """Return the content of a .gz file, or `data` itself when it is not packed.

    Never holds more than `limit` bytes of content. Raises `SchemaRefusedError` when there is
    more, or when the file is broken.
    """
    if not data.startswith(_GZIP):
        if len(data) > limit:
            raise TooLargeError(limit=limit)
        return data
    parts: list[bytes] = []
    room, rest = limit, data
    for _ in range(_MOST_MEMBERS):
        part, rest = _member(rest, room + 1)
        room -= len(part)
        if room < 0:
            raise TooLargeError(limit=limit)
        parts.append(part)
        if not rest.strip(b"\0"):
            return b"".join(parts)
    raise PackedError()


def _member(data: bytes, most: int) -> tuple[bytes, bytes]:
    """Return the content of the first gzip member, at most `most` bytes, and what follows it."""
    unpacker = zlib.decompressobj(_GZIP_WITH_HEADER)
    try:
        content = unpacker.decompress(data, most)
    except zlib.error:
        raise PackedError() from None
    if not unpacker.eof and len(content) < most:
        raise PackedError()
    return content, unpacker.unused_data
