"""Processes (XProzess 2.0): the real file comes back as it was; hostile insides are refused."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from dataclasses import replace

import pytest

from gemeinwerk.core.schemas import SchemaRefusedError
from gemeinwerk.core.schemas.roundtrip import canonical, differences
from gemeinwerk.core.schemas.xprozess import (
    NAMESPACE,
    Datei,
    InnerFile,
    ProcessMessage,
    inner_files,
    pack,
    process_model,
    read_processes,
    write_processes,
)
from tests.paths import STANDARDS

FOLDER = STANDARDS / "xprozess"


@pytest.fixture(scope="module")
def real() -> tuple[bytes, ProcessMessage]:
    data = (FOLDER / "99006028261000_xprozess2.0.xml").read_bytes()
    return data, read_processes(data)


def test_the_real_file_is_written_back_identically(real: tuple[bytes, ProcessMessage]) -> None:
    data, message = real
    assert message.findings == ()
    written = write_processes(message)
    assert canonical(data) == canonical(written)
    assert written.strip() == data.strip()  # even byte by byte, indentation and all
    assert read_processes(written) == message


def test_every_part_of_the_real_file_is_typed(real: tuple[bytes, ProcessMessage]) -> None:
    [klass] = real[1].classes
    assert (klass.id, klass.version) == ("99006028261000", "01.00.00")
    assert next(basis.name for basis in klass.handlungsgrundlage) == "§ 27 MuSchG"
    [process] = real[1].processes
    profile, structure = process.prozesssteckbrief, process.prozessstrukturbeschreibung
    assert profile and structure and structure.strukturbeschreibung_fim
    assert next(one.name for one in profile.prozessteilnehmer) == "Arbeitgeber"
    assert len(profile.verwaltungspolitische_kodierung) == 16
    steps = structure.strukturbeschreibung_fim.aktivitaetengruppe
    assert len(steps) == 12
    asked = next(step for step in steps if step.name == "Korrektur anfordern")
    assert asked.spezifische_attribute and asked.spezifische_attribute.attribute_7
    assert asked.spezifische_attribute.attribute_7.mitwirkungspflicht is True


def test_the_model_inside_is_the_decoded_one(real: tuple[bytes, ProcessMessage]) -> None:
    beside = (FOLDER / "99006028261000_prozessmodell.bpmn").read_bytes()
    [process] = real[1].processes
    assert process_model(process) == beside
    assert process.prozessmodell
    [picture] = inner_files(process.prozessmodell.visualisierungsdatei[0])
    assert picture.name == "Modellgrafik.pdf"
    assert picture.data.startswith(b"%PDF")


def test_a_model_can_be_put_inside() -> None:
    packed = pack(Datei(dateiname="Modell"), InnerFile("modell.bpmn", b"<definitions/>"))
    assert packed == pack(Datei(dateiname="Modell"), InnerFile("modell.bpmn", b"<definitions/>"))
    assert inner_files(packed) == (InnerFile("modell.bpmn", b"<definitions/>"),)


def test_what_the_model_does_not_know_is_kept_in_its_place_and_told() -> None:
    data = (
        f'<x:alleInhalte.export.0303 xmlns:x="{NAMESPACE}" neu="1" xprozessVersion="2.0">'
        "<x:prozessbibliothek><x:prozess><x:id>99</x:id><x:neues a='1'>T &amp; U</x:neues>"
        "<x:name>N</x:name></x:prozess></x:prozessbibliothek></x:alleInhalte.export.0303>"
    ).encode()
    message = read_processes(data)
    [finding] = message.findings
    assert finding.code == "schema.xprozess_kept"
    assert finding.params["element"] == "neues"
    assert finding.place == "prozessbibliothek.prozess"
    assert canonical(data) == canonical(write_processes(message))


def test_a_changed_process_keeps_everything_else(real: tuple[bytes, ProcessMessage]) -> None:
    data, message = real
    library = message.content.prozessbibliothek[0]
    changed = replace(library, prozess=(replace(library.prozess[0], name="Anders"),))
    written = write_processes(
        replace(message, content=replace(message.content, prozessbibliothek=(changed,)))
    )
    [difference] = differences(data, written)
    assert "name" in difference


def _zip(*entries: tuple[str, bytes]) -> str:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries:
            packed.writestr(name, data)
    return base64.b64encode(target.getvalue()).decode()


@pytest.mark.parametrize(
    "inside",
    [
        "kein Base64!",
        base64.b64encode(b"PK\x03\x04 broken").decode(),
        _zip(("../../etc/cron.d/x", b"1")),
        _zip(("/etc/passwd", b"1")),
        _zip(("c:\\windows\\x", b"1")),
        _zip(("a\x1b[2J", b"1")),
        _zip(("..", b"1")),
        _zip(*[(f"{n}.xml", b"1") for n in range(40)]),
        _zip(("bomb.bpmn", b"\0" * 30_000_000)),
    ],
)
def test_hostile_insides_are_refused(inside: str) -> None:
    begun = time.process_time()
    with pytest.raises(SchemaRefusedError):
        inner_files(Datei(dateiname="Modell", inhalt=inside))
    assert time.process_time() - begun < 1


def test_a_lying_directory_does_not_help_a_bomb() -> None:
    raw = bytearray(base64.b64decode(_zip(("a", b"\0" * 5_000_000))))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(SchemaRefusedError):
        inner_files(Datei(dateiname="a", inhalt=base64.b64encode(raw).decode()), limit=1000)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<anderes/>", "schema.unknown_namespace"),
        (f'<anders xmlns="{NAMESPACE}"/>'.encode(), "schema.unknown_message"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "schema.doctype"),
        (f'<alleInhalte.export.0303 xmlns="{NAMESPACE}">'.encode(), "schema.truncated"),
        (b"", "schema.empty"),
    ],
)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(SchemaRefusedError) as refusal:
        read_processes(data, name="datei.xml")
    assert refusal.value.code == code
    assert refusal.value.params["file"] == "datei.xml"
