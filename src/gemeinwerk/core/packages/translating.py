"""Texts of a package in another language: read, applied to form and service page, gaps named.

A translation is a flat table: "F99000101.label", "F99000217.option.yes", "page.dog.title",
"evidence.photo.help", "check.key", "texts.summary", "automation.remark", "participant.owner.name".
The German text stands wherever none is given. Decisions stay German (§ 23 VwVfG).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from gemeinwerk.core.forms import Field, Form, Node
from gemeinwerk.core.packages.model import Package, Participant, Texts
from gemeinwerk.core.packages.reading import Reader

Flat = dict[str, str]
_SEPARATOR = "\n"
_NODE_TEXTS = (
    "label",
    "help",
    "why",
    "purpose",
    "example",
    "pattern_help",
    "may_lack",
    "statement",
)
_SECTIONS = ("texts", "pages", "evidence", "checks", "fields", "automation", "participants")
_TABLES = {"pages": "page", "evidence": "evidence", "participants": "participant"}
_PERSON_TEXTS = ("name", "invitation", "declaration")
N = TypeVar("N", bound=msgspec.Struct)


def read_translations(
    reader: Reader, blocks: Mapping[str, Any], form: Form, people: Iterable[Participant]
) -> Flat:
    """Read en.toml and what the blocks bring along; a text for nothing is a fault."""
    file = "en.toml"
    table = reader.table(file, required=False)
    reader.only(file, table, *_SECTIONS)
    flat = block_texts(blocks) | block_texts(table.get("fields", {}))
    for section, prefix in _TABLES.items():
        for name, texts in table.get(section, {}).items():
            flat |= {f"{prefix}.{name}.{key}": text for key, text in texts.items()}
    flat |= {f"check.{key}": text for key, text in table.get("checks", {}).items()}
    flat |= {f"automation.{key}": text for key, text in table.get("automation", {}).items()}
    for key, text in table.get("texts", {}).items():
        flat[f"texts.{key}"] = _SEPARATOR.join(text) if isinstance(text, list) else text
    if not reader.faults:
        known = {*_form_texts(form), *_people_texts(people)}
        _refuse_strays(reader, file, flat, known=known, blocks=blocks)
    return flat


def translate(package: Package, language: str) -> Package:
    """Return the package in that language; where a text is missing the German one stays.

    Notices are not translated: the decision is German (§ 23 VwVfG).
    """
    flat = package.translations.get(language, {})
    texts, automation = _texts(package, language), package.automation
    if automation is not None:
        automation = replace(
            automation,
            explanation=flat.get("automation.explanation", automation.explanation),
            conditions=tuple(
                replace(one, reason=flat.get(f"automation.{one.key}", one.reason))
                for one in automation.conditions
            ),
        )
    return replace(
        package,
        name=flat.get("texts.title", package.name),
        form=_form(package, language),
        texts=texts,
        automation=automation,
        participants=tuple(_person(one, flat) for one in package.participants),
    )


def _refuse_strays(
    reader: Reader, file: str, flat: Flat, *, known: set[str], blocks: Mapping[str, Any]
) -> None:
    """Note texts that translate nothing; a block may hold more than the package uses."""
    for key in flat:
        first = key.split(".")[0]
        if first not in ("texts", "automation") and first not in blocks and key not in known:
            reader.say(file, key, "package.translates_nothing")


def _form(package: Package, language: str) -> Form:
    """Return the form in that language; where a text is missing the German one stays."""
    flat = package.translations.get(language)
    if not flat:
        return package.form
    form = package.form
    return msgspec.structs.replace(
        form,
        title=flat.get("texts.title", form.title),
        pages=tuple(
            msgspec.structs.replace(
                _put(page, f"page.{page.id}", flat, ("title", "help", "section")),
                nodes=tuple(_node(node, flat) for node in page.nodes),
            )
            for page in form.pages
        ),
        evidence=tuple(
            _put(one, f"evidence.{one.key}", flat, ("label", "help")) for one in form.evidence
        ),
        checks=tuple(
            msgspec.structs.replace(one, message=flat.get(f"check.{one.key}", one.message))
            for one in form.checks
        ),
    )


def _texts(package: Package, language: str) -> Texts:
    """Return the texts of the service page in that language, German where one is missing."""
    flat = package.translations.get(language, {})
    found: dict[str, Any] = {}
    for name in Texts.__slots__:
        german = getattr(package.texts, name)
        text = flat.get(f"texts.{name}")
        if text is None:
            found[name] = german
        else:
            found[name] = tuple(text.split(_SEPARATOR)) if isinstance(german, tuple) else text
    return Texts(**found)


def translation_gaps(package: Package, language: str) -> tuple[str, ...]:
    """Name every German text that has no translation."""
    flat = package.translations.get(language, {})
    wanted = {f"texts.{name}" for name in Texts.__slots__ if getattr(package.texts, name)}
    wanted |= {*_form_texts(package.form), *_people_texts(package.participants)}
    return tuple(sorted(wanted - set(flat)))


def block_texts(tables: Mapping[str, Mapping[str, Any]]) -> Flat:
    """Return the flat texts of tables by element id, as en.toml and the blocks have them."""
    flat: Flat = {}
    for element, texts in tables.items():
        for key, text in texts.items():
            if key == "options":
                flat |= {f"{element}.option.{code}": label for code, label in text.items()}
            elif key == "option_help":
                flat |= {f"{element}.option_help.{code}": help for code, help in text.items()}
            else:
                flat[f"{element}.{key}"] = text
    return flat


def _form_texts(form: Form) -> Iterator[str]:
    for page in form.pages:
        yield from _given(page, f"page.{page.id}", ("title", "help", "section"))
        for node in page.nodes:
            yield from _node_texts(node)
    for one in form.evidence:
        yield from _given(one, f"evidence.{one.key}", ("label", "help"))
    for check in form.checks:
        yield f"check.{check.key}"


def _people_texts(people: Iterable[Participant]) -> Iterator[str]:
    for one in people:
        yield from (f"participant.{one.role}.{n}" for n in _PERSON_TEXTS if getattr(one, n))


def _person(one: Participant, flat: Mapping[str, str]) -> Participant:
    prefix = f"participant.{one.role}"
    return replace(one, **{n: flat.get(f"{prefix}.{n}", getattr(one, n)) for n in _PERSON_TEXTS})


def _node_texts(node: Node) -> Iterator[str]:
    yield from _given(node, node.id, tuple(n for n in _NODE_TEXTS if hasattr(node, n)))
    if isinstance(node, Field):
        for option in node.options:
            yield f"{node.id}.option.{option.code}"
            if option.help:
                yield f"{node.id}.option_help.{option.code}"
    else:
        for inner in node.nodes:
            yield from _node_texts(inner)


def _given(thing: msgspec.Struct, prefix: str, names: tuple[str, ...]) -> Iterator[str]:
    return (f"{prefix}.{name}" for name in names if getattr(thing, name))


def _put(thing: N, prefix: str, flat: Mapping[str, str], names: tuple[str, ...]) -> N:
    texts = {name: flat[f"{prefix}.{name}"] for name in names if f"{prefix}.{name}" in flat}
    return msgspec.structs.replace(thing, **texts) if texts else thing


def _node(node: Node, flat: Mapping[str, str]) -> Node:
    names = tuple(name for name in _NODE_TEXTS if hasattr(node, name))
    put = _put(node, node.id, flat, names)
    if not isinstance(put, Field):
        return msgspec.structs.replace(put, nodes=tuple(_node(one, flat) for one in put.nodes))
    options = tuple(
        msgspec.structs.replace(
            one,
            label=flat.get(f"{node.id}.option.{one.code}", one.label),
            help=flat.get(f"{node.id}.option_help.{one.code}", one.help),
        )
        for one in put.options
    )
    return msgspec.structs.replace(put, options=options) if options else put
