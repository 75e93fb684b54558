"""Messages are read and written without loss, whoever wrote them and however they are laid out."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemeinwerk.core.schemas import (
    Message,
    Relation,
    Relations,
    SchemaRefusedError,
    canonical,
    differences,
    message,
    read_message,
    read_schema,
    reading,
    write_message,
    xdf2,
    xdf3,
)
from gemeinwerk.core.schemas import genericode_model as gc
from gemeinwerk.core.schemas.cutting import Cut, cut_relations
from gemeinwerk.core.schemas.layout import Layout
from gemeinwerk.core.schemas.roundtrip import FORMATS
from gemeinwerk.project import standards
from tests.core.schemas import message_strategies as made
from tests.core.schemas.schema_samples import XDF3, code_list, column, field, occurs, row, schema
from tests.paths import STANDARDS

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
RELATION = (
    '<x:relation><x:praedikat listURI="urn:r" listVersionID="1.2"><code>ABL</code></x:praedikat>'
    "<x:objekt><x:id>{}</x:id><x:version>1.0.0</x:version></x:objekt></x:relation>"
)
HEAD = (
    f'<x:xdatenfelder.datenfeldgruppe.0103 xmlns:x="{XDF3}"><x:datenfeldgruppe>'
    "<x:identifikation><x:id>G99000001</x:id></x:identifikation>"
)
END = "</x:datenfeldgruppe></x:xdatenfelder.datenfeldgruppe.0103>"


def fits(data: bytes, one: Message) -> tuple[str, ...]:
    form = next(each for each in FORMATS if each.standard == one.standard)
    return standards.faults(data, STANDARDS / form.xsd(one.namespace, one.name))


def kept(data: bytes) -> Message:
    """Read, write, compare; return what was read."""
    read = read_message(data)
    written = write_message(read)
    assert canonical(written) == canonical(data), differences(data, written)
    assert read_message(written) == read
    return read


@pytest.mark.parametrize("standard", [xdf2, xdf3], ids=["xdf2", "xdf3"])
@given(data=st.data())
@FEW
def test_any_message_comes_back_and_fits_the_xsd(standard: Any, data: st.DataObject):
    content = data.draw(made.messages(standard))
    name = next(key for key, each in standard.MESSAGES.items() if each is type(content))
    one = message(content, name)
    written = write_message(one)
    assert read_message(written) == one
    assert fits(written, one) == ()
    indented = Message(name, content, standard.NAMESPACE, Layout(indent="  "))
    assert read_message(write_message(indented)) == one
    kept(write_message(indented))


@given(made.code_lists())
@FEW
def test_any_code_list_comes_back_and_fits_the_xsd(content: gc.CodeList):
    one = message(content)
    written = write_message(one)
    assert read_message(written) == one
    assert fits(written, one) == ()


# -- layout ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<x:name>a</x:name>",
        "\n\t<x:name>a</x:name>\n",
        "\n  <x:name>\n a &amp; b\r\n</x:name>  <x:beschreibung></x:beschreibung>",
        "<x:name xml:lang='de' q='&quot;1&#10;'>a</x:name>",
        "stray<x:name>a</x:name> words",
        "<y:name xmlns:y='" + XDF3 + "'>a</y:name>",
        "<name xmlns='" + XDF3 + "'>a</name>",
        "<x:freigabestatus xmlns='urn:q'><code xmlns=''>6</code></x:freigabestatus>",
        "<x:freigabestatus><x:code>6</x:code></x:freigabestatus>",
        "<x:beschreibung/><x:name>in another order</x:name>",
        "<x:bezug>a</x:bezug><x:name>b</x:name><x:bezug link='x'>c</x:bezug>",
        "<!-- <x:relation> --><x:name>a<!-- b -->c</x:name>",
        "<x:name><![CDATA[<x:relation>&amp;]]></x:name>",
        RELATION.format("A") + RELATION.format("B"),
        RELATION.format("A") + "\n" + RELATION.format("B") * 3 + RELATION.format("ä"),
        RELATION.format("A") * 2 + RELATION.format("B").replace("1.2", "1.3") * 2,
        RELATION.format("A") + "<x:relation/><x:relation><x:objekt/></x:relation>",
        "<!-- " + RELATION.format("A") * 2 + " -->" + RELATION.format("B") * 2,
        "<x:name><![CDATA[" + RELATION.format("A") * 2 + "]]></x:name>" + RELATION.format("B") * 2,
    ],
)
def test_what_canonical_xml_sees_is_kept(body: str):
    kept((HEAD + body + END).encode())


def test_prefixes_and_declarations_of_the_first_element_are_kept():
    data = (
        f'<a:xdatenfelder.datenfeldgruppe.0103 xmlns:a="{XDF3}" xmlns:b="{XDF3}" xmlns:q="urn:q"'
        ' q:odd="1"><b:datenfeldgruppe><a:name>x</a:name></b:datenfeldgruppe>'
        "</a:xdatenfelder.datenfeldgruppe.0103>"
    )
    kept(data.encode())


def test_the_default_namespace_is_kept():
    kept(schema(occurs(field())))


def test_a_changed_message_keeps_only_the_general_layout():
    read = read_message((HEAD + "\n   <x:name>a</x:name> <x:art/>" + END).encode())
    content = msgspec.structs.replace(read.content, group=xdf3.Group(name="b"))
    text = write_message(Message(read.name, content, read.namespace, read.layout)).decode()
    assert "<x:datenfeldgruppe>" in text
    assert read_message(text.encode()).content == content


# -- relations ---------------------------------------------------------------------------------


def test_relations_are_packed_and_come_out_one_by_one():
    data = HEAD + "".join(RELATION.format(f"F{n}") for n in range(10_000)) + END
    read = kept(data.encode())
    found = read.content.group.relations
    assert len(found) == 10_000
    assert [each.object.id for each in found][::5000] == ["F0", "F5000"]
    assert Relations.of(found) == found
    assert len(found.runs) == 1
    assert {each.predicate.code for each in found} == {"ABL"}


@given(st.lists(st.sampled_from(["A", "B", "ä", "", "<", "A B", "&amp;"]), max_size=12))
@FEW
def test_the_short_cut_reads_what_the_parser_reads(ids: list[str]):
    escaped = (each if each != "<" else "&lt;" for each in ids)
    body = "".join(RELATION.format(each) for each in escaped)
    data = (HEAD + body + END).encode()
    quick = read_message(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "cut_relations", Cut)
        slow = read_message(data)
    assert quick == slow
    assert quick.layout == slow.layout


def test_the_short_cut_takes_nothing_it_does_not_know():
    for odd in ("<x:relation><x:relation/></x:relation>", RELATION.format("<b/>")):
        data = (HEAD + RELATION.format("A") + odd + END).encode()
        assert cut_relations(data).rest == data
        with pytest.raises(SchemaRefusedError):
            read_message(data)


def test_relations_equal_whatever_was_packed_together():
    one = Relation(predicate=None, object=None)
    assert Relations.of([one, one]) == Relations([*Relations.of([one]).runs] * 2)
    assert Relations.of([one]) != Relations.of([one, one])


# -- code lists --------------------------------------------------------------------------------


def test_lists_of_the_portal_keep_their_odd_namespace():
    read = kept(code_list(column("code"), row(code="r"), row(code="s")))
    assert read.identity == ("urn:muster:farben", "1")
    assert read.layout.lists_qualified


def test_a_list_with_everything_the_xsd_leaves_open():
    data = f"""<gc:CodeList xmlns:gc="{gc.NAMESPACE}" xml:base="urn:b"><Annotation>
      <Description xml:lang="de"><p xmlns="urn:p">a <b>c</b></p></Description><AppInfo/>
    </Annotation><Identification><ShortName>a</ShortName></Identification>
    <ColumnSetRef><CanonicalVersionUri>urn:c</CanonicalVersionUri></ColumnSetRef></gc:CodeList>"""
    kept(data.encode())


def test_read_schema_refuses_what_read_message_takes():
    listing = message(xdf3.ListingMessage(), "verzeichnis.datenfeldkatalog.0202")
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(write_message(listing))
    assert refusal.value.code == "schema.other_message"
    with pytest.raises(ValueError, match="no message"):
        message(xdf3.ListingMessage(), "nothing")


def test_relations_do_not_count_as_children_unless_they_lead_nowhere(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(reading, "MOST_CHILDREN", 20)
    monkeypatch.setattr(reading, "cut_relations", Cut)
    many = RELATION.format("A") * 50 + "<x:stichwort uri='a'>b</x:stichwort>"
    assert len(read_message((HEAD + many + END).encode()).content.group.relations) == 50
    for flood in ("<x:relation/>" * 50, "<x:stichwort uri='a'/>" * 50):
        with pytest.raises(SchemaRefusedError) as refusal:
            read_message((HEAD + flood + END).encode())
        assert refusal.value.code == "schema.too_many_elements"
