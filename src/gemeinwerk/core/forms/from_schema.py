"""Makes a form of a schema (XDatenfelder): groups become pages, what cannot be used is listed.

Top-level groups become pages, lone top-level fields stand on the page "Allgemeine Angaben",
files become evidence. A group too long for one page goes on over several. Rules in prose do not
act yet: the reader of the schema lists each as a finding, none is guessed here.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gemeinwerk.core.forms.compiled import compile_form
from gemeinwerk.core.forms.model import (
    LARGEST_FILE,
    EvidenceSpec,
    Field,
    Form,
    Group,
    Node,
    Page,
)
from gemeinwerk.core.forms.schema_fields import Notes, field_from, reasons
from gemeinwerk.core.kernel import FaultsError
from gemeinwerk.core.schemas import CodeList, Finding, Occurrence, Schema
from gemeinwerk.core.schemas import Field as SchemaField
from gemeinwerk.core.schemas import Group as SchemaGroup

GENERAL_PAGE = "allgemein"
GENERAL_TITLE = "Allgemeine Angaben"
MOST_FIELDS = 20
"""A page with more questions is split where its groups end."""


def form_from_schema(
    schema: Schema, lists: Mapping[str, CodeList]
) -> tuple[Form, tuple[Finding, ...]]:
    """Return the form and everything of the schema it cannot use yet, reader's findings first.

    `lists` are code lists by key (see `CodeListRef.pick`). A finding of severity "error" means
    that `compile_form` would refuse the form.
    """
    notes = Notes(lists)
    notes.found.extend(schema.findings)
    maker = _Maker(notes)
    nodes = maker.nodes(schema.children, "", frozenset())
    form = Form(
        key=schema.id,
        version=schema.version,
        title=schema.label or schema.name or schema.id,
        pages=_pages(nodes),
        evidence=maker.evidence(nodes),
    )
    try:
        compile_form(form)
    except FaultsError as error:
        notes.found.extend(Finding("error", f.path, f.code, dict(f.params)) for f in error.faults)
    return form, tuple(notes.found)


class _Maker:
    """Walks through a schema once."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.files: list[tuple[str, bool, EvidenceSpec]] = []
        """Path of the group around, whether required there, and the specification."""
        self.dropped: dict[str, bool] = {}
        """Groups that held nothing but files, and whether they are required."""

    def nodes(
        self, children: tuple[Occurrence, ...], around: str, above: frozenset[str]
    ) -> tuple[Node, ...]:
        made: list[Node] = []
        seen: set[str] = set()
        for child in children:
            element = child.element
            path = f"{around}.{element.id}" if around else element.id
            if child.maximum == 0:
                self.notes.add("info", path, "form.never_asked", label=element.label)
            elif element.id in seen:
                self.notes.add("warning", path, "form.path_doubled", path=path)
            else:
                seen.add(element.id)
                node = self._node(child, path, around, above)
                if node is not None:
                    made.append(node)
        return tuple(made)

    def _node(
        self, child: Occurrence, path: str, around: str, above: frozenset[str]
    ) -> Node | None:
        element = child.element
        if isinstance(element, SchemaGroup):
            return self._group(child, element, path, above)
        if element.datatype in ("file", "object"):
            self._file(child, element, path, around)
            return None
        return field_from(child, element, path, self.notes)

    def _group(
        self, child: Occurrence, element: SchemaGroup, path: str, above: frozenset[str]
    ) -> Group | None:
        if element.id in above:
            self.notes.add("warning", path, "form.group_in_itself", label=element.label)
            return None
        files = len(self.files)
        nodes = self.nodes(element.children, path, above | {element.id})
        told = _told(nodes) if len(self.files) > files else None
        if not nodes or told is not None:
            # A page without a question would only be in the way: its words go with the files.
            if told:
                where, wanted, spec = self.files[files]
                words = "\n".join(text for text in (told, spec.help) if text)
                self.files[files] = where, wanted, msgspec.structs.replace(spec, help=words)
            self.dropped[path] = child.minimum > 0
            return None
        choice = element.choice
        if choice and (len(self.files) > files or len(nodes) < 2):
            choice = False
            nodes = tuple(msgspec.structs.replace(node, minimum=0) for node in nodes)
            self.files[files:] = [(where, False, spec) for where, _, spec in self.files[files:]]
            self.notes.add("warning", path, "form.choice_with_file", label=element.label)
        return Group(
            id=element.id,
            label=element.label or element.name or element.id,
            help=element.help,
            why=reasons(child, element),
            minimum=child.minimum,
            maximum=child.maximum,
            choice=choice,
            nodes=nodes,
        )

    def _file(self, child: Occurrence, element: SchemaField, path: str, around: str) -> None:
        spec = EvidenceSpec(
            key=path, label=element.label or element.name or element.id, help=element.help
        )
        if element.media_types:
            spec = msgspec.structs.replace(spec, accepts=element.media_types)
        if element.max_size:
            spec = msgspec.structs.replace(spec, max_size=min(element.max_size, LARGEST_FILE))
        if element.max_size and element.max_size > LARGEST_FILE:
            asked, taken = element.max_size // 1_000_000, LARGEST_FILE // 1_000_000
            self.notes.add(
                "info", path, "form.smaller_files", label=spec.label, asked=asked, taken=taken
            )
        if child.maximum is not None:
            spec = msgspec.structs.replace(spec, maximum=max(child.maximum, 1))
        self.files.append((around, child.minimum > 0, spec))

    def evidence(self, nodes: tuple[Node, ...]) -> tuple[EvidenceSpec, ...]:
        """Return the documents; each is tied to the nearest group that is still there."""
        kept = set(_group_paths(nodes, ""))
        found = []
        for where, wanted, spec in self.files:
            within, required = where, wanted
            while within and within not in kept:
                required = required and self.dropped.get(within, False)
                within = within.rpartition(".")[0]
            found.append(msgspec.structs.replace(spec, within=within, required=required))
        return tuple(found)


def _told(nodes: tuple[Node, ...]) -> str | None:
    """Return the words of notes, or None if there is anything to be answered among the nodes."""
    if any(isinstance(node, Group) or node.kind != "note" for node in nodes):
        return None
    texts = [text for node in nodes if isinstance(node, Field) for text in (node.label, node.help)]
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _group_paths(nodes: tuple[Node, ...], around: str) -> list[str]:
    found: list[str] = []
    for node in nodes:
        if isinstance(node, Group):
            path = f"{around}.{node.id}" if around else node.id
            found += [path, *_group_paths(node.nodes, path)]
    return found


def _pages(nodes: tuple[Node, ...]) -> tuple[Page, ...]:
    lone = tuple(node for node in nodes if isinstance(node, Field))
    pages: list[Page] = []
    for node in nodes:
        if isinstance(node, Group):
            parts = _split(node)
            for number, (title, part) in enumerate(parts, start=1):
                key = node.id if number == 1 else f"{node.id}-{number}"
                pages.append(Page(id=key, title=title, nodes=(part,)))
        elif node is lone[0]:
            pages.append(Page(id=GENERAL_PAGE, title=GENERAL_TITLE, nodes=lone))
    return tuple(pages)


def _split(group: Group) -> list[tuple[str, Group]]:
    """Return the parts of a group that each fit on a page, with their titles."""
    whole = group.choice or group.maximum != 1
    if whole or _size(group) <= MOST_FIELDS:
        return [(group.label, group)]
    chunks: list[tuple[str, tuple[Node, ...]]] = []
    waiting: list[Node] = []
    for node in group.nodes:
        parts = _split(node) if isinstance(node, Group) else []
        if waiting and (len(parts) > 1 or _size(*waiting, node) > MOST_FIELDS):
            chunks.append((_title(group, waiting), tuple(waiting)))
            waiting = []
        if len(parts) > 1:
            chunks.extend((title, (part,)) for title, part in parts)
        else:
            waiting.append(node)
    if waiting:
        chunks.append((_title(group, waiting), tuple(waiting)))
    return [
        (title, msgspec.structs.replace(group, nodes=nodes))
        for title, nodes in _numbered_titles(chunks)
    ]


def _title(group: Group, nodes: list[Node]) -> str:
    return nodes[0].label if len(nodes) == 1 and isinstance(nodes[0], Group) else group.label


def _numbered_titles(
    chunks: list[tuple[str, tuple[Node, ...]]],
) -> list[tuple[str, tuple[Node, ...]]]:
    used: dict[str, int] = {}
    named = []
    for title, nodes in chunks:
        used[title] = used.get(title, 0) + 1
        number = used[title]
        named.append((title if number == 1 else f"{title} (Teil {number})", nodes))
    return named


def _size(*nodes: Node) -> int:
    return sum(_size(*node.nodes) if isinstance(node, Group) else 1 for node in nodes)
