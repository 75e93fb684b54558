"""What a service package (Leistungspaket) says about one service: all of it data, none of it code.

Packages are frozen documents: a published one never changes, and cases keep the version they
began with. Fields are added with a default, never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from gemeinwerk.core.calendars import Law
from gemeinwerk.core.decisions import NoticeTemplate, Outcome
from gemeinwerk.core.fees import FeeRule
from gemeinwerk.core.forms import Form
from gemeinwerk.core.kernel.dated import Entry

FORMAT = 1

ParameterKind = Literal["money", "number", "text", "boolean", "table"]
ColumnKind = Literal["money", "number", "text"]
ValueKind = Literal["text", "integer", "decimal", "money", "year", "date", "boolean"]
IdentityLevel = Literal["none", "basic", "substantial", "high"]
Channel = Literal["online", "counter", "post", "phone"]
DecisionKind = Literal["permit", "certificate", "tax_assessment", "receipt", "decision"]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal basis (Rechtsgrundlage); `local` marks a norm the town names in its own words."""

    norm: str
    text: str = ""
    local: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table parameter (Spalte)."""

    name: str
    kind: ColumnKind
    label: str
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a town sets itself (Parameter): typed, dated, with the norm it comes from.

    Without a `default` the town has to set it before it can publish, unless `optional`.
    `minimum` and `maximum` bound money and number. Expressions call it `param.<name>`.
    """

    name: str
    kind: ParameterKind
    label: str
    help: str = ""
    unit: str = ""
    norm_help: str = ""
    example: str = ""
    minimum: int | None = None
    maximum: int | None = None
    optional: bool = False
    changeable: bool = True
    columns: tuple[Column, ...] = ()
    default: tuple[Entry[str], ...] = ()


@dataclass(frozen=True, slots=True)
class StreetMatch:
    """Finds the row of a street table by two answers (columns street, from, to, side)."""

    street: str
    house_number: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Reads the column `give` of the one row that matches (Tabellensuche).

    `match` compares columns with names (paths, values, parameters). Without any row: the value
    of the expression `otherwise`. Rows that say different things give nothing.
    """

    table: str
    give: str
    street: StreetMatch | None = None
    match: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A named value of fee, route and notice (Rechengröße): an expression or a lookup."""

    name: str
    kind: ValueKind
    value: str = ""
    lookup: Lookup | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition for deciding without a person; `reason` tells why it fails (R15)."""

    key: str
    holds: str
    reason: str


@dataclass(frozen=True, slots=True)
class Automation:
    """When a machine may decide (vollautomatischer Erlass, R15).

    `checks` are asked of connectors by name; `free_text` are paths whose mere answer sends the
    case to a person. Any doubt goes to a person.
    """

    legal_basis: str
    conditions: tuple[Condition, ...] = ()
    checks: tuple[str, ...] = ()
    free_text: tuple[str, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the file is kept (Aufbewahrung, R34); `years` None: the town has to say."""

    years: int | None
    starts: Literal["end_of_year_closed", "closed", "end_of_validity"] = "end_of_year_closed"
    reason: str = ""
    norm: str = ""
    draft_days: int = 30


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the privacy notice and the processing record say (R31, R33)."""

    purpose: str
    legal_basis: str
    data_categories: tuple[str, ...]
    recipients: tuple[str, ...]
    third_countries: str = "keine"
    automated_decision: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Paths of the consent to download and of the e-mail address for the alert (R20)."""

    consent: str
    email: str


@dataclass(frozen=True, slots=True)
class Texts:
    """What the service page tells (Leistungstexte); {param.x} and {usual_days} are filled in."""

    title: str
    summary: str = ""
    needs: tuple[str, ...] = ()
    cost: str = ""
    duration: str = ""
    who: str = ""
    deadline: str = ""
    details: str = ""
    declaration: str = ""
    next_steps: tuple[str, ...] = ()
    other_channels: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Another person (beteiligte Person) who fills in pages of her own by a link of her own.

    She is asked while one of her `pages` applies; `when` is a condition for all of them. The
    submission waits for her if `required` or while `required_when` is true. She may begin once
    all roles in `after` are done. She reads the pages and paths in `sees` of others; of hers the
    applicant reads only what stands in `tells`, and otherwise that she is done.
    """

    role: str
    name: str
    pages: tuple[str, ...]
    when: str = ""
    required: bool = True
    required_when: str = ""
    after: tuple[str, ...] = ()
    sees: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    days: int = 14
    invitation: str = ""
    declaration: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a test case expects; what is None or empty is not looked at."""

    pages: tuple[str, ...] | None = None
    visible: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    faults: Mapping[str, str] | None = None
    evidence: tuple[str, ...] | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    fee: str | None = None
    route: Literal["automatic", "human"] | None = None
    reason: str | None = None
    outcome: str | None = None
    notice: tuple[str, ...] = ()
    notice_lacks: tuple[str, ...] = ()
    people: tuple[str, ...] | None = None
    """Roles without which the application cannot be submitted."""
    sees: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By role: paths of the answers of others that she reads."""


@dataclass(frozen=True, slots=True)
class TestCase:
    """A replayable example (Testfall) that shows what the package does.

    `failed_checks` names connector checks that find something; `handed_in` the evidence that is
    there (None: all that is required); `decided` is what the person decides, if it is one.
    """

    __test__ = False  # not a pytest class

    name: str
    today: date
    answers: Mapping[str, str]
    parameters: Mapping[str, str | tuple[Mapping[str, str], ...]]
    expect: Expectation
    file: str = ""
    failed_checks: tuple[str, ...] = ()
    handed_in: tuple[str, ...] | None = None
    decided: Outcome | None = None


@dataclass(frozen=True, slots=True)
class UncheckedRule:
    """A rule of the schema that does not act in the form (nicht geprüfte Regel).

    People check it in each application. `text` is its prose, or the part of it that is left.
    """

    rule_id: str
    place: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Package:
    """One service as data (Leistungspaket), in one version."""

    key: str
    version: str
    name: str
    form: Form
    fee: FeeRule
    texts: Texts
    notice: NoticeTemplate
    legal_bases: tuple[LegalBasis, ...]
    privacy: Privacy | None
    retention: Retention
    process: str = ""
    leistungsschluessel: str = ""
    licence: str = ""
    maintainer: str = ""
    identity_level: IdentityLevel = "none"
    identity_reason: str = ""
    written_form: bool = False
    written_form_norm: str = ""
    discretion: bool = False
    decision_kind: DecisionKind = "decision"
    procedural_law: Law = Law.VWVFG
    life_situation: str = ""
    keywords: tuple[str, ...] = ()
    usual_days: int | None = None
    fee_on_request: bool = False
    channels: tuple[Channel, ...] = ("online", "counter", "post")
    automation: Automation | None = None
    delivery: Delivery | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    values: tuple[Calculation, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tests: tuple[TestCase, ...] = ()
    participants: tuple[Participant, ...] = ()
    unchecked_rules: tuple[UncheckedRule, ...] = ()
    format: int = FORMAT
