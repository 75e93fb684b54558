"""The form as it stands on paper: sections with lines, boxes and things to tick; plain values.

With answers it is the filled form. Repeated groups have room for one more instance than there
is, at least one; long code lists get a line instead of hundreds of boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from gemeinwerk.core.expressions import parse
from gemeinwerk.core.forms.exports.hints import hint
from gemeinwerk.core.forms.exports.outline import Outline, Outlined, outline, resolve
from gemeinwerk.core.forms.fields import shower
from gemeinwerk.core.forms.model import EvidenceSpec, Field, Form

PaperKind = Literal["heading", "line", "lines", "date", "iban", "digits", "ticks", "declaration"]

MOST_TICKS = 24
"""A longer list is not printed; its answer is written."""
SHORT = 40
"""Texts that fit into half a line."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One answer to tick (Ankreuzfeld)."""

    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One question, or the heading of a group within a section (level 1, 2, ...)."""

    kind: PaperKind
    label: str
    id: str = ""
    help: str = ""
    hint: str = ""
    value: str = ""
    unit: str = ""
    optional: bool = False
    wide: bool = False
    level: int = 0
    cells: int = 0
    """How many boxes for single signs, where the length is fixed."""
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperSection:
    """One page of the form, or one group on top (Abschnitt)."""

    title: str
    items: tuple[PaperItem, ...]
    help: str = ""
    hint: str = ""


def paper_sections(
    form: Form, answers: Mapping[str, str] | None = None
) -> tuple[PaperSection, ...]:
    """Return the sections of the empty form, or of the filled one with flat answers."""
    maker = _Maker(outline(form), answers)
    return tuple(maker.sections())


def paper_evidence(specs: tuple[EvidenceSpec, ...]) -> tuple[Tick, ...]:
    """Return the documents that belong to the form, to be ticked."""
    return tuple(
        Tick(spec.label if spec.required else f"{spec.label} (falls vorhanden)") for spec in specs
    )


class _Maker:
    def __init__(self, outlined: Outlined, answers: Mapping[str, str] | None) -> None:
        self.outlined = outlined
        self.answers = answers or {}
        self.filled = answers is not None
        self.titles = {node.id: page.title for page in outlined.form.pages for node in page.nodes}

    def sections(self) -> Iterator[PaperSection]:
        lone: dict[str, list[PaperItem]] = {}
        for root in self.outlined.roots:
            if isinstance(root.node, Field):
                title = self.titles[root.id]
                if title not in lone:
                    yield from _lone(lone)
                lone.setdefault(title, []).extend(self._items(root, "", 1))
                continue
            yield from _lone(lone)
            items = tuple(self._group(root, root.id, 1))
            if items:
                yield PaperSection(root.node.label, items, root.node.help, self._hint(root))
        yield from _lone(lone)

    def _items(self, one: Outline, start: str, level: int) -> Iterator[PaperItem]:
        name = f"{start}{one.id}"
        if not isinstance(one.node, Field):
            inner = list(self._group(one, name, level + 1))
            if inner:
                yield PaperItem(
                    "heading",
                    one.node.label,
                    one.id,
                    one.node.help,
                    self._hint(one),
                    optional=one.optional,
                    wide=True,
                    level=level,
                )
                yield from inner
            return
        if one.node.hidden or one.node.kind == "hidden":
            return
        names = [name]
        if one.repeated:
            names = [f"{name}[{at}]" for at in range(self._count(one, name))]
        for each in names:
            yield self._field(one, one.node, each)

    def _group(self, one: Outline, name: str, level: int) -> Iterator[PaperItem]:
        if not one.repeated:
            for child in one.children:
                yield from self._items(child, f"{name}.", level)
            return
        for at in range(self._count(one, name)):
            label = f"{one.node.label} {at + 1}"
            yield PaperItem("heading", label, one.id, wide=True, level=level)
            for child in one.children:
                yield from self._items(child, f"{name}[{at}].", level + 1)

    def _count(self, one: Outline, name: str) -> int:
        stored = self.answers.get(f"{name}[]", "")
        given = int(stored) if stored.isdigit() and len(stored) < 4 else 0
        least = max(one.node.minimum, 1)
        return max(given, least) if self.filled else min(least + 1, one.most)

    def _field(self, one: Outline, field: Field, name: str) -> PaperItem:
        answer = self.answers.get(name, "") or (field.default if field.locked else "")
        kind, cells = _shape(field)
        wide = kind in ("lines", "ticks", "iban", "declaration") or not _fits(field)
        return PaperItem(
            kind,
            field.label,
            one.id,
            _help(field),
            self._hint(one),
            shower(field)(answer) if answer else "",
            {"money": "EUR"}.get(field.kind, field.unit),
            optional=field.minimum == 0 and not field.required_when and not field.may_lack,
            wide=wide,
            cells=cells,
            ticks=_ticks(field, answer) if kind in ("ticks", "declaration") else (),
        )

    def _hint(self, one: Outline) -> str:
        node = one.node
        texts = list(one.conditions)
        if not texts and isinstance(node, Field) and node.required_when:
            said = hint([parse(node.required_when)], lambda name: self._named(name, one))
            return said.replace("Nur ausfüllen, wenn", "Muss ausgefüllt werden, wenn")
        return hint([parse(text) for text in texts], lambda name: self._named(name, one))

    def _named(self, name: str, one: Outline) -> Outline | None:
        return resolve(self.outlined, name, one.parent)


def _lone(waiting: dict[str, list[PaperItem]]) -> Iterator[PaperSection]:
    """Yield the questions of a page that stand in no group, and forget them."""
    for title, items in waiting.items():
        if items:
            yield PaperSection(title, tuple(items))
    waiting.clear()


def _shape(field: Field) -> tuple[PaperKind, int]:
    if field.kind == "boolean":
        return ("declaration" if field.must_be_true else "ticks"), 0
    if field.kind == "choice":
        return ("ticks", 0) if len(field.options) <= MOST_TICKS else ("line", 0)
    if field.kind in ("date", "partial_date"):
        return "date", 0
    if field.format == "iban":
        return "iban", 22
    if field.format in ("postal_code", "tax_id"):
        return "digits", 5 if field.format == "postal_code" else 11
    lines = field.kind == "long_text" or field.format == "area"
    return ("lines" if lines else "line"), 0


def _fits(field: Field) -> bool:
    if field.kind in ("date", "partial_date", "integer", "decimal", "money"):
        return len(field.label) <= SHORT
    return (field.max_length or 255) <= SHORT and len(field.label) <= SHORT


def _help(field: Field) -> str:
    """Return what stands below the question: the words of a declaration, help or an example."""
    parts = [field.statement, field.help or _example(field)]
    if field.kind == "partial_date":
        parts.append("Was nicht bekannt ist, bleibt leer.")
    if field.may_lack:
        parts.append(f"Sie dürfen das offenlassen: {field.may_lack}")
    return "\n".join(part for part in parts if part)


def _example(field: Field) -> str:
    return f"Zum Beispiel {field.example}" if field.example else ""


def _ticks(field: Field, answer: str) -> tuple[Tick, ...]:
    if field.kind == "choice":
        return tuple(Tick(one.label, one.code == answer) for one in field.options)
    if field.must_be_true:
        return (Tick(field.label, answer == "true"),)
    return (Tick("Ja", answer == "true"), Tick("Nein", answer == "false"))
