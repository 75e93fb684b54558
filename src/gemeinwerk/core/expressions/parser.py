"""Reads the text form of an expression: recursive descent, one method per level of binding."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from gemeinwerk.core.expressions.errors import TooDeepError, UnexpectedError, UnreadableError
from gemeinwerk.core.expressions.tokens import Token, tokenise
from gemeinwerk.core.expressions.tree import (
    MAX_DEPTH,
    Arithmetic,
    Call,
    Compare,
    Expr,
    If,
    ListOf,
    Literal,
    Logic,
    Name,
    Negative,
    Not,
    depth,
)

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "in"})
_WORDS = {"true": True, "false": False, "null": None}
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse(text: str) -> Expr:
    """Read an expression (Ausdruck); raise `ExpressionError` with the position of the mistake."""
    reader = _Reader(tokenise(text))
    expr = reader.expression()
    reader.expect_end()
    if depth(expr) > MAX_DEPTH:
        raise TooDeepError(limit=MAX_DEPTH)
    return expr


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _is(self, *signs: str) -> bool:
        return self._now.kind == "sign" and self._now.value in signs

    def _take(self) -> Token:
        token = self._now
        self._at += 1
        return token

    def _expect(self, sign: str) -> None:
        if not self._is(sign):
            raise self._unexpected(sign)
        self._at += 1

    def _unexpected(self, expected: str) -> UnexpectedError:
        token = self._now
        found = token.value[:20] if token.kind != "end" else ""
        return UnexpectedError(position=token.position, found=found, expected=expected)

    def expect_end(self) -> None:
        if self._now.kind != "end":
            raise self._unexpected("end")

    def expression(self) -> Expr:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooDeepError(position=self._now.position, limit=MAX_DEPTH)
        expr = self._if() if self._is("if") else self._or()
        self._depth -= 1
        return expr

    def _if(self) -> Expr:
        position = self._take().position
        condition = self.expression()
        self._expect("then")
        then = self.expression()
        self._expect("else")
        return If(condition, then, self.expression(), position)

    def _or(self) -> Expr:
        return self._chain("or", self._and)

    def _and(self) -> Expr:
        return self._chain("and", self._not)

    def _chain(self, operator: str, level: Callable[[], Expr]) -> Expr:
        first = level()
        if not self._is(operator):
            return first
        position = self._now.position
        operands = [first]
        while self._is(operator):
            self._take()
            operands.append(level())
        return Logic(operator, tuple(operands), position)

    def _not(self) -> Expr:
        negations: list[int] = []
        while self._is("not"):
            negations.append(self._take().position)
        expr = self._comparison()
        return self._wrapped(Not, expr, negations)

    def _wrapped(self, kind: type[Not] | type[Negative], expr: Expr, at: list[int]) -> Expr:
        for position in reversed(at):
            expr = kind(expr, position)
        return expr

    def _comparison(self) -> Expr:
        left = self._sum()
        position = self._now.position
        if self._is("not"):
            self._take()
            self._expect("in")
            return Compare("not in", left, self._sum(), position)
        if self._is(*_COMPARISONS):
            return Compare(self._take().value, left, self._sum(), position)
        return left

    def _sum(self) -> Expr:
        return self._arithmetic(("+", "-"), self._product)

    def _product(self) -> Expr:
        return self._arithmetic(("*", "/"), self._sign)

    def _arithmetic(self, signs: tuple[str, ...], level: Callable[[], Expr]) -> Expr:
        first = level()
        if not self._is(*signs):
            return first
        position = self._now.position
        steps: list[tuple[str, Expr]] = []
        while self._is(*signs):
            operator = self._take().value
            steps.append((operator, level()))
        return Arithmetic(first, tuple(steps), position)

    def _sign(self) -> Expr:
        minuses: list[int] = []
        while self._is("-"):
            minuses.append(self._take().position)
        if minuses and self._now.kind == "number":
            position = minuses.pop()
            number: Expr = Literal(Decimal(self._take().value).copy_negate(), position)
            return self._wrapped(Negative, number, minuses)
        return self._wrapped(Negative, self._single(), minuses)

    def _single(self) -> Expr:
        token = self._now
        match token.kind:
            case "number":
                return Literal(Decimal(self._take().value), token.position)
            case "text":
                return Literal(self._take().value, token.position)
            case "name":
                return self._name()
            case "sign" if token.value in _WORDS:
                return Literal(_WORDS[self._take().value], token.position)
            case "sign" if token.value == "[":
                self._take()
                return ListOf(self._items("]"), token.position)
            case "sign" if token.value == "(":
                self._take()
                expr = self.expression()
                self._expect(")")
                return expr
            case "sign" if token.value == "if":
                return self.expression()
            case _:
                raise self._unexpected("value")

    def _name(self) -> Expr:
        token = self._take()
        if not self._is("("):
            return Name(token.value, token.position)
        self._take()
        if token.value == "date":
            return self._date(token.position)
        return Call(token.value, self._items(")"), token.position)

    def _date(self, position: int) -> Expr:
        token = self._now
        if token.kind != "text":
            raise self._unexpected('"JJJJ-MM-TT"')
        self._take()
        self._expect(")")
        if not _ISO_DATE.fullmatch(token.value):
            raise UnreadableError(position=token.position, found=token.value[:20])
        try:
            return Literal(date.fromisoformat(token.value), position)
        except ValueError as wrong:
            raise UnreadableError(position=token.position, found=token.value) from wrong

    def _items(self, closing: str) -> tuple[Expr, ...]:
        items: list[Expr] = []
        if not self._is(closing):
            items.append(self.expression())
            while self._is(","):
                self._take()
                items.append(self.expression())
        self._expect(closing)
        return tuple(items)
