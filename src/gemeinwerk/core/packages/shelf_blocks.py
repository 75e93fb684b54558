"""The shared blocks as a shelf: their fields by path, and their return into a town's own form.

A form made of a local schema (number range 99) may hold fields of a block. A schema cannot say
everything a block knows (IBAN check, autocomplete, English words), so the block's own field
takes the place of the one read from the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import msgspec

from gemeinwerk.core.forms import Field, Form, Group, Node
from gemeinwerk.core.kernel import FaultsError
from gemeinwerk.core.packages import elements as shelf
from gemeinwerk.core.packages.reading import Reader

OWN_RANGE = "S99"
ASKED_LAST = "contact"
"""The block that the last page of every form asks anyway."""
_NAMES = ("person", "bank", ASKED_LAST)


@dataclass(frozen=True, slots=True)
class ShelfField:
    """A field of a shared block (Baustein des Hauses): path, its group, and the field itself."""

    path: str
    block: str
    group: str
    field: Field


def shelf_fields(files: Mapping[str, bytes]) -> dict[str, ShelfField]:
    """Return the fields of the blocks that may stand in any form, by path, in their order."""
    found: dict[str, ShelfField] = {}
    for name in _present(files):
        reader = Reader(files)
        elements = shelf.gather(reader, (name,), own=False)
        for group in _groups(reader, elements):
            for node in group.nodes:
                if isinstance(node, Field):
                    path = f"{group.id}.{node.id}"
                    found[path] = ShelfField(path, name, group.label, node)
    return found


def with_shelf_fields(form: Form, files: Mapping[str, bytes]) -> tuple[Form, tuple[str, ...]]:
    """Return a town's own form with the fields of the blocks, and the names of these blocks."""
    if not form.key.upper().startswith(OWN_RANGE):
        return form, ()
    known = shelf_fields(files)
    used: dict[str, None] = {}
    pages = tuple(
        msgspec.structs.replace(page, nodes=_known(page.nodes, known, used)) for page in form.pages
    )
    return msgspec.structs.replace(form, pages=pages), tuple(used)


def roles_in(form: Form, roles: Mapping[str, str]) -> dict[str, str]:
    """Return the roles whose field the form asks."""
    paths = {path for page in form.pages for path in _paths(page.nodes, "")}
    return {role: path for role, path in roles.items() if path in paths}


def _known(
    nodes: tuple[Node, ...], known: Mapping[str, ShelfField], used: dict[str, None], above: str = ""
) -> tuple[Node, ...]:
    made: list[Node] = []
    for node in nodes:
        path = f"{above}.{node.id}" if above else node.id
        if isinstance(node, Group):
            made.append(msgspec.structs.replace(node, nodes=_known(node.nodes, known, used, path)))
        elif path in known:
            used[known[path].block] = None
            own = known[path].field
            made.append(msgspec.structs.replace(own, minimum=min(own.minimum, node.minimum)))
        else:
            made.append(node)
    return tuple(made)


def _paths(nodes: tuple[Node, ...], above: str) -> Iterator[str]:
    for node in nodes:
        path = f"{above}.{node.id}" if above else node.id
        yield path
        if isinstance(node, Group):
            yield from _paths(node.nodes, path)


def _present(files: Mapping[str, bytes]) -> tuple[str, ...]:
    there = {PurePosixPath(name).stem for name in files if name.startswith("blocks/")}
    return tuple(name for name in _NAMES if name in there)


def _groups(reader: Reader, elements: shelf.Elements) -> tuple[Group, ...]:
    names = [name for name in elements.tables if name.startswith("G")]
    page = {"id": "shelf", "title": "shelf", "nodes": names}
    made = shelf.place(reader, elements, {"page": [page]})
    if reader.faults:
        raise FaultsError(reader.faults)
    return tuple(node for one in made for node in one.nodes if isinstance(node, Group))
