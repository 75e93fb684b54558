"""The structural check: sound files pass, active, hidden, broken and bursting ones do not."""

from __future__ import annotations

import gzip
import io
import socket
import struct
import tarfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gemeinwerk.connectors.virus_scan import (
    Chain,
    ClamdScanner,
    StructuralScanner,
    Verdict,
    from_address,
    kinds,
)
from tests.connectors import crafted_files as make

PDF, PNG, JPEG = make.pdf(), make.picture(), make.picture("JPEG")

SOUND = {
    "pdf": PDF,
    "pdf-link": make.pdf(make.plain_link),
    "pdf-form": make.pdf(make.plain_form),
    "png": PNG,
    "jpeg": JPEG,
    "jpeg-trailing": JPEG + b"\0" * 64,
    "heic": make.heic(),
    "docx": make.docx(),
    "docx-link": make.docx(
        **{"word/_rels/document.xml.rels": make.relation("hyperlink", "https://example.org")}
    ),
    "xlsx": make.xlsx(),
    "odt": make.odt(),
}


def _tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as file:
        file.addfile(tarfile.TarInfo("x"), io.BytesIO())
    return target.getvalue()


def _encrypted() -> bytes:
    import pikepdf

    return make.pdf(encryption=pikepdf.Encryption(user="secret", owner="secret"))


def _locked() -> bytes:
    import pikepdf

    return make.pdf(encryption=pikepdf.Encryption(user="", owner="secret"))


JS = make.String("app.alert(1)")
REFUSED: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "nothing": (b"", "file.empty"),
    "zeros": (bytes(5000), "file.empty"),
    "text": (b"Guten Tag", "file.kind_unknown"),
    "noise": (bytes(range(256)) * 20, "file.kind_unknown"),
    "gif": (lambda: make.picture("GIF"), "file.kind_unknown"),
    "tiff": (lambda: make.picture("TIFF"), "file.kind_unknown"),
    # markup
    "html": (b"<!DOCTYPE html><html><script>1</script></html>", "file.markup"),
    "html-spaces": (b"\n\n   <html><body>", "file.markup"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "file.markup"),
    "xml": (b"<?xml version='1.0'?><a/>", "file.markup"),
    # archives and programs
    "zip": (lambda: make.archive({"a.txt": "x"}), "file.archive"),
    "gzip": (lambda: gzip.compress(b"x"), "file.archive"),
    "tar": (_tar, "file.archive"),
    "exe": (b"MZ" + bytes(58) + b"\x80\0\0\0" + bytes(64) + b"PE\0\0", "file.program"),
    "elf": (lambda: Path("/proc/self/exe").read_bytes()[:4096], "file.program"),
    "shell": (b"#!/bin/sh\nrm -rf /\n", "file.program"),
    "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "file.old_office"),
    "rtf": (b"{\\rtf1\\ansi Hallo}", "file.old_office"),
    # PDF
    "pdf-cut": (PDF[: len(PDF) // 2], "file.unreadable"),
    "pdf-header-only": (b"%PDF-1.7\n", "file.unreadable"),
    "pdf-garbage": (b"%PDF-1.7\n" + b"garbage " * 500 + b"\n%%EOF", "file.unreadable"),
    "pdf-encrypted": (_encrypted, "file.encrypted"),
    "pdf-locked": (_locked, "file.encrypted"),
    "pdf-javascript": (lambda: make.pdf(make.action("JavaScript", JS=JS)), "file.javascript"),
    "pdf-javascript-deep": (lambda: make.pdf(make.hidden_deep), "file.javascript"),
    "pdf-javascript-named": (lambda: make.pdf(make.named_script), "file.javascript"),
    "pdf-javascript-packed": (
        lambda: make.pdf(
            make.hidden_deep, object_stream_mode=make.pikepdf.ObjectStreamMode.generate
        ),
        "file.javascript",
    ),
    "pdf-javascript-escaped": (
        lambda: make.pdf(make.action("JavaScript", JS=JS)).replace(
            b"/JavaScript", b"/J#61vaScript"
        ),
        "file.unreadable",  # the table of places no longer fits, but see test_an_escaped_name
    ),
    "pdf-launch": (lambda: make.pdf(make.action("Launch")), "file.launches"),
    "pdf-submit": (lambda: make.pdf(make.action("SubmitForm")), "file.launches"),
    "pdf-import": (lambda: make.pdf(make.action("ImportData")), "file.launches"),
    "pdf-embedded-goto": (lambda: make.pdf(make.action("GoToE")), "file.embeds_files"),
    "pdf-other-file": (lambda: make.pdf(make.action("GoToR")), "file.external_content"),
    "pdf-rendition": (lambda: make.pdf(make.action("Rendition")), "file.active_media"),
    "pdf-media": (lambda: make.pdf(make.media), "file.active_media"),
    "pdf-attachment": (lambda: make.pdf(make.attachment), "file.embeds_files"),
    "pdf-file-note": (lambda: make.pdf(make.file_annotation), "file.embeds_files"),
    "pdf-xfa": (lambda: make.pdf(make.xfa), "file.xfa"),
    "pdf-bytes-elsewhere": (lambda: make.pdf(make.bytes_elsewhere), "file.external_content"),
    "pdf-many-pages": (lambda: make.pdf(make.many_pages), "file.too_many_pages"),
    "pdf-burst": (lambda: make.pdf(make.burst), "file.unpacks_too_large"),
    # pictures
    "png-cut": (PNG[: len(PNG) // 2], "file.unreadable"),
    "png-signature-only": (b"\x89PNG\r\n\x1a\n", "file.unreadable"),
    "png-trailing": (PNG + b"x", "file.unreadable"),
    "png-huge": (make.huge_png, "file.too_many_pixels"),
    "png-with-script": (PNG[:-12] + b"<script>1</script>" + PNG[-12:], "file.markup"),
    "png-and-zip": (lambda: PNG + make.archive({"a": "b"}), "file.archive"),
    "jpeg-cut": (JPEG[: len(JPEG) // 2], "file.unreadable"),
    "jpeg-and-zip": (lambda: JPEG + make.archive({"a": "b"}), "file.archive"),
    "jpeg-and-html": (JPEG + b"<HTML><Script>", "file.markup"),
    "jpeg-signature-only": (b"\xff\xd8\xff\xe0" + bytes(100), "file.unreadable"),
    "heic-cut": (lambda: make.heic()[:200], "file.unreadable"),
    # office
    "docx-macro": (lambda: make.docx(**{"word/vbaProject.bin": b"x"}), "file.macros"),
    "docx-macro-type": (
        lambda: make.docx(**{"[Content_Types].xml": "<Types x='macroEnabled.main+xml'/>"}),
        "file.macros",
    ),
    "docx-activex": (lambda: make.docx(**{"word/activeX/a.xml": "<a/>"}), "file.macros"),
    "docx-ole": (lambda: make.docx(**{"word/embeddings/o.bin": b"x"}), "file.embeds_files"),
    "docx-zip-inside": (lambda: make.docx(**{"word/media/a.zip": b"x"}), "file.embeds_files"),
    "docx-template": (
        lambda: make.docx(
            **{"word/_rels/settings.xml.rels": make.relation("attachedTemplate", "http://x/t")}
        ),
        "file.external_content",
    ),
    "docx-picture-elsewhere": (
        lambda: make.docx(
            **{"word/_rels/document.xml.rels": make.relation("image", "http://x/i.png")}
        ),
        "file.external_content",
    ),
    "docx-mode-escaped": (
        lambda: make.docx(
            **{
                "word/_rels/document.xml.rels": make.relation(
                    "image", "http://x/i.png", "&#69;xternal"
                )
            }
        ),
        "file.external_content",
    ),
    "docx-dde": (
        lambda: make.docx(
            **{
                "word/document.xml": "<w:instrText>DD</w:instrText>"
                "<w:instrText>EAUTO c</w:instrText>"
            }
        ),
        "file.external_content",
    ),
    "docx-entity": (
        lambda: make.docx(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "file.unreadable",
    ),
    "docx-utf16": (
        lambda: make.docx(**{"word/document.xml": "<a/>".encode("utf-16")}),
        "file.unreadable",
    ),
    "docx-burst": (
        lambda: make.docx(**{"word/media/a.png": bytes(210 * 1024 * 1024)}),
        "file.unpacks_too_large",
    ),
    "docx-many-members": (
        lambda: make.docx(**{f"word/media/{n}.png": b"" for n in range(2001)}),
        "file.unpacks_too_large",
    ),
    "docx-path": (lambda: make.docx(**{"../../etc/passwd": b"x"}), "file.unreadable"),
    "docx-cut": (lambda: make.docx()[:300], "file.archive"),
    "docx-bad-sum": (lambda: _bad_sum(make.docx()), "file.unreadable"),
    "xlsx-external": (
        lambda: make.xlsx(**{"xl/externalLinks/externalLink1.xml": "<a/>"}),
        "file.external_content",
    ),
    "xlsx-dde": (
        lambda: make.xlsx(**{"xl/worksheets/sheet1.xml": "<f>cmd|'/c calc'!A0</f>"}),
        "file.external_content",
    ),
    "xlsx-macro-sheet": (
        lambda: make.xlsx(**{"xl/macrosheets/sheet1.xml": "<a/>"}),
        "file.macros",
    ),
    "odt-macro": (lambda: make.odt(**{"Basic/Standard/Module1.xml": "<a/>"}), "file.macros"),
    "odt-event": (
        lambda: make.odt(**{"content.xml": "<script:event-listener script:language='x'/>"}),
        "file.macros",
    ),
    "odt-picture-elsewhere": (
        lambda: make.odt(**{"content.xml": "<draw:image xlink:href='http://x/i.png'/>"}),
        "file.external_content",
    ),
    "odt-encrypted": (
        lambda: make.odt(**{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "file.encrypted",
    ),
}


def _bad_sum(data: bytes) -> bytes:
    at = data.index(b"word/document.xml") + len(b"word/document.xml") + 4
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def scan(data: bytes, *accepts: str) -> Verdict:
    return StructuralScanner().scan(data, accepts)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_passes(name: str) -> None:
    kind = name.split("-")[0]
    assert scan(SOUND[name], kind) == Verdict("clean", "", kinds.MEDIA_TYPES[kind])


@pytest.mark.parametrize("name", REFUSED)
def test_a_crafted_file_is_refused(name: str) -> None:
    made, code = REFUSED[name]
    data = made if isinstance(made, bytes) else made()
    began = time.perf_counter()
    verdict = scan(data)
    assert (verdict.result, verdict.code) == ("refused", code)
    assert time.perf_counter() - began < 5


def test_an_escaped_name_is_the_same_name() -> None:
    plain = make.pdf(make.action("Launch"))
    escaped = plain.replace(b"<< /S /Launch", b"<</S/L#61unch")
    assert escaped != plain
    assert scan(escaped).code == "file.launches"


def test_only_what_the_field_names_is_accepted() -> None:
    assert scan(PDF, "image/png", ".jpg").code == "file.kind_not_allowed"
    assert scan(JPEG, "image/png", ".JPG").result == "clean"
    assert scan(PDF, "application/pdf").result == "clean"
    assert scan(PDF).result == "clean"


def test_a_burst_needs_little_memory() -> None:
    data = make.pdf(make.burst)
    tracemalloc.start()
    scan(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


class Clamd(threading.Thread):
    """A peer that speaks INSTREAM on a Unix socket; `answer` is what it says."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.answer: bytes | None = b"stream: OK\0"
        self.got = b""
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()

    def run(self) -> None:
        peer, _ = self._listener.accept()
        with peer, peer.makefile("rb") as file:
            assert file.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", file.read(4))[0]:
                self.got += file.read(size)
            if self.answer is None:
                time.sleep(1)
            else:
                peer.sendall(self.answer)

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[tuple[Clamd, ClamdScanner]]:
    path = tmp_path / "clamd"
    peer = Clamd(path)
    peer.start()
    yield peer, ClamdScanner(path=str(path), timeout=0.3)
    peer.close()


def test_clamd_gets_every_byte(clamd: tuple[Clamd, ClamdScanner]) -> None:
    peer, scanner = clamd
    data = bytes(range(256)) * 1000
    assert scanner.scan(data, ()) == Verdict("clean")
    assert peer.got == data


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Verdict("refused", "file.infected")),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict("unavailable")),
        (b"stream: OKAY\0", Verdict("unavailable")),
        (b"\0", Verdict("unavailable")),
        (b"", Verdict("unavailable")),
        (None, Verdict("unavailable")),
    ],
)
def test_only_a_clear_answer_counts(
    clamd: tuple[Clamd, ClamdScanner], answer: bytes | None, verdict: Verdict
) -> None:
    peer, scanner = clamd
    peer.answer = answer
    assert scanner.scan(b"x", ()) == verdict


def test_a_stopped_scanner_is_unavailable(tmp_path: Path) -> None:
    chain = Chain(StructuralScanner(), ClamdScanner(path=str(tmp_path / "nobody")))
    assert chain.name == "structural+clamd"
    assert chain.scan(PDF, ("pdf",)) == Verdict("unavailable", "", "application/pdf")
    assert chain.scan(b"<html>", ("pdf",)).code == "file.markup"


def test_the_setting_names_the_scanner() -> None:
    assert from_address("").name == "structural"
    assert from_address("clamd:///run/clamd.ctl").name == "structural+clamd"
    assert from_address("clamd://localhost:3310").name == "structural+clamd"
    with pytest.raises(ValueError, match="GEMEINWERK_SCANNER_URL"):
        from_address("http://localhost")
