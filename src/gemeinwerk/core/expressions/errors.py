"""What can be wrong with an expression; each error knows its position in the text."""

from __future__ import annotations

from gemeinwerk.core.kernel.errors import DomainError, Param


class ExpressionError(DomainError):
    """An expression (Ausdruck) that cannot be used; `position` counts characters from 0."""

    code = "expression.invalid"

    def __init__(self, *, position: int = 0, **params: Param) -> None:
        super().__init__(position=position, **params)
        self.position = position


class TooLongError(ExpressionError):
    """The text is longer than the limit."""

    code = "expression.too_long"


class TooDeepError(ExpressionError):
    """Brackets, functions or branches are nested deeper than the limit."""

    code = "expression.too_deep"


class UnreadableError(ExpressionError):
    """A character, text, name, number or date that the language does not know."""

    code = "expression.unreadable"


class UnexpectedError(ExpressionError):
    """Something else was expected at this place."""

    code = "expression.unexpected"


class UnknownNameError(ExpressionError):
    """No answer, parameter or other value has this name."""

    code = "expression.unknown_name"


class UnknownFunctionError(ExpressionError):
    """No function has this name."""

    code = "expression.unknown_function"


class ArgumentCountError(ExpressionError):
    """Too many or too few arguments for a function."""

    code = "expression.argument_count"


class WrongTypeError(ExpressionError):
    """A text where a number belongs, and the like."""

    code = "expression.wrong_type"


class WrongValueError(ExpressionError):
    """A value at run time does not have the type that was declared for its name."""

    code = "expression.wrong_value"
