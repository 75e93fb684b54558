"""Takes one part of a message apart: its texts, codes and children by the names of the XSD."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from gemeinwerk.core.schemas.errors import BadIdError, ElementMissingError
from gemeinwerk.core.schemas.model import Finding, LegalBasis, Severity, Standard
from gemeinwerk.core.schemas.reading import Trace
from gemeinwerk.core.schemas.text import one_line, paragraphs, shown, verbatim
from gemeinwerk.core.schemas.words import Code, Part

MOST_FINDINGS = 2000
_MOST_ID_LETTERS = 60
_ID_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


@dataclass(slots=True)
class Notes:
    """Collects findings up to a limit; what is beyond is counted."""

    findings: list[Finding] = field(default_factory=list)
    beyond: int = 0

    def add(self, severity: Severity, place: str, code: str, **params: str | int) -> None:
        """Note one finding; foreign texts among the params are shortened."""
        if len(self.findings) >= MOST_FINDINGS:
            self.beyond += 1
            return
        short = {
            name: shown(value) if isinstance(value, str) else value
            for name, value in params.items()
        }
        self.findings.append(Finding(severity, place, code, short))

    def taken(self) -> tuple[Finding, ...]:
        """Return all findings, with one that counts those left out."""
        if self.beyond:
            more = Finding("warning", "", "schema.more_findings", {"count": self.beyond})
            return (*self.findings, more)
        return tuple(self.findings)


Note = Callable[..., None]
Child = Part | str
# their place is known only when their id is; who reads them calls `note_twins` then
HOLDERS = frozenset({"stammdatenschema", "datenfeldgruppe", "datenfeld"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside a message while it is taken apart."""

    standard: Standard
    trace: Trace
    note: Note


@cache
def _fields(kind: type[Part]) -> Mapping[str, str]:
    """Return element -> field of a class."""
    return {
        kind.renamed.get(name) or kind.naming.get(name) or name: name
        for name in kind.__struct_fields__
    }


class Parts:
    """The children of a part by the names of their elements; `note` takes findings about it."""

    __slots__ = ("_fields", "around", "element", "name", "note")

    def __init__(self, element: Part, around: Surroundings, name: str = "") -> None:
        self.element = element
        self.name = name
        self.around = around
        self.note = around.note
        self._fields = _fields(type(element))
        if name not in HOLDERS:
            self.note_twins()

    @property
    def standard(self) -> Standard:
        """The standard of the file."""
        return self.around.standard

    def note_twins(self) -> None:
        """Note which children stood there a second time with nothing in them."""
        for twin in self.around.trace.twins.get(id(self.element), ()):
            self.note("info", "schema.empty_twin", element=twin)

    def below(self, name: str) -> Parts | None:
        """Return the parts of the child of this name, None when it is missing."""
        child = self.one(name)
        return Parts(child, self.around, name) if isinstance(child, Part) else None

    def all(self, name: str) -> tuple[Child, ...]:
        """Return all children of this name, in order."""
        field_name = self._fields.get(name)
        held = getattr(self.element, field_name) if field_name is not None else None
        if held is None:
            return ()
        return held if isinstance(held, tuple) else (held,)

    def one(self, name: str) -> Child | None:
        """Return the child of this name, None when it is missing."""
        found = self.all(name)
        return found[0] if found else None

    def needed(self, name: str) -> Child:
        """Return the child of this name; without it the file is refused."""
        found = self.all(name)
        if not found:
            line = self.around.trace.line(self.element)
            raise ElementMissingError(line=line, element=name, parent=self.name)
        return found[0]

    def raw(self, name: str) -> str:
        """Return the text as it is but for the blanks around it, "" when missing."""
        return verbatim(text_of(self.one(name)))

    def line(self, name: str) -> str:
        """Return a name or label on one line."""
        return one_line(text_of(self.one(name)))

    def prose(self, name: str) -> str:
        """Return a help text or description with its paragraphs."""
        return paragraphs(text_of(self.one(name)))

    def code(self, name: str) -> str:
        """Return the code inside a coded child, "" when missing."""
        return verbatim(text_of(self.one(name)))

    def legal_basis(self) -> tuple[LegalBasis, ...]:
        """Return the legal references; empty ones say nothing."""
        read = (
            LegalBasis(one_line(text_of(each)), verbatim(getattr(each, "link", None)))
            for each in self.all("bezug")
        )
        return tuple(basis for basis in read if basis.text or basis.link)

    def keywords(self) -> tuple[str, ...]:
        """Return the keywords (Stichwörter) that are not empty."""
        read = (one_line(text_of(each)) for each in self.all("stichwort"))
        return tuple(word for word in read if word)

    def lines(self, name: str) -> int:
        """Return the line of a child, or of the element itself."""
        return self.around.trace.line(self.one(name)) or self.around.trace.line(self.element)


def text_of(child: Child | None) -> str | None:
    """Return the text of a child, the code of a coded one."""
    if child is None or isinstance(child, str):
        return child
    if isinstance(child, Code):
        return child.code
    return str(getattr(child, child.text_field)) if child.text_field else None


def identity(parts: Parts) -> tuple[str, str]:
    """Return id and version; the id must be fit to stand in an answer path."""
    name = verbatim(text_of(parts.needed("id")))
    line = parts.around.trace.line_inside(parts.element)
    if not name:
        raise ElementMissingError(line=line, element="id", parent=parts.name)
    if len(name) > _MOST_ID_LETTERS or not _ID_SIGNS.issuperset(name):
        raise BadIdError(line=line, value=shown(name))
    return name, parts.raw("version")


def identified(parts: Parts) -> tuple[str, str]:
    """Return id and version of an element, which must have them."""
    parts.needed("identifikation")
    below = parts.below("identifikation")
    if below is None:
        raise ElementMissingError(line=0, element="identifikation", parent=parts.name)
    return identity(below)
