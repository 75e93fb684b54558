"""Makes messages of every kind for Hypothesis: complete as the XSD wants them, else anything."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from gemeinwerk.core.schemas import Relation, Relations, xdf2, xdf3
from gemeinwerk.core.schemas import genericode_model as gc
from gemeinwerk.core.schemas.shapes import Shape, Slot, shape_of
from gemeinwerk.core.schemas.words import Code, Identification, Part

LATIN = st.text(alphabet="aZ09ÄößéŁ€ &<>\"'\n\t\r].-", max_size=10)
TOKEN = st.text(alphabet="aF09.-_:ä&<", max_size=8)
NUMBER = st.integers(1, 99).map(str)
DAY = st.sampled_from(["2026-01-31", "1999-12-01"])
MOMENT = st.sampled_from(["2026-01-31T10:00:00Z", "1999-12-01T00:00:00.5+01:00"])
VERSION = {
    xdf2.NAMESPACE: st.sampled_from(["1.0", "1.10"]),
    xdf3.NAMESPACE: st.sampled_from(["1.0.0", "2.10.3"]),
}
# fields that are there always, wherever they are
_WORDS_3 = """header message_id created_at identification name release_status changed_at
    input_label label
    element_kind field_kind datatype prefill multiplicity contains structure_changes
    display_changes document_profile id code rule_kind occurrences items schema group field
    is_abstract document_kind translated languages elements lang version_number errors element
    uri genericode"""
NEEDED_3 = frozenset(_WORDS_3.split())
_WORDS_2 = """header message_id created_at identification name input_label description definition
    legal_basis status element_kind input_help output_help field_kind datatype precision content
    multiplicity contains structure_changes display_changes id code script list_identification
    canonical_uri canonical_version_uri document_profile schema group field code_list_element
    long_name genericode is_reference document_kind limited published_since wanted query
    element_kinds term searched_in"""
NEEDED_2 = frozenset(_WORDS_2.split())
CODES_3 = {
    "release_status": "1 6 8",
    "element_kind": "ABS HAR RNG",
    "field_kind": "hidden input label locked select",
    "datatype": "bool date datetime file num num_currency num_int obj text text_latin time",
    "prefill": "keine optional verpflichtend",
    "structure_changes": "0 3",
    "display_changes": "0 1",
    "group_kind": "X",
    "rule_kind": "B K M V",
    "data_quality": "PROD TEST",
    "document_kind": "001",
    "predicate": "ABL",
}
CODES_2 = {
    "status": "aktiv inaktiv inVorbereitung",
    "element_kind": "ABS HAR RNG",
    "element_kinds": "C D F G S",
    "searched_in": "name inhalt",
    "field_kind": "input label select",
    "datatype": "bool date file num num_currency num_int obj text",
    "structure_changes": "0 3",
    "display_changes": "0 1",
}
WITH_LIST_VERSION = frozenset({"release_status", "predicate", "document_kind"})
TEXTS: dict[str, st.SearchStrategy[str]] = {
    "multiplicity": st.sampled_from(["0:1", "1:*", "2:10"]),
    "limit": NUMBER,
    "max_size": NUMBER,
    "limited": st.sampled_from(["true", "false"]),
    "is_abstract": st.sampled_from(["true", "0"]),
    "is_reference": st.sampled_from(["true", "0"]),
    "created_at": MOMENT,
    "changed_at": MOMENT,
    "published_since": MOMENT,
    "media_types": st.sampled_from(["application/pdf", "image/png"]),
    "lang": st.sampled_from(["en", "ukr"]),
    "region": st.just("DE"),
    "variant": st.just("simple"),
    "link": st.sampled_from(["https://example.org/a?b=1&c", "x"]),
    "uri": st.just("urn:a"),
    "min_length": NUMBER,
    "max_length": NUMBER,
}
DAYS = ("valid_from", "valid_until", "published_on", "released_on", "status_set_on", "_before")
# one of several
COMPLETE = (
    xdf2.Contained,
    xdf3.Contained,
    xdf2.Result,
    xdf2.ListIdentification,
    xdf3.ElementTranslation,
)
CHOICES = (xdf2.Contained, xdf3.Contained, xdf2.Result)


def messages(standard: Any) -> st.SearchStrategy[Part]:
    """Return messages of every kind of a standard (`xdf2`, `xdf3`), of listings one."""
    kinds = dict.fromkeys(standard.MESSAGES.values())
    return st.sampled_from(list(kinds)).flatmap(lambda made: part(made, standard.NAMESPACE))


@st.composite
def part(draw: st.DrawFn, made: type[Part], namespace: str, depth: int = 0, field: str = "") -> Any:
    """Return a part of a class."""
    if made is gc.Genericode:
        return gc.Genericode(lists=(draw(code_lists()),))
    if made is Code:
        return draw(codes(namespace, field))
    shape = shape_of(made, namespace)
    needed = NEEDED_3 if namespace == xdf3.NAMESPACE else NEEDED_2
    values: dict[str, Any] = {}
    slots = shape.single
    if made in CHOICES:
        names = [n for n in slots if n in ("field", "group", "schema")]
        one = draw(st.sampled_from(names if depth < 3 else ["field"]))
        slots = {one: slots[one]}
    for name, slot in slots.items():
        if name in needed or made in COMPLETE or draw(st.integers(0, 3)) == 0:
            values[name] = draw(held(slot, shape, depth + 1))
    for name in shape.attributes.values():
        values[name] = draw(text(name, made, namespace))
    if made is xdf3.Precision:
        values = {name: value for name, value in values.items() if draw(st.booleans())}
    if shape.text_field:
        values[shape.text_field] = draw(LATIN)
    return made(**values)


def held(slot: Slot, shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    """Return what a field holds."""
    if slot.relations:
        return st.lists(relations(), max_size=4).map(Relations.of)
    if slot.shape is None:
        one: st.SearchStrategy[Any] = text(slot.name, shape.made, shape.namespace)
    else:
        one = part(slot.shape.made, shape.namespace, depth, slot.name)
    return st.lists(one, min_size=1, max_size=2).map(tuple) if slot.many else one


def text(name: str, made: type[Part], namespace: str) -> st.SearchStrategy[str]:
    """Return a text that fits the field."""
    if name == "version":
        if made is Identification:
            return VERSION[namespace]
        return NUMBER if made is xdf3.Language else TOKEN
    if name == "code" and made is xdf3.ErrorMessage:
        return NUMBER
    if made is xdf3.RuleParameter and name == "rule_kind":
        return st.sampled_from(["wert", "anzahl"])
    if any(name.startswith(day) or name.endswith(day) for day in (*DAYS, "_after")):
        return DAY
    return TEXTS.get(name, LATIN)


@st.composite
def codes(draw: st.DrawFn, namespace: str, field: str) -> Code:
    """Return a code that its list has."""
    table = CODES_3 if namespace == xdf3.NAMESPACE else CODES_2
    version = "2022-07-12" if field in WITH_LIST_VERSION and table is CODES_3 else None
    return Code(list_version=version, code=draw(st.sampled_from(table[field].split())))


@st.composite
def relations(draw: st.DrawFn) -> Relation:
    """Return a relation, often one that looks like the one before."""
    version = draw(st.sampled_from(["1.0.0", "1.1.0", None]))
    return Relation(
        predicate=Code(
            list_uri="urn:xoev-de:fim-datenfelder:codeliste:relation",
            list_version=draw(st.sampled_from(["1.1", "1.2"])),
            code=draw(st.sampled_from(["ABL", "VER"])),
        ),
        object=Identification(
            id=draw(st.sampled_from(["G99000001", "F9", "ä &"])), version=version
        ),
    )


@st.composite
def code_lists(draw: st.DrawFn) -> gc.CodeList:
    """Return a small code list."""
    name = gc.Text(text=draw(LATIN), lang=draw(st.sampled_from([None, "de"])))
    columns = tuple(
        gc.Column(id=f"c{n}", use="required", short_name=name, data=gc.Data(type="string"))
        for n in range(draw(st.integers(1, 3)))
    )
    key = gc.Key(id="codeKey", short_name=name, columns_used=(gc.KeyColumn(ref="c0"),))
    values = tuple(gc.Value(column=each.id, simple=draw(LATIN)) for each in columns)
    return gc.CodeList(
        identification=gc.Identification(
            short_name=name,
            long_names=(name,),
            version="1",
            canonical_uri="urn:muster",
            canonical_version_uri="urn:muster_1",
        ),
        column_set=gc.ColumnSet(columns=columns, keys=(key,)),
        simple_code_list=gc.SimpleCodeList(rows=(gc.Row(values=values),) * draw(st.integers(0, 3))),
    )
