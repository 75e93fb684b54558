"""What editors leave around and between: it comes back, in whatever encoding the file was."""

import msgspec
import pytest

from gemeinwerk.core.schemas import Message, canonical, differences, read_message, write_message

NAMESPACE = "urn:xoev-de:fim:standard:xdatenfelder_2"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
HEAD = f'<x:xdatenfelder.datenfeld.0104 xmlns:x="{NAMESPACE}" {XSI}'
LOCATION = ' xsi:schemaLocation="urn:muster datei.xsd">\n'
BODY = (
    "  <x:datenfeld>\n    <x:identifikation>\n      <x:id>F99000101</x:id>\n"
    "    </x:identifikation>\n    <x:name>Größe</x:name>\n  </x:datenfeld>\n"
)
END = "</x:xdatenfelder.datenfeld.0104>"
FILE = HEAD + LOCATION + BODY + END


def kept(data: bytes) -> Message:
    message = read_message(data)
    written = write_message(message)
    assert canonical(written) == canonical(data), differences(data, written)
    assert read_message(written) == message
    return message


@pytest.mark.parametrize(
    ("codec", "declared", "mark"),
    [
        ("utf-8", "", b""),
        ("utf-8", "UTF-8", b"\xef\xbb\xbf"),
        ("utf-16-le", "UTF-16", b"\xff\xfe"),
        ("utf-16-be", "utf-16", b"\xfe\xff"),
        ("latin-1", "ISO-8859-1", b""),
        ("cp1252", "Windows-1252", b""),
        ("iso-8859-15", "ISO-8859-15", b""),
    ],
)
@pytest.mark.parametrize("more", ["", " standalone='yes'", ' standalone="no" '])
def test_encodings_and_declarations(codec: str, declared: str, mark: bytes, more: str) -> None:
    said = f'<?xml version="1.0" encoding="{declared}"{more}?>\r\n' if declared else ""
    message = kept(mark + (said + FILE).encode(codec))
    assert message.content.field.name == "Größe"
    assert "Größe".encode() in write_message(message)


@pytest.mark.parametrize("before", ["", "<?xml version='1.0'?>", "<?xml version='1.0'?>\n\n"])
def test_what_stands_around_comes_back(before: str) -> None:
    around = "<?xml-stylesheet href='a.xsl'?><!-- von <hier> -->\n<?muster?>\n"
    data = before + around + FILE + "\n<!-- Ende </x:a> --><?muster nach dem Ende ?>\n"
    assert write_message(kept(data.encode())).decode() == data


@pytest.mark.parametrize(
    "body",
    [
        "<?a b?>" + BODY,
        BODY + "  <?a b?>\n",
        BODY.replace("<x:name>", "<?a b < c ?>\n  <!-- c --><?d?><x:name>"),
        BODY.replace("</x:identifikation>", "<?a?></x:identifikation>"),
        BODY.replace("<x:name>", "<x:name/><x:name>"),
        BODY.replace("<x:name>", "<x:name> </x:name>\n\n <x:name>"),
        BODY.replace("</x:name>", "</x:name>\n    <x:name/>"),
        BODY.replace("</x:name>", "</x:name><x:name></x:name><x:name/>"),
        BODY.replace("</x:name>", "</x:name><x:status/><x:status><code>aktiv</code></x:status>"),
        BODY.replace("</x:name>", "</x:name><x:status><code>aktiv</code></x:status><x:status/>"),
        BODY.replace("</x:name>", "</x:name><x:status/>\n<x:status><code>aktiv"
                     "</code></x:status><x:hilfetextEingabe/>"),
        BODY.replace("</x:name>", "</x:name><x:bezug/><x:definition>a</x:definition><x:bezug/>"),
        BODY.replace("</x:name>", "</x:name><x:definition/>\n<x:beschreibung>b</x:beschreibung>"
                     "\t<x:name/>"),
    ],
)  # fmt: skip
def test_what_stands_between_comes_back(body: str) -> None:
    message = kept((HEAD + LOCATION + body + END).encode())
    assert message.content.field.name == "Größe"


def test_an_instruction_inside_a_text_is_left_out_and_told() -> None:
    data = FILE.replace("Größe", "Grö<?a b?>ße").encode()
    message = read_message(data)
    assert message.content.field.name == "Größe"
    assert differences(data, write_message(message))


def test_strays_leave_a_message_that_was_changed() -> None:
    data = (HEAD + LOCATION + BODY.replace("<x:name>", "<?a b?><x:name>") + END).encode()
    message = read_message(data)
    field = msgspec.structs.replace(message.content.field, description="neu")
    content = msgspec.structs.replace(message.content, field=field)
    changed = Message(message.name, content, message.namespace, message.layout)
    assert b"<?a" not in write_message(changed)
    assert read_message(write_message(changed)).content == content
