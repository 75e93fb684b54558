"""What a schema (Datenschema, FIM Baustein Datenfelder) says, whichever version it was written in.

The classes are stored as JSON documents: fields are added with a default, never renamed.
Texts are normalised for display (NFC, no odd blanks, single line unless a paragraph was meant).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Standard = Literal["xdf2", "xdf3"]
Severity = Literal["error", "warning", "info"]
FieldArt = Literal["input", "select", "label", "hidden", "locked"]
Datatype = Literal[
    "text",
    "string_latin",
    "date",
    "time",
    "datetime",
    "bool",
    "num",
    "num_int",
    "num_currency",
    "file",
    "object",
]
Prefill = Literal["none", "optional", "required"]
# RNG: bound to a law, ABS: abstract (must be made concrete), HAR: harmonised, "": not said
ElementKind = Literal["", "RNG", "ABS", "HAR"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a schema says that cannot be used, or not yet (Befund).

    `place` is the path of element ids from the top joined by ".", as in answers; "" is the
    schema itself. `code` and `params` make the sentence that `web` shows.
    """

    severity: Severity
    place: str
    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal reference (Rechtsbezug) as its author wrote it; `link` is "" when none is given."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule (Regel): `text` is German prose, `script` what the author programmed, both as data.

    `kind` of XDatenfelder 3: "K" completeness, "V" validation, "B" calculation, "M" mixed; else "".
    """

    id: str
    version: str
    name: str
    text: str
    script: str = ""
    description: str = ""
    kind: str = ""
    legal_basis: tuple[LegalBasis, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One entry of a code list (Codelisteneintrag)."""

    code: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list (Codeliste, genericode); `version_uri` is the URI of this very version or ""."""

    uri: str
    version: str
    name: str
    entries: tuple[CodeEntry, ...]
    version_uri: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def key(self) -> str:
        """The key under which lists are kept: the URI of the version, else the plain URI."""
        return _list_key(self.uri, self.version, self.version_uri)


@dataclass(frozen=True, slots=True)
class CodeListRef:
    """Points from a field to a code list; the columns are "" when the list decides itself.

    `id` is the FIM number of the list (C...), which only XDatenfelder 2 names.
    """

    uri: str
    version: str = ""
    version_uri: str = ""
    id: str = ""
    code_column: str = ""
    label_column: str = ""
    help_column: str = ""

    @property
    def key(self) -> str:
        """The key under which the list meant is kept (see `CodeList.key`)."""
        return _list_key(self.uri, self.version, self.version_uri)

    def pick(self, lists: Mapping[str, CodeList]) -> CodeList | None:
        """Return the list meant: by version URI, else by plain URI, else None."""
        found = lists.get(self.key)
        return found if found is not None else lists.get(self.uri)


@dataclass(frozen=True, slots=True)
class Field:
    """A field (Datenfeld).

    `default` is the given content (Inhalt); for art "label" it is the text to show. `minimum` and
    `maximum` are canonical strings ("12.50", ISO dates), lengths count characters, `max_size`
    counts bytes. `options` are values listed in the schema itself; `code_list` points elsewhere.
    """

    id: str
    version: str
    name: str
    label: str
    help: str
    description: str
    legal_basis: tuple[LegalBasis, ...]
    art: FieldArt
    datatype: Datatype
    min_length: int | None = None
    max_length: int | None = None
    minimum: str | None = None
    maximum: str | None = None
    pattern: str | None = None
    default: str = ""
    code_list: CodeListRef | None = None
    options: tuple[CodeEntry, ...] = ()
    media_types: tuple[str, ...] = ()
    max_size: int | None = None
    rules: tuple[Rule, ...] = ()
    prefill: Prefill = "none"
    kind: ElementKind = ""
    status: str = ""
    definition: str = ""
    output_label: str = ""
    output_help: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of fields (Datenfeldgruppe); `choice`: exactly one of the children is given."""

    id: str
    version: str
    name: str
    label: str
    help: str
    description: str
    legal_basis: tuple[LegalBasis, ...]
    choice: bool
    children: tuple[Occurrence, ...]
    rules: tuple[Rule, ...] = ()
    kind: ElementKind = ""
    status: str = ""
    definition: str = ""
    output_label: str = ""
    output_help: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """How often an element stands at this place (Struktur); `maximum` None: without limit."""

    element: Group | Field
    minimum: int
    maximum: int | None
    legal_basis: tuple[LegalBasis, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema (Datenschema, Stammdatenschema) with all that hangs below it.

    A message that holds a lone group or field reads as a schema with this one child. `status` is
    the code of the standard ("6" is gold in XDatenfelder 3, "aktiv" in 2); days are ISO or "".
    The two derivation codes say what a town may change (Ableitungsmodifikationen): structure "0"
    nothing, "1" narrow, "2" widen, "3" all; display "0" nothing, "1" all. Who set a status when is
    left out, it concerns the editors only.
    """

    id: str
    version: str
    standard: Standard
    name: str
    label: str
    description: str
    legal_basis: tuple[LegalBasis, ...]
    children: tuple[Occurrence, ...]
    rules: tuple[Rule, ...] = ()
    findings: tuple[Finding, ...] = ()
    help: str = ""
    definition: str = ""
    status: str = ""
    valid_from: str = ""
    valid_until: str = ""
    version_note: str = ""
    document_type: str = ""
    keywords: tuple[str, ...] = ()
    derivation_structure: str = ""
    derivation_display: str = ""


def _list_key(uri: str, version: str, version_uri: str) -> str:
    if version_uri:
        return version_uri
    return f"{uri}_{version}" if version else uri
