"""Makes a schema (Datenschema) of a decided form on paper, in the number range 99.

As a schema it goes the way of every other: report, draft, preview, export, publication.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gemeinwerk.core.packages.shelf_blocks import ASKED_LAST, ShelfField
from gemeinwerk.core.paper.elements import asked_field, schema_field
from gemeinwerk.core.paper.model import Decision, Question, Questionnaire
from gemeinwerk.core.paper.proposals import OF_LIBRARY
from gemeinwerk.core.schemas import Field, Group, LegalBasis, Occurrence, Schema

VERSION = "1.0.0"
FIELDS_OF_PAGE = 8
_GENERAL = "Ihr Anliegen"

Found = Callable[[str], Group | Field | None]
"""Returns a block of the library by its number."""


def schema_of(
    paper: Questionnaire,
    number: int,
    *,
    shelf: Mapping[str, ShelfField],
    found: Found,
    version: str = VERSION,
) -> Schema:
    """Return the schema of a decided form; `number` is that of the import in its town.

    Blocks of the contact page are left out: the last page of every form asks them.
    """
    maker = _Maker(paper, f"{number:05d}", shelf, found, version=version)
    for question in paper.questions:
        decision = paper.decision(question.number)
        if decision is not None and decision.verb in ("keep", "block"):
            maker.add(question, decision)
    return Schema(
        id=f"S99{number:05d}0000",
        version=version,
        standard="xdf3",
        name=paper.title,
        label=paper.title,
        description="",
        legal_basis=(),
        children=maker.children(),
    )


@dataclass(slots=True)
class _Maker:
    """Collects the elements in the order of the paper, a group for each page."""

    paper: Questionnaire
    stem: str
    shelf: Mapping[str, ShelfField]
    found: Found
    made: list[Occurrence] = field(default_factory=list)
    page: list[Occurrence] = field(default_factory=list)
    files: list[Occurrence] = field(default_factory=list)
    section: str = ""
    groups: int = 0
    version: str = VERSION
    titles: dict[str, int] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def add(self, question: Question, decision: Decision) -> None:
        """Put what is asked for one question in its place."""
        if decision.verb == "block" and not decision.target.startswith(OF_LIBRARY):
            self._from_shelf(decision)
            return
        if question.section and question.section != self.section:
            self._close()
            self.section = question.section
        one = self._occurrence(question, decision)
        if one is None or one.element.id in self.taken:
            return
        self.taken.add(one.element.id)
        if isinstance(one.element, Group):
            self._close()
            self.made.append(one)
        elif one.element.datatype == "file":
            self.files.append(one)
        else:
            self.page.append(one)
            if len(self.page) >= FIELDS_OF_PAGE:
                self._close()

    def children(self) -> tuple[Occurrence, ...]:
        """Return what was collected; documents come last."""
        self._close()
        return (*self.made, *self.files)

    def _occurrence(self, question: Question, decision: Decision) -> Occurrence | None:
        basis = tuple(LegalBasis(text) for text in self._reasons(question))
        element: Group | Field | None = None
        if decision.verb == "block":
            element = self.found(decision.target.removeprefix(OF_LIBRARY))
        if element is None:
            element = asked_field(
                f"F99{self.stem}{question.number:04d}", self.version, question, decision
            )
        return Occurrence(element, 0 if _needed(question, decision) is False else 1, 1, basis)

    def _reasons(self, question: Question) -> list[str]:
        """Return why it is asked: what stands on paper, also for what was merged into it."""
        merged = [
            one.why
            for one in self.paper.questions
            if (decision := self.paper.decision(one.number)) is not None
            and decision.verb == "merge"
            and decision.target == str(question.number)
        ]
        return list(dict.fromkeys(why for why in (question.why, *merged) if why))

    def _from_shelf(self, decision: Decision) -> None:
        """Place the groups of shared blocks where they come first, with all that is wanted."""
        wanted = self._wanted()
        for path in decision.target.split("+"):
            known = self.shelf.get(path)
            number = path.partition(".")[0]
            if known is None or known.block == ASKED_LAST or number in self.taken:
                continue
            self.taken.add(number)
            self._close()
            fields = tuple(
                Occurrence(schema_field(one.field, self.version), wanted[place], 1)
                for place, one in self.shelf.items()
                if place in wanted and place.partition(".")[0] == number
            )
            self.made.append(Occurrence(self._group(number, known.group, fields), 1, 1))

    def _wanted(self) -> dict[str, int]:
        """Return the paths of shared blocks that are asked, and whether each has to be answered."""
        wanted: dict[str, int] = {}
        for question in self.paper.questions:
            decision = self.paper.decision(question.number)
            if decision is None or decision.verb != "block":
                continue
            for path in decision.target.split("+"):
                known = self.shelf.get(path)
                if known is not None:
                    least = 0 if _needed(question, decision) is False else known.field.minimum
                    wanted[path] = max(least, wanted.get(path, 0))
        return wanted

    def _close(self) -> None:
        if not self.page:
            return
        self.groups += 1
        title = self.section or _GENERAL
        count = self.titles[title] = self.titles.get(title, 0) + 1
        shown = title if count == 1 else f"{title} (Teil {count})"
        number = f"G99{self.stem}{self.groups:04d}"
        self.made.append(Occurrence(self._group(number, shown, tuple(self.page)), 1, 1))
        self.page = []

    def _group(self, number: str, label: str, children: tuple[Occurrence, ...]) -> Group:
        return Group(
            id=number,
            version=self.version,
            name=label,
            label=label,
            help="",
            description="",
            legal_basis=(),
            choice=False,
            children=children,
        )


def _needed(question: Question, decision: Decision) -> bool | None:
    return decision.needed if decision.needed is not None else question.needed
