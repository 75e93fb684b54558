"""XZuFi and XProzess as others write them: encodings, instructions, types, what stands around."""

import pytest

from gemeinwerk.core.schemas import RoundTrip, round_trip
from gemeinwerk.project.formats import FORMATS

SPACE = "http://xoev.de/schemata/xzufi/2_2_0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SERVICES = f"""<x:transferLeistungen.040501 xmlns:x="{SPACE}" xmlns:xsi="{XSI}"
    xzufiVersion="2.2.0" xsi:schemaLocation="{SPACE} muster.xsd">
  <x:nachrichtenkopf><x:nachrichtUUID>1</x:nachrichtUUID></x:nachrichtenkopf>
  <x:schreibe>
    <x:leistung xsi:type="x:Leistung">
      <!-- von Hand --><x:id schemeAgencyID="99" schemeID="L">99000101</x:id>
      <x:struktur xsi:type="x:LeistungsstrukturObjektMitVerrichtung">
        <x:leistungsobjektID schemeID="S">1</x:leistungsobjektID>
        <x:verrichtung><x:verrichtungLeiKa listURI="urn:muster" listVersionID="1"><code>1</code>
        </x:verrichtungLeiKa></x:verrichtung>
      </x:struktur>
      <x:modulText>
        <x:leikaTextmodul listURI="urn:muster" listVersionID="1"><code>02</code></x:leikaTextmodul>
        <x:inhalt languageCode="de">Größe &lt;b&gt;</x:inhalt>
      </x:modulText>
    </x:leistung>
  </x:schreibe>
  <x:schreibe><x:organisationseinheit><x:id>1</x:id></x:organisationseinheit></x:schreibe>
</x:transferLeistungen.040501>"""
PROCESSES = """<p:alleInhalte.export.0303 xmlns:p="http://www.regierung-mv.de/xprozess/2">
    <p:prozessbibliothek>
        <p:prozess>
            <p:id>99000101000000</p:id>
            <p:name>Größe festsetzen</p:name>
        </p:prozess>
    </p:prozessbibliothek>
</p:alleInhalte.export.0303>"""
BOTH = pytest.mark.parametrize("text", [SERVICES, PROCESSES], ids=["xzufi", "xprozess"])


def kept(data: bytes) -> RoundTrip:
    trip = round_trip(data, FORMATS)
    assert trip.differences == ()
    assert trip.identical
    return trip


@BOTH
@pytest.mark.parametrize(
    ("codec", "declared", "mark"),
    [
        ("utf-8", "UTF-8", b"\xef\xbb\xbf"),
        ("utf-16-le", "UTF-16", b"\xff\xfe"),
        ("latin-1", "ISO-8859-1", b""),
    ],
)
def test_encodings(text: str, codec: str, declared: str, mark: bytes) -> None:
    said = f'<?xml version="1.0" encoding="{declared}"?>\n' + text
    assert "Größe".encode() in kept(mark + said.encode(codec)).written


@BOTH
def test_what_stands_around_and_between_comes_back(text: str) -> None:
    kept(f'<?xml-stylesheet href="a"?><!-- a -->\n{text}\n<?ende?>'.encode())
    kept(text.encode().replace(b"\n", b"\r\n"))
    for tag in ("<x:id ", "<x:inhalt", "<x:leistung ", "<p:name>", "</p:prozess>", "<x:schreibe>"):
        kept(text.replace(tag, f"<?a b?>\n<?service0 here?> {tag}").encode())
    kept(text.replace("Größe", "Grö<?a b?>ße").encode())


@pytest.mark.parametrize("kind", ["Leistung", "x:Leistung", "x:Unbekannt"])
def test_types_of_services_come_back(kind: str) -> None:
    kept(SERVICES.replace('x:Leistung"', f'{kind}"').encode())


def test_without_prefix() -> None:
    bare = SERVICES.replace("<x:", "<").replace("</x:", "</").replace("xmlns:x=", "xmlns=")
    kept(bare.encode())
    kept(bare.replace("<code>", '<code xmlns="">').encode())
