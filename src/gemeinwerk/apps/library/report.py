"""What becomes of a schema (Einlesebericht): what is usable at once, and what is not yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from gemeinwerk.core.forms import Field, Form, Node, form_from_schema
from gemeinwerk.core.forms.pattern_syntax import PatternError
from gemeinwerk.core.forms.patterns import compile_pattern
from gemeinwerk.core.packages import Package, package_from_schema
from gemeinwerk.core.schemas import (
    CodeList,
    Finding,
    Group,
    Occurrence,
    Rule,
    Schema,
    gather_code_lists,
)

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class ListState:
    """A code list the schema asks for, and whether the town has loaded it.

    `held` are the versions of it that the town has; another one than asked for is not used.
    """

    uri: str
    version: str
    name: str
    loaded: bool
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A rule in prose and the path of the element it hangs on ("": the whole schema)."""

    place: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class SchemaReport:
    """One stored schema as a form: counts, code lists, findings, and the package it gives."""

    schema_id: UUID
    fim_id: str
    version: str
    standard: str
    name: str
    pages: int
    fields: int
    evidence: int
    code_lists: tuple[ListState, ...]
    findings: tuple[Finding, ...]
    rules: tuple[PlacedRule, ...]
    package: Package

    @property
    def usable(self) -> bool:
        """Say whether the form can be filled in: nothing found is an error."""
        return all(finding.severity != "error" for finding in self.findings)

    def with_id(self, schema_id: UUID) -> SchemaReport:
        """Return the same report for the row it was stored under."""
        return replace(self, schema_id=schema_id)

    def grouped(self) -> list[tuple[str, str, tuple[Finding, ...]]]:
        """Return the findings by severity and code: (severity, code, findings), worst first."""
        groups: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.findings:
            groups.setdefault((finding.severity, finding.code), []).append(finding)
        ordered = sorted(groups.items(), key=lambda item: SEVERITIES.index(item[0][0]))
        return [(severity, code, tuple(found)) for (severity, code), found in ordered]


def report_on(
    schema_id: UUID,
    schema: Schema,
    lists: Mapping[str, CodeList],
    blocks: Mapping[str, bytes],
) -> SchemaReport:
    """Return the report on a schema with the code lists that are known."""
    form, findings = form_from_schema(schema, lists)
    return SchemaReport(
        schema_id=schema_id,
        fim_id=schema.id,
        version=schema.version,
        standard=schema.standard,
        name=schema.label or schema.name or schema.id,
        pages=len(form.pages),
        fields=sum(1 for _ in _fields_of(form)),
        evidence=len(form.evidence),
        code_lists=_lists(schema, lists),
        findings=findings,
        rules=tuple(_rules(schema)),
        package=package_from_schema(schema, lists, blocks=blocks),
    )


def matched(schema: Schema, lists: Sequence[CodeList]) -> dict[str, CodeList]:
    """Return the lists by the key under which the schema asks for them.

    A reference that names a version gets this version or none; one without gets the last loaded.
    """
    exact = {code_list.key: code_list for code_list in lists}
    newest = {code_list.uri: code_list for code_list in lists}
    found: dict[str, CodeList] = {}
    for ref in gather_code_lists(schema):
        hit = exact.get(ref.key)
        if hit is None and not ref.version and not ref.version_uri:
            hit = newest.get(ref.uri)
        if hit is not None:
            found[ref.key] = hit
    return found


def list_states(
    schema: Schema, lists: Mapping[str, CodeList], held: Iterable[tuple[str, str]]
) -> tuple[ListState, ...]:
    """Return the code lists of a schema with the versions at hand, given as (URI, version)."""
    versions: dict[str, list[str]] = {}
    for uri, version in held:
        versions.setdefault(uri, []).append(version)
    return tuple(
        replace(one, held=tuple(sorted(versions.get(one.uri, ())))) for one in _lists(schema, lists)
    )


def fits_pattern(pattern: str, value: str) -> bool:
    """Tell whether a value fits a pattern; a pattern nobody can read is judged elsewhere."""
    try:
        return compile_pattern(pattern).matches(value)
    except PatternError:
        return True


def _lists(schema: Schema, lists: Mapping[str, CodeList]) -> tuple[ListState, ...]:
    states = {}
    for ref in gather_code_lists(schema):
        found = ref.pick(lists)
        name = found.name if found else ref.id
        states[ref.key] = ListState(ref.uri, ref.version, name, found is not None)
    return tuple(states.values())


def _fields_of(form: Form) -> Iterator[Field]:
    def walk(nodes: Sequence[Node]) -> Iterator[Field]:
        for node in nodes:
            if isinstance(node, Field):
                yield node
            else:
                yield from walk(node.nodes)

    for page in form.pages:
        yield from walk(page.nodes)


def _rules(schema: Schema) -> Iterator[PlacedRule]:
    def walk(children: Sequence[Occurrence], around: str) -> Iterator[PlacedRule]:
        for child in children:
            element = child.element
            path = f"{around}.{element.id}" if around else element.id
            yield from (PlacedRule(path, rule) for rule in element.rules)
            if isinstance(element, Group):
                yield from walk(element.children, path)

    yield from (PlacedRule("", rule) for rule in schema.rules)
    yield from walk(schema.children, "")
