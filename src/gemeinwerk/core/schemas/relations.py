"""Relations (Relationen) between elements, kept packed: they are most of what a schema weighs.

A schema of the portal holds up to 16,000 of them in 3.6 MB. Here they are text of about 25 bytes
each, which becomes objects only for who walks through them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from gemeinwerk.core.schemas.words import Code, Identification, Part

# control characters that no XML text can hold: code, id, version, next relation
AFTER_CODE, AFTER_ID, AFTER_ONE = "\x1c", "\x1d", "\x1e"
_AT_ONCE = 4096


class Relation(Part, frozen=True, kw_only=True):
    """Says how an element belongs to another, for example "ABL": derived from (Relation)."""

    predicate: Code | None = None
    object: Identification | None = None


class Form(NamedTuple):
    """What relations of one run have in common: their list, and which parts are there."""

    list_uri: str | None
    list_version: str | None
    name: str | None
    has_predicate: bool = True
    has_code: bool = True
    has_object: bool = True
    has_id: bool = True
    has_version: bool = True

    @property
    def elements(self) -> int:
        """How many elements one relation is."""
        return 1 + sum((*self[3:], self.name is not None))

    @property
    def containers(self) -> int:
        """How many of them hold others."""
        return 1 + self.has_predicate + self.has_object


class Run(NamedTuple):
    """Relations of one form in a row; `text` holds three values each and ends with a mark."""

    form: Form
    text: str

    @property
    def size(self) -> int:
        """How many relations these are."""
        return self.text.count(AFTER_ONE)


class Relations:
    """The relations of an element, in order; never changed."""

    __slots__ = ("_count", "runs")

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        """Take runs as they come; neighbours of one form become one."""
        merged = []
        for form, same in groupby(runs, key=lambda run: run.form):
            merged.append(Run(form, "".join(run.text for run in same)))
        self.runs = tuple(merged)
        self._count = sum(run.size for run in self.runs)

    @classmethod
    def of(cls, relations: Iterable[Relation]) -> Relations:
        """Return these relations, packed."""
        return cls(pack(each) for each in relations)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Relation]:
        for run in self.runs:
            for line in run.text.split(AFTER_ONE)[:-1]:
                yield _unpacked(run.form, line)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Relations) and self.runs == other.runs

    def __hash__(self) -> int:
        return hash(self.runs)

    def __repr__(self) -> str:
        return f"Relations({self._count})"


class Packer:
    """Collects relations one after the other, without an object for each."""

    __slots__ = ("_form", "_runs", "_texts")

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._form: Form | None = None
        self._texts: list[str] = []

    def add(self, run: Run) -> None:
        """Take in what follows."""
        if run.form != self._form:
            self._close()
            self._form = run.form
        self._texts.append(run.text)
        if len(self._texts) >= _AT_ONCE:
            self._texts = ["".join(self._texts)]

    def relations(self) -> Relations:
        """Return all that was taken in."""
        self._close()
        return Relations(self._runs) if self._runs else NO_RELATIONS

    def _close(self) -> None:
        if self._form is not None and self._texts:
            self._runs.append(Run(self._form, "".join(self._texts)))
        self._texts = []


def pack(relation: Relation) -> Run:
    """Return one relation as a run."""
    predicate = relation.predicate
    target = relation.object
    form = Form(
        predicate.list_uri if predicate is not None else None,
        predicate.list_version if predicate is not None else None,
        predicate.name if predicate is not None else None,
        predicate is not None,
        predicate is not None and predicate.code is not None,
        target is not None,
        target is not None and target.id is not None,
        target is not None and target.version is not None,
    )
    code = (predicate.code if predicate is not None else "") or ""
    number = (target.id if target is not None else "") or ""
    version = (target.version if target is not None else "") or ""
    return Run(form, f"{code}{AFTER_CODE}{number}{AFTER_ID}{version}{AFTER_ONE}")


def _unpacked(form: Form, line: str) -> Relation:
    code, _, rest = line.partition(AFTER_CODE)
    number, _, version = rest.partition(AFTER_ID)
    predicate = target = None
    if form.has_predicate:
        predicate = Code(
            list_uri=form.list_uri,
            list_version=form.list_version,
            code=code if form.has_code else None,
            name=form.name,
        )
    if form.has_object:
        target = Identification(
            id=number if form.has_id else None, version=version if form.has_version else None
        )
    return Relation(predicate=predicate, object=target)


NO_RELATIONS = Relations()
