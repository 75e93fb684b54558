"""Makes sound files and crafted ones for the tests of the structural check."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

MAIN = "application/vnd.openxmlformats-officedocument."
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(
    change: Callable[[pikepdf.Pdf], object] = lambda document: None, **options: object
) -> bytes:
    """A PDF of one page, changed before it is saved."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    change(document)
    target = io.BytesIO()
    document.save(target, **options)  # type: ignore[arg-type]  # options of pikepdf
    return target.getvalue()


def action(kind: str, **more: object) -> Callable[[pikepdf.Pdf], object]:
    """An action of this kind when the document is opened."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = Dictionary(Type=Name.Action, S=Name("/" + kind), **more)

    return change


def hidden_deep(document: pikepdf.Pdf) -> None:
    """JavaScript in a direct dictionary, in an array, in an annotation."""
    document.pages[0].Annots = Array(
        [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=[0, 0, 9, 9],
                AA=Dictionary(E=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
            )
        ]
    )


def named_script(document: pikepdf.Pdf) -> None:
    script = document.make_stream(b"app.alert(1)")
    document.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=[String("a"), Dictionary(S=Name.JavaScript, JS=script)])
    )


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = b"MZ"


def file_annotation(document: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])
    document.pages[0].Annots = Array([note])


def media(document: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9])
    document.pages[0].Annots = Array([note])


def xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>"))


def bytes_elsewhere(document: pikepdf.Pdf) -> None:
    stream = document.make_stream(b"q Q")
    stream.stream_dict.F = String("http://example.org/x")
    document.pages[0].Contents = stream


def many_pages(document: pikepdf.Pdf) -> None:
    for _ in range(500):
        document.add_blank_page()


def plain_link(document: pikepdf.Pdf) -> None:
    go = Dictionary(S=Name.URI, URI=String("https://example.org"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=go)
    document.pages[0].Annots = Array([note])


def plain_form(document: pikepdf.Pdf) -> None:
    field = document.make_indirect(Dictionary(FT=Name.Tx, T=String("name"), V=String("Anna")))
    document.Root.AcroForm = Dictionary(Fields=Array([field]))


def burst(document: pikepdf.Pdf) -> None:
    """A content stream that unpacks to far more than the limit."""
    packed = zlib.compress(bytes(300 * 1024 * 1024), 9)
    stream = document.make_stream(b"")
    stream.write(packed, filter=Name.FlateDecode)
    document.pages[0].Contents = stream


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A small picture with some pattern."""
    image = Image.effect_noise(size, 50).convert("RGB")
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def heic() -> bytes:
    pillow_heif.register_heif_opener()
    return picture("HEIF", (64, 64))


def huge_png() -> bytes:
    """A PNG that says 100,000 x 100,000 pixels in a few bytes."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()


def _types(main: str) -> str:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Override PartName="/x" ContentType="{main}"/></Types>'
    )


def relation(kind: str, target: str, mode: str = "External") -> str:
    return (
        f'<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="{RELS}/{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def docx(**changes: str | bytes) -> bytes:
    """A text document; keys of `changes` are member names."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(MAIN + "wordprocessingml.document.main+xml"),
        "_rels/.rels": relation("officeDocument", "word/document.xml", "Internal"),
        "word/document.xml": "<w:document><w:body><w:t>Adde</w:t></w:body></w:document>",
    }
    return archive({**parts, **changes})


def xlsx(**changes: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(MAIN + "spreadsheetml.sheet.main+xml"),
        "xl/workbook.xml": "<workbook/>",
        "xl/worksheets/sheet1.xml": "<worksheet><c><f>SUM(A1:A2)</f></c></worksheet>",
    }
    return archive({**parts, **changes})


def odt(**changes: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<office:document-content><text:p>Hallo</text:p></office:document-content>",
        "META-INF/manifest.xml": "<manifest:manifest/>",
    }
    return archive({**parts, **changes})
