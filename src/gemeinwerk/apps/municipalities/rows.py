"""Rows by their key with SQL that is written once: for what every request asks.

Django builds the text of each query anew, which costs several times what the database needs to
answer it. The few hot look-ups (session, draft, submission) go through here instead. The walls
stand in the database and hold for these statements as for all others.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)
Key = UUID | str | bytes | int
"""What a row is found by."""


class RowByKey(Generic[M]):
    """Finds the one row whose `fields` have the given values.

    >>> sessions = RowByKey(Session, "token_hash")
    >>> sessions.find(fingerprint)
    """

    def __init__(self, model: type[M], *fields: str) -> None:
        self._model = model
        self._fields = fields

    def find(self, *values: Key, lock: bool = False) -> M | None:
        """Return the row, locked until the transaction ends if asked, or None."""
        with connection.cursor() as cursor:
            cursor.execute(self._statement + (" FOR UPDATE" if lock else ""), values)
            row = cursor.fetchone()
        if row is None:
            return None
        loaded = list(row)
        for index, convert in self._converters:
            loaded[index] = convert(loaded[index])
        return self._model.from_db(connection.alias, self._names, loaded)

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self._model._meta.concrete_fields]

    @cached_property
    def _statement(self) -> str:
        """The text holds names of our own columns only; values are always bound."""
        meta, quote = self._model._meta, connection.ops.quote_name
        columns = ", ".join(quote(str(field.column)) for field in meta.concrete_fields)
        keys = (quote(str(meta.get_field(name).column)) for name in self._fields)  # type: ignore[union-attr]  # own columns, no relations back
        where = " AND ".join(f"{key} = %s" for key in keys)
        return f"SELECT {columns} FROM {quote(meta.db_table)} WHERE {where}"  # noqa: S608  # see above

    @cached_property
    def _converters(self) -> list[tuple[int, Callable[[Any], Any]]]:
        found: list[tuple[int, Callable[[Any], Any]]] = []
        for index, field in enumerate(self._model._meta.concrete_fields):
            column = field.get_col(self._model._meta.db_table)
            for convert in field.get_db_converters(connection):
                found.append((index, _bound(convert, column)))
        return found


def _bound(convert: Callable[..., Any], column: object) -> Callable[[Any], Any]:
    return lambda value: convert(value, column, connection)
