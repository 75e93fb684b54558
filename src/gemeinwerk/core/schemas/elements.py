"""Takes one finished element apart: its texts, codes and children by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from gemeinwerk.core.schemas.errors import BadIdError, ElementMissingError, ElementTwiceError
from gemeinwerk.core.schemas.grammar import Grammar
from gemeinwerk.core.schemas.model import Finding, LegalBasis, Severity
from gemeinwerk.core.schemas.text import one_line, paragraphs, shown, verbatim
from gemeinwerk.core.schemas.xml import line_of

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


class Parts:
    """The children of an element by plain name; `note` takes findings about it."""

    __slots__ = ("_children", "element", "grammar", "name", "note")

    def __init__(self, element: etree._Element, grammar: Grammar, note: Note) -> None:
        self.element = element
        self.name = str(element.tag).rpartition("}")[2]
        self.grammar = grammar
        self.note = note
        self._children: dict[str, list[etree._Element]] = {}
        allowed = grammar.allowed(self.name)
        for child in element:
            self._children.setdefault(allowed[str(child.tag)], []).append(child)
        for name, found in self._children.items():
            if len(found) > 1 and (self.name, name) not in grammar.repeated:
                self._children[name] = [self._only(name, found)]

    def _only(self, name: str, found: list[etree._Element]) -> etree._Element:
        """Return the one of several that says something; editors leave empty twins behind."""
        filled = [child for child in found if len(child) or verbatim(child.text)]
        if len(filled) > 1:
            raise ElementTwiceError(line=line_of(filled[1]), element=name, parent=self.name)
        self.note("info", "schema.empty_twin", element=name)
        return filled[0] if filled else found[0]

    def below(self, name: str) -> Parts | None:
        """Return the parts of the child of this name, None when it is missing."""
        child = self.one(name)
        return Parts(child, self.grammar, self.note) if child is not None else None

    def all(self, name: str) -> list[etree._Element]:
        """Return all children of this name, in order."""
        return self._children.get(name, [])

    def one(self, name: str) -> etree._Element | None:
        """Return the child of this name, None when it is missing."""
        found = self._children.get(name)
        return found[0] if found else None

    def needed(self, name: str) -> etree._Element:
        """Return the child of this name; without it the file is refused."""
        found = self._children.get(name)
        if not found:
            raise ElementMissingError(line=line_of(self.element), element=name, parent=self.name)
        return found[0]

    def raw(self, name: str) -> str:
        """Return the text as it is but for the blanks around it, "" when missing."""
        child = self.one(name)
        return verbatim(child.text) if child is not None else ""

    def line(self, name: str) -> str:
        """Return a name or label on one line."""
        child = self.one(name)
        return one_line(child.text) if child is not None else ""

    def prose(self, name: str) -> str:
        """Return a help text or description with its paragraphs."""
        child = self.one(name)
        return paragraphs(child.text) if child is not None else ""

    def code(self, name: str) -> str:
        """Return the code inside a coded child, "" when missing."""
        child = self.one(name)
        if child is None:
            return ""
        return verbatim(child[0].text) if len(child) else verbatim(child.text)

    def legal_basis(self) -> tuple[LegalBasis, ...]:
        """Return the legal references; empty ones say nothing."""
        read = (LegalBasis(one_line(e.text), verbatim(e.get("link"))) for e in self.all("bezug"))
        return tuple(basis for basis in read if basis.text or basis.link)

    def keywords(self) -> tuple[str, ...]:
        """Return the keywords (Stichwörter) that are not empty."""
        read = (one_line(element.text) for element in self.all("stichwort"))
        return tuple(word for word in read if word)

    def lines(self, name: str) -> int:
        """Return the line of a child, or of the element itself."""
        child = self.one(name)
        return line_of(child if child is not None else self.element)


def identity(parts: Parts) -> tuple[str, str]:
    """Return id and version; the id must be fit to stand in an answer path."""
    element = parts.needed("id")
    name = verbatim(element.text)
    if not name:
        raise ElementMissingError(line=line_of(element), element="id", parent=parts.name)
    if len(name) > _MOST_ID_LETTERS or not _ID_SIGNS.issuperset(name):
        raise BadIdError(line=line_of(element), value=shown(name))
    return name, parts.raw("version")
