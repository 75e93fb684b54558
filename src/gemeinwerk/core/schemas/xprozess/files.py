"""Files inside a process: Base64 of ZIP files, unpacked with limits on what comes out."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
import zlib
from dataclasses import dataclass, replace

from gemeinwerk.core.schemas.errors import SchemaRefusedError, TooLargeError
from gemeinwerk.core.schemas.packed import UPLOAD_LIMIT
from gemeinwerk.core.schemas.text import shown
from gemeinwerk.core.schemas.xprozess.model import Prozess
from gemeinwerk.core.schemas.xprozess.parts import Datei

_ZIP = b"PK\x03\x04"
_MOST_FILES = 32
_LONGEST_NAME = 200
_STEP = 1 << 16
_ENCRYPTED = 0x1
_DAY = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes


class InnerFileError(SchemaRefusedError):
    """A file inside a process that is broken or hostile; params: name, why."""

    code = "schema.inner_file"


@dataclass(frozen=True, slots=True)
class InnerFile:
    """A file from inside (eingebettete Datei): its own name, never a path."""

    name: str
    data: bytes


def inner_files(outer: Datei, *, limit: int = UPLOAD_LIMIT) -> tuple[InnerFile, ...]:
    """Return the files in a Datei, at most `limit` bytes in all; raise SchemaRefusedError."""
    label = shown(outer.dateiname)
    try:
        raw = base64.b64decode("".join((outer.inhalt or "").split()), validate=True)
    except (binascii.Error, ValueError):
        raise InnerFileError(line=0, name=label, why="Base64") from None
    if not raw.startswith(_ZIP):
        if len(raw) > limit:
            raise TooLargeError(limit)
        return (InnerFile(_safe_name(outer.dateiname, label), raw),) if raw else ()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return _unpacked(packed, label, limit)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise InnerFileError(line=0, name=label, why=type(error).__name__) from None
    except zlib.error:
        raise InnerFileError(line=0, name=label, why="deflate") from None


def process_model(process: Prozess, *, limit: int = UPLOAD_LIMIT) -> bytes | None:
    """Return the BPMN model of a process (Prozessmodell), None when there is none."""
    for outer in process.prozessmodell.prozessmodelldatei if process.prozessmodell else ():
        for inner in inner_files(outer, limit=limit):
            if b"http://www.omg.org/spec/BPMN/20100524/MODEL" in inner.data[:20_000]:
                return inner.data
    return None


def pack(outer: Datei, *files: InnerFile) -> Datei:
    """Return the Datei with these files inside, as a ZIP file in Base64."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for item in files:
            name = zipfile.ZipInfo(_safe_name(item.name, shown(item.name)), date_time=_DAY)
            name.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(name, item.data)
    return replace(outer, inhalt=base64.b64encode(target.getvalue()).decode("ascii"))


def _unpacked(packed: zipfile.ZipFile, label: str, limit: int) -> tuple[InnerFile, ...]:
    entries = [entry for entry in packed.infolist() if not entry.is_dir()]
    if len(entries) > _MOST_FILES:
        raise InnerFileError(line=0, name=label, why="too many files")
    found: list[InnerFile] = []
    room = limit
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise InnerFileError(line=0, name=label, why="encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InnerFileError(line=0, name=label, why="compression")
        data = _content(packed, entry, room)
        if data is None:
            raise TooLargeError(limit)
        room -= len(data)
        found.append(InnerFile(_safe_name(entry.filename, label), data))
    if len({item.name for item in found}) != len(found):
        raise InnerFileError(line=0, name=label, why="the same name twice")
    return tuple(found)


def _content(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes | None:
    """Read in small steps, whatever the directory says of the size; None when there is no room."""
    parts: list[bytes] = []
    with packed.open(entry) as source:
        while part := source.read(_STEP):
            room -= len(part)
            if room < 0:
                return None
            parts.append(part)
    return b"".join(parts)


def _safe_name(name: str, label: str) -> str:
    """Return a name that is one part of a path only; anything else is refused."""
    strange = any(sign in name for sign in "/\\:\0") or not name.isprintable()
    if strange or name.strip(". ") == "" or len(name) > _LONGEST_NAME:
        raise InnerFileError(line=0, name=label, why="name of a file inside")
    return name
