"""Blocks: every group and field once; what a newer version says otherwise."""

from __future__ import annotations

from dataclasses import replace

from gemeinwerk.core.schemas.blocks import blocks_of, differences_of
from gemeinwerk.core.schemas.model import Field, Group, LegalBasis, Occurrence, Schema

LAW = LegalBasis("§ 1 Mustergesetz")


def field_(number: str = "F99000001", version: str = "1.0", **more: object) -> Field:
    plain = Field(number, version, "Name", "Name", "", "", (LAW,), "input", "text", max_length=80)
    return replace(plain, **more)  # type: ignore[arg-type]  # the tests name real fields


def group(*children: Occurrence, version: str = "1.0") -> Group:
    return Group("G99000001", version, "Person", "Person", "", "", (), False, children)


def schema(*children: Occurrence) -> Schema:
    return Schema("S99000001", "1.0", "xdf3", "Muster", "Muster", "", (), children)


def test_a_reused_element_is_one_block_with_all_its_places() -> None:
    once = group(Occurrence(field_(), 1, 1, (LegalBasis("§ 2"),)))
    found = blocks_of(schema(Occurrence(once, 1, 1), Occurrence(field_(), 0, None)))
    assert [(b.id, b.kind, b.places) for b in found] == [
        ("G99000001", "group", ("G99000001",)),
        ("F99000001", "field", ("G99000001.F99000001", "F99000001")),
    ]
    assert [basis.text for basis in found[1].legal_basis] == ["§ 1 Mustergesetz", "§ 2"]


def test_two_versions_of_one_element_are_two_blocks() -> None:
    found = blocks_of(schema(Occurrence(field_(), 1, 1), Occurrence(field_(version="1.1"), 1, 1)))
    assert [block.version for block in found] == ["1.0", "1.1"]


def test_differences_are_told_field_by_field() -> None:
    [old] = blocks_of(schema(Occurrence(field_(), 1, 1)))
    changed = field_(version="1.1", max_length=120, help="Wie im Ausweis", legal_basis=())
    [new] = blocks_of(schema(Occurrence(changed, 1, 1)))
    told = {one.what: (one.before, one.after) for one in differences_of(old.content, new.content)}
    assert told == {
        "max_length": ("80", "120"),
        "help": ("", "Wie im Ausweis"),
        "legal_basis": ("§ 1 Mustergesetz", ""),
    }


def test_parts_of_a_group_that_come_go_and_change() -> None:
    before = group(Occurrence(field_("F99000001"), 0, 1), Occurrence(field_("F99000002"), 1, 1))
    after = group(Occurrence(field_("F99000001"), 1, None), Occurrence(field_("F99000003"), 1, 1))
    old = blocks_of(schema(Occurrence(before, 1, 1)))[0]
    new = blocks_of(schema(Occurrence(after, 1, 1)))[0]
    told = [(one.before, one.after) for one in differences_of(old.content, new.content)]
    assert told == [
        ("Name (F99000001 1.0, 0:1)", "Name (F99000001 1.0, 1:*)"),
        ("Name (F99000002 1.0, 1:1)", ""),
        ("", "Name (F99000003 1.0, 1:1)"),
    ]
