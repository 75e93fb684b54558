"""The form (Formular) as data: pages, groups, fields and the evidence asked for.

The classes are frozen msgspec structs, not dataclasses: a page holds groups and fields in one
ordered tuple, and only tagged structs let `msgspec.convert` read such a mix back from JSON.
Documents leave out what has its default value; `type` says whether a node is a group or a field.

Expressions are stored as text (see `core.expressions`) and name fields by their path from the
top ("G1.F2"); inside a group the path may also start at any group around the field. A path into
a repeated group means the same instance inside that group and the list of all values outside.
The empty text means "no expression".
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

FieldKind = Literal[
    "text",
    "long_text",
    "integer",
    "decimal",
    "money",
    "date",
    "partial_date",
    "boolean",
    "choice",
    "email",
    "code_entry",
    "note",
    "hidden",
]
"""How a field is asked. `code_entry` is a choice whose code list is missing ("Liste fehlt").

`partial_date` is a birth date that may be known to the year or month only (see `partial_dates`).
"""

TextType = Literal["A", "B", "C"]
"""Datatype of DIN 91379: A names of persons, B other names, C texts."""

TextFormat = Literal[
    "",
    "iban",
    "bic",
    "plate",
    "postal_code",
    "phone",
    "tax_id",
    "vat_id",
    "municipality_key",
    "routing_id",
    "identity_card",
    "time",
    "datetime",
    "point",
    "area",
]
"""A known format of a text field; its check needs more than a pattern."""

Layout = Literal["pages", "one_per_page", "compact"]
"""How a form is spread over pages: as the author made them, one thing per page, or all on one."""

ValueKind = Literal["text", "integer", "decimal", "money", "date", "boolean", "choice"]
"""What a variable holds."""


class Option(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One answer (Auswahlmöglichkeit) of a choice: the stored code and what people read."""

    code: str
    label: str
    help: str = ""


class Field(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="field"
):
    """One question (Feld)."""

    id: str
    label: str
    kind: FieldKind = "text"
    help: str = ""
    why: str = ""
    """Why it is asked, with the legal basis; shown as a fold-out."""
    purpose: str = ""
    """What happens with the answer (Zweck nach Art. 13 DSGVO); stands in the same fold-out."""
    example: str = ""
    minimum: int = 1
    """Fewest answers; 0 is an optional field."""
    maximum: int | None = 1
    """Most answers; None is unbounded, more than 1 a repeated field."""
    required_when: str = ""
    """Makes an optional field required while true."""
    may_lack: str = ""
    """Why a required answer may be left out when applying, e.g. because the law forbids to refuse
    the application (§ 24 (3) VwVfG). Nothing is refused then; the rows say that it is missing."""
    visible_when: str = ""
    value: str = ""
    """Calculation: the field is shown, cannot be typed in, and always holds this."""
    default: str = ""
    """Canonical value that stands in the field at first."""
    locked: bool = False
    """Shown with its default, cannot be changed (gesperrt)."""
    hidden: bool = False
    """Never shown; holds its default or calculation (versteckt)."""
    must_be_true: bool = False
    """A declaration or consent: a box that has to be ticked if the field is required."""
    statement: str = ""
    """The words that are declared or consented to; they are frozen with the submission."""
    statement_version: str = ""
    """Which version of the words this is, e.g. "2026-01"."""
    min_length: int | None = None
    max_length: int | None = None
    """In units a person sees: a sequence of DIN 91379 counts as one."""
    min_value: Decimal | None = None
    max_value: Decimal | None = None
    decimals: int | None = None
    """Most digits after the comma; None is unbounded, money always has two."""
    unit: str = ""
    """Shown behind the input, e.g. "m²"."""
    pattern: str = ""
    """XSD regular expression for the whole value."""
    pattern_help: str = ""
    """Says in words what the pattern wants, e.g. "fünf Ziffern"."""
    format: TextFormat = ""
    options: tuple[Option, ...] = ()
    code_list: str = ""
    """URI of the code list the options come from."""
    text_type: TextType = "C"
    autocomplete: str = ""
    """HTML autocomplete token, e.g. "family-name"."""
    not_before: str = ""
    not_after: str = ""
    """Expressions giving the first and the last allowed day, e.g. "today"."""


class Group(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="group"
):
    """Questions that belong together (Feldgruppe), perhaps several times."""

    id: str
    label: str
    nodes: tuple[Group | Field, ...]
    help: str = ""
    why: str = ""
    minimum: int = 1
    """0 is an optional group: its required fields are required once any of it is answered."""
    maximum: int | None = 1
    visible_when: str = ""
    choice: bool = False
    """Exactly one of the nodes is answered (Auswahlgruppe)."""
    entry_pages: bool = False
    """A repeated group with a page for each entry and a list of them, instead of one below the
    other."""
    table: bool = False
    """Shown as a table: entries, or the groups in it, are rows and their fields are columns."""


class Page(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One page (Seite). Its id is no part of the paths of its fields.

    A group may be continued on a later page: same id, same settings, other nodes.
    """

    id: str
    title: str
    nodes: tuple[Group | Field, ...]
    help: str = ""
    visible_when: str = ""
    section: str = ""
    """Title of the part a page belongs to; pages in a row with the same one are shown as one
    section of the check page and one line of the task list."""


LARGEST_FILE = 10_000_000
"""Bytes of one document: with it a request stays below what the web server takes at once."""


class EvidenceSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document (Nachweis) that is asked for."""

    key: str
    label: str
    help: str = ""
    required: bool = True
    required_when: str = ""
    visible_when: str = ""
    within: str = ""
    """Path of the group it belongs to: asked once per instance, and only if the group applies."""
    may_follow: bool = True
    """May be handed in later (nachreichbar)."""
    follow_days: int = 14
    accepts: tuple[str, ...] = ("application/pdf", "image/jpeg", "image/png", "image/heic")
    max_size: int = LARGEST_FILE
    """Bytes per file."""
    maximum: int = 10
    """Most files."""


class Variable(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A named value expressions may use (Rechengröße).

    With `value` it is calculated from answers; without, the caller of `compile_form` supplies it,
    e.g. a parameter of the town named "param.dogs_allowed".
    """

    name: str
    kind: ValueKind
    value: str = ""


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule across fields (Plausibilität): unless `holds`, `path` gets `message`."""

    key: str
    path: str
    holds: str
    message: str


class Form(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A whole form (Formular) in one version."""

    key: str
    version: str
    title: str
    pages: tuple[Page, ...]
    evidence: tuple[EvidenceSpec, ...] = ()
    variables: tuple[Variable, ...] = ()
    checks: tuple[Check, ...] = ()
    layout: Layout = "pages"


Node = Group | Field
