"""Kinds of files (Dateiarten): told by content, never by name or declared type (S40)."""

from __future__ import annotations

import io
import zipfile

import magic

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "heic": "image/heic",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
_OTHER_NAMES = {"jpg": "jpeg", "heif": "heic", "image/heif": "heic", "image/jpg": "jpeg"}
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"mif1", b"heim", b"heis", b"hevc", b"msf1"}
_MARKUP = {"text/html", "image/svg+xml", "text/xml", "application/xml", "application/xhtml+xml"}
_ARCHIVES = ("zip", "gzip", "x-tar", "x-7z", "x-rar", "bzip2", "x-xz", "zstd", "iso9660", "x-lha")
_PROGRAMS = ("x-executable", "x-dosexec", "x-pie-executable", "x-sharedlib", "x-mach", "x-shell")
_OLD_OFFICE = ("msword", "ms-excel", "ms-powerpoint", "ole-storage", "cdfv2", "ms-office", "rtf")


def accepted(names: tuple[str, ...]) -> frozenset[str]:
    """Return the kinds that a field names, as "pdf", ".pdf" or "application/pdf"."""
    by_type = {media_type: kind for kind, media_type in MEDIA_TYPES.items()}
    found = set()
    for name in names:
        plain = name.lower().removeprefix(".")
        plain = _OTHER_NAMES.get(plain, plain)
        found.add(by_type.get(plain, plain))
    return frozenset(found) or frozenset(MEDIA_TYPES)


def kind_of(data: bytes) -> str:
    """Return the kind of the content, "" for none that we know."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "heic"
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data)
    return ""


def why_unknown(data: bytes) -> str:
    """Return the code that tells best why content of no known kind is refused."""
    said = magic.from_buffer(data[:65536], mime=True)
    start = data[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").lower()
    if said in _MARKUP or start.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")):
        return "file.markup"
    if data.startswith(b"MZ"):  # libmagic wants a whole program before it says so
        return "file.program"
    for names, code in (
        (_ARCHIVES, "file.archive"),
        (_PROGRAMS, "file.program"),
        (_OLD_OFFICE, "file.old_office"),
    ):
        if any(name in said for name in names):
            return code
    if zipfile.is_zipfile(io.BytesIO(data)):
        return "file.archive"
    return "file.kind_unknown"


def _office_kind(data: bytes) -> str:
    """Tell office documents from other archives by what they must hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return "docx"
        return "xlsx" if "xl/workbook.xml" in names else ""
    return "odt" if {"mimetype", "content.xml", "META-INF/manifest.xml"} <= names else ""
