"""A form on paper (Papierformular) as data: its questions, and what is to become of each.

The classes are stored as JSON documents: fields are added with a default, never renamed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from gemeinwerk.core.schemas import Finding

QuestionKind = Literal[
    "text",
    "long_text",
    "date",
    "boolean",
    "choice",
    "integer",
    "decimal",
    "money",
    "email",
    "phone",
    "postal_code",
    "iban",
    "evidence",
    "signature",
    "note",
]
"""What is answered to a question; "evidence" is a document, "note" only text to read."""

KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
ASKABLE = tuple(kind for kind in KINDS if kind != "signature")

Verb = Literal["keep", "drop", "register", "merge", "block"]
VERBS: tuple[Verb, ...] = get_args(Verb)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may become of a question (Vorschlag), and why: `code` and `params` make the sentence.

    `target` is the number of another question (merge), a register, or the paths of known blocks.
    """

    verb: Verb
    target: str = ""
    code: str = ""
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it stands on paper (Frage); the best proposal stands first."""

    number: int
    id: str
    text: str
    kind: QuestionKind = "text"
    options: tuple[str, ...] = ()
    needed: bool | None = None
    why: str = ""
    section: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What the author decided for a question (Entscheidung).

    `reason` says why it is dropped; `text`, `kind` and `needed` are what is asked in its place.
    """

    verb: Verb
    target: str = ""
    reason: str = ""
    text: str = ""
    kind: QuestionKind | None = None
    needed: bool | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A whole form on paper (Fragebogen), with the decisions by number of the question."""

    title: str
    questions: tuple[Question, ...]
    decisions: dict[str, Decision] = field(default_factory=dict)

    def question(self, number: int) -> Question | None:
        """Return the question with this number."""
        at = number - 1
        return self.questions[at] if 0 <= at < len(self.questions) else None

    def decision(self, number: int) -> Decision | None:
        """Return what was decided for a question."""
        return self.decisions.get(str(number))

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions nobody has decided yet."""
        return tuple(one for one in self.questions if str(one.number) not in self.decisions)
