"""Unpacks .gz files with a limit on what comes out (S34: unpacked size counts)."""

from __future__ import annotations

import zlib

from gemeinwerk.core.schemas.errors import PackedError, TooLargeError

UPLOAD_LIMIT = 10 * 1024 * 1024
COMMAND_LIMIT = 64 * 1024 * 1024

_GZIP = b"\x1f\x8b"
_GZIP_WITH_HEADER = 16 + zlib.MAX_WBITS
_STEP = 1 << 20
_MOST_MEMBERS = 64  # gzip files may be strung together; nobody does so by the thousand


def unpack(data: bytes, limit: int = UPLOAD_LIMIT) -> bytes:
    """Return the content of a .gz file, or `data` itself when it is not packed.

    Never holds more than `limit` bytes of content. Raises `SchemaRefusedError` when there is
    more, or when the file is broken.
    """
    if not data.startswith(_GZIP):
        if len(data) > limit:
            raise TooLargeError(limit)
        return data
    parts: list[bytes] = []
    room, rest = limit, data
    for _ in range(_MOST_MEMBERS):
        rest, room = _member(rest, room, parts)
        if room < 0:
            raise TooLargeError(limit)
        if not rest.strip(b"\0"):
            return b"".join(parts)
    raise PackedError()


def _member(data: bytes, room: int, parts: list[bytes]) -> tuple[bytes, int]:
    """Add the content of the first gzip member to `parts`; return what follows and the room left.

    Goes in small steps and stops as soon as there is no room, before a bomb has unfolded.
    """
    unpacker = zlib.decompressobj(_GZIP_WITH_HEADER)
    while not unpacker.eof and room >= 0:
        try:
            part = unpacker.decompress(data, _STEP)
        except zlib.error:
            raise PackedError() from None
        if not part and not unpacker.eof:
            raise PackedError()
        parts.append(part)
        room -= len(part)
        data = unpacker.unconsumed_tail
    return unpacker.unused_data, room
