"""What can be wrong with a list of questions."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class ListRefusedError(DomainError):
    """The file is no list of questions we can read; each reason has a code of its own."""

    code = "paper.refused"


class ListTooLargeError(ListRefusedError):
    """More bytes, rows or cells than a form on paper has; params: limit, what."""

    code = "paper.too_large"


class ListUnreadableError(ListRefusedError):
    """Neither CSV nor XLSX, or broken."""

    code = "paper.unreadable"


class NoQuestionColumnError(ListRefusedError):
    """No column holds questions; params: columns (what was found)."""

    code = "paper.no_question_column"


class NoQuestionsError(ListRefusedError):
    """The list has a head and nothing below."""

    code = "paper.no_questions"
