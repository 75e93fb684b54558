"""Office documents (docx, xlsx, odt): only without macros, objects and what loads itself (S40)."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib

from gemeinwerk.connectors.virus_scan.verdict import RefusedContentError

MAX_MEMBERS = 2000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_XML = 32 * 1024 * 1024

_MACROS = re.compile(
    r"(vbaproject|vbadata|/macrosheets/|/activex/|^basic/|^scripts/|\.(bas|xlsm|docm)$)", re.I
)
_OBJECTS = re.compile(
    r"(/embeddings/|oleobject|\.(zip|exe|dll|js|vbs|hta|lnk|jar|ole|bat|ps1|7z|rar)$)", re.I
)
_MACRO_TYPE = re.compile(r"macroEnabled|vbaProject|ms-office\.activeX", re.I)
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>", re.S)
_FIELD = re.compile(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
_ODF_LOADS = re.compile(
    r"<(?:draw:image|draw:object|draw:object-ole|draw:plugin|draw:floating-frame"
    r"|text:section-source|table:table-source)\b[^>]*xlink:href=[\"'](?:[a-z]+:|//|\\\\)",
    re.I | re.S,
)
_ODF_SCRIPT = re.compile(r"<(?:script:event-listener|office:script|text:script)\b", re.I)
_DOCUMENT_TYPE = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
}


def check(kind: str, data: bytes) -> None:
    """Raise RefusedContentError with a code unless the document is sound and passive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive)
            parts = _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise RefusedContentError("file.unreadable") from None
    if kind == "odt":
        _check_odt(parts)
    else:
        _check_ooxml(kind, parts)


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS or len(set(names)) != len(names):
        raise RefusedContentError("file.unpacks_too_large")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise RefusedContentError("file.unpacks_too_large")
    for member in members:
        if member.flag_bits & 1:
            raise RefusedContentError("file.encrypted")
        if ".." in member.filename.split("/") or member.filename.startswith("/"):
            raise RefusedContentError("file.unreadable")
        if _MACROS.search(member.filename):
            raise RefusedContentError("file.macros")
        if _OBJECTS.search(member.filename):
            raise RefusedContentError("file.embeds_files")


def _read(archive: zipfile.ZipFile) -> dict[str, str]:
    """Read every member to its end (checks the sums); return those that are XML as text."""
    parts = {}
    for member in archive.infolist():
        is_xml = member.filename.endswith((".xml", ".rels")) or member.filename == "mimetype"
        if is_xml and member.file_size > MAX_XML:
            raise RefusedContentError("file.unpacks_too_large")
        content = _read_member(archive, member, keep=is_xml)
        if is_xml:
            # Another encoding could hide what is looked for below; office programs write UTF-8.
            text = content.decode("utf-8-sig")
            if "<!DOCTYPE" in text or "<!ENTITY" in text:
                raise RefusedContentError("file.unreadable")
            parts[member.filename] = html.unescape(text)
    return parts


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, keep: bool) -> bytes:
    kept, size = [], 0
    with archive.open(member) as file:
        while chunk := file.read(1024 * 1024):
            size += len(chunk)
            if size > member.file_size:  # the directory lied
                raise RefusedContentError("file.unpacks_too_large")
            if keep:
                kept.append(chunk)
    return b"".join(kept)


def _check_ooxml(kind: str, parts: dict[str, str]) -> None:
    types = parts["[Content_Types].xml"]
    if _MACRO_TYPE.search(types):
        raise RefusedContentError("file.macros")
    if _DOCUMENT_TYPE[kind] not in types:
        raise RefusedContentError("file.unreadable")
    for name, text in parts.items():
        if name.endswith(".rels"):
            _check_relations(text)
        elif name.startswith(("xl/externalLinks/", "xl/connections")) or _has_dde(text):
            raise RefusedContentError("file.external_content")


def _check_relations(text: str) -> None:
    """What lies outside may be a link that a person clicks, nothing else."""
    for relation in _RELATION.findall(text):
        outside = re.search(r"TargetMode\s*=\s*[\"']External", relation, re.I)
        if outside and "/hyperlink" not in relation:
            raise RefusedContentError("file.external_content")
        if re.search(r"/(vbaProject|oleObject|control|attachedTemplate)[\"']", relation):
            raise RefusedContentError("file.macros")


def _has_dde(text: str) -> bool:
    fields = "".join(first or second for first, second in _FIELD.findall(text))
    fields = re.sub(r"[\s\"]", "", fields)
    return "DDE" in fields.upper() or "<ddeLink" in text or "cmd|" in text.lower()


def _check_odt(parts: dict[str, str]) -> None:
    if parts["mimetype"].strip() != "application/vnd.oasis.opendocument.text":
        raise RefusedContentError("file.unreadable")
    if "encryption-data" in parts["META-INF/manifest.xml"]:
        raise RefusedContentError("file.encrypted")
    for text in parts.values():
        if _ODF_SCRIPT.search(text):
            raise RefusedContentError("file.macros")
        if _ODF_LOADS.search(text) or "dde-connection" in text or "dde-source" in text:
            raise RefusedContentError("file.external_content")
