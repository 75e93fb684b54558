"""Forms on paper (Papierformulare): read their questions, propose, decide, make a schema of them.

No model and no network: tables of words say what a question is about.
"""

from gemeinwerk.core.paper.building import schema_of
from gemeinwerk.core.paper.errors import ListRefusedError
from gemeinwerk.core.paper.model import (
    ASKABLE,
    VERBS,
    Decision,
    Proposal,
    Question,
    QuestionKind,
    Questionnaire,
    Verb,
)
from gemeinwerk.core.paper.outcome import (
    SECONDS_PER_QUESTION,
    Outcome,
    decision_faults,
    draft_faults,
    hints,
    outcome_of,
)
from gemeinwerk.core.paper.proposals import (
    OF_LIBRARY,
    Finder,
    KnownBlock,
    accept_rest,
    decision_for,
    propose,
)
from gemeinwerk.core.paper.questions import read_questions
from gemeinwerk.core.paper.tables import MOST_BYTES, read_table
from gemeinwerk.core.paper.topics import RESIDENTS

__all__ = [
    "ASKABLE",
    "MOST_BYTES",
    "OF_LIBRARY",
    "RESIDENTS",
    "SECONDS_PER_QUESTION",
    "VERBS",
    "Decision",
    "Finder",
    "KnownBlock",
    "ListRefusedError",
    "Outcome",
    "Proposal",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "Verb",
    "accept_rest",
    "decision_faults",
    "decision_for",
    "draft_faults",
    "hints",
    "outcome_of",
    "propose",
    "read_questions",
    "read_table",
    "schema_of",
]
