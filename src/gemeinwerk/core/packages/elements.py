"""Builds the form (Formular) of a package from fields.toml, pages.toml and the shared blocks.

A block is a file of fields and groups that many packages name and none copies. Texts of the
block in other languages and the roles of its fields (who is the applicant?) come with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from gemeinwerk.core.forms import Check, EvidenceSpec, Field, Group, Page
from gemeinwerk.core.packages.reading import Reader, Table

MOST_LEVELS = 10


@dataclass(slots=True)
class Elements:
    """All fields and groups a package may place, by id, with the file each comes from."""

    tables: dict[str, tuple[str, Table]] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    roles: dict[str, str] = field(default_factory=dict)
    translations: dict[str, dict[str, Any]] = field(default_factory=dict)


def gather(reader: Reader, blocks: Iterable[str], *, own: bool = True) -> Elements:
    """Read the blocks a package names ("person" is person.toml) and its `own` fields."""
    elements = Elements()
    for block in blocks:
        file = f"blocks/{block}.toml"
        table = reader.table(file)
        _add(reader, elements, file, table)
    if own:
        _add(reader, elements, "fields.toml", reader.table("fields.toml"))
    return elements


def _add(reader: Reader, elements: Elements, file: str, table: Table) -> None:
    for name, value in table.items():
        if not isinstance(value, dict):
            reader.say(file, name, "package.no_table")
        elif name == "roles":
            elements.roles.update({role: str(path) for role, path in value.items()})
        elif name[:1] in ("F", "G") and name[1:].isdigit():
            if name in elements.tables:
                other = elements.tables[name][0]
                reader.say(file, name, "package.id_doubled", other=other)
            elements.tables[name] = (file, value)
        elif len(name) == 2 and name.islower():
            for element, texts in value.items():
                elements.translations.setdefault(name, {})[element] = texts
        else:
            reader.say(file, name, "package.no_element_id")


def pages(reader: Reader, elements: Elements) -> tuple[Page, ...]:
    """Read pages.toml and put the elements in their places."""
    table = reader.table("pages.toml")
    reader.only("pages.toml", table, "page")
    return place(reader, elements, table)


def place(reader: Reader, elements: Elements, table: Table) -> tuple[Page, ...]:
    """Make the pages of a table as pages.toml has it; own elements that have no place are noted."""
    made = []
    for index, one in enumerate(_list(reader, "pages.toml", table, "page")):
        where = f"page[{index}]"
        if not isinstance(one, dict):
            reader.say("pages.toml", where, "package.no_table")
            continue
        names = one.get("nodes", [])
        page = reader.make("pages.toml", where, {**one, "nodes": []}, Page)
        nodes = _nodes(reader, elements, "pages.toml", where, names, ())
        if page is not None:
            made.append(_with_nodes(page, nodes))
    for name, (file, _) in elements.tables.items():
        if name not in elements.placed and file == "fields.toml":
            reader.say(file, name, "package.never_placed")
    return tuple(made)


def evidence(reader: Reader) -> tuple[EvidenceSpec, ...]:
    """Read evidence.toml; a service may need no evidence, then there is no file."""
    table = reader.table("evidence.toml", required=False)
    reader.only("evidence.toml", table, "evidence")
    found = _list(reader, "evidence.toml", table, "evidence")
    return reader.make_all("evidence.toml", "evidence", found, EvidenceSpec)


def checks(reader: Reader, table: Table) -> tuple[Check, ...]:
    """Read the rules across fields of rules.toml."""
    return reader.make_all(
        "rules.toml", "check", _list(reader, "rules.toml", table, "check"), Check
    )


def _list(reader: Reader, file: str, table: Table, name: str) -> list[Any]:
    found = table.get(name, [])
    if isinstance(found, list):
        return found
    reader.say(file, name, "package.no_list")
    return []


def _nodes(
    reader: Reader,
    elements: Elements,
    file: str,
    place: str,
    names: object,
    above: tuple[str, ...],
) -> tuple[Group | Field, ...]:
    if not isinstance(names, list):
        reader.say(file, f"{place}.nodes", "package.no_list")
        return ()
    nodes = []
    for name in names:
        if not isinstance(name, str) or name not in elements.tables:
            reader.say(file, f"{place}.nodes", "package.unknown_element", name=str(name))
        elif name in above or len(above) >= MOST_LEVELS:
            reader.say(file, f"{place}.nodes", "package.inside_itself", name=name)
        else:
            node = _element(reader, elements, name, above)
            if node is not None:
                nodes.append(node)
    return tuple(nodes)


def _element(
    reader: Reader, elements: Elements, name: str, above: tuple[str, ...]
) -> Group | Field | None:
    file, table = elements.tables[name]
    again = name in elements.placed
    elements.placed.add(name)
    # A reused element that is wrong is wrong once: its faults are not told a second time.
    quiet = Reader(reader.files) if again else reader
    if name.startswith("F"):
        return quiet.make(file, name, {**table, "id": name}, Field)
    inner = _nodes(quiet, elements, file, name, table.get("nodes", []), (*above, name))
    bare = quiet.make(file, name, {**table, "id": name, "nodes": []}, Group)
    return None if bare is None else _with_nodes(bare, inner)


def _with_nodes(bare: Any, nodes: tuple[Group | Field, ...]) -> Any:
    return msgspec.structs.replace(bare, nodes=nodes)


def texts_of(elements: Elements, language: str) -> Mapping[str, Any]:
    """Return what the blocks say in another language, by element id."""
    return elements.translations.get(language, {})
