"""Reads the TOML files of a package and says precisely what is wrong: file, key, what to do.

Nothing stops at the first fault: a `Reader` collects them all, and the caller raises them once.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from gemeinwerk.core.kernel import Fault

MOST_BYTES = 1_000_000
MOST_DEPTH = 12

Table = dict[str, Any]
T = TypeVar("T")

_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_AT = re.compile(r" - at `\$\.?(.*)`$")
_DEFINED = (msgspec.inspect.StructType, msgspec.inspect.DataclassType)


@dataclass(slots=True)
class Reader:
    """The files of one package and the faults found so far."""

    files: Mapping[str, bytes]
    faults: list[Fault] = field(default_factory=list)

    def say(self, file: str, key: str, code: str, **params: str | int) -> None:
        """Note a fault; its path is "file: key"."""
        place = f"{file}: {key}" if key else file
        self.faults.append(Fault(place, code, {"file": file, "key": key, **params}))

    def table(self, file: str, *, required: bool = True) -> Table:
        """Return the content of a file, empty when it is missing or broken (and noted)."""
        data = self.files.get(file)
        if data is None:
            if required:
                self.say(file, "", "package.file_missing")
            return {}
        return self._parse(file, data)

    def _parse(self, file: str, data: bytes) -> Table:
        if len(data) > MOST_BYTES:
            self.say(file, "", "package.file_too_large", limit=MOST_BYTES)
            return {}
        try:
            table = tomllib.loads(data.decode("utf-8"), parse_float=Decimal)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self.say(file, "", "package.not_utf8", line=line)
            return {}
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            found = _LINE.search(str(error))
            why = _LINE.sub("", str(error)).strip()
            self.say(file, "", "package.broken", line=int(found[1]) if found else 0, why=why)
            return {}
        if _depth(table) > MOST_DEPTH:
            self.say(file, "", "package.too_deep", limit=MOST_DEPTH)
            return {}
        return table

    def make(self, file: str, key: str, table: object, kind: type[T]) -> T | None:
        """Turn a table into `kind`; None when it does not fit (every reason is noted)."""
        if not isinstance(table, dict):
            self.say(file, key, "package.no_table")
            return None
        before = len(self.faults)
        self._check_keys(file, key, table, msgspec.inspect.type_info(kind))
        if len(self.faults) > before:
            return None
        try:
            return msgspec.convert(table, kind, strict=True)
        except msgspec.ValidationError as error:
            text = str(error)
            at = _AT.search(text)
            inner = at[1] if at else ""
            full = ".".join(part for part in (key, inner) if part)
            self.say(file, full, "package.wrong_value", why=_AT.sub("", text))
            return None

    def make_all(self, file: str, name: str, tables: object, kind: type[T]) -> tuple[T, ...]:
        """Turn a list of tables ([[name]]) into a tuple, leaving out those that do not fit."""
        if not isinstance(tables, list):
            self.say(file, name, "package.no_list")
            return ()
        made = (self.make(file, f"{name}[{i}]", one, kind) for i, one in enumerate(tables))
        return tuple(one for one in made if one is not None)

    def only(self, file: str, table: Table, *known: str) -> None:
        """Note every key of `table` that is none of the `known` ones."""
        for name in table:
            if name not in known:
                self._unknown(file, name, known)

    def _unknown(self, file: str, key: str, known: tuple[str, ...]) -> None:
        name = re.split(r"[.\]]", key)[-1]
        near = difflib.get_close_matches(name, known, n=1)
        meant = near[0] if near else ", ".join(sorted(known))
        self.say(file, key, "package.unknown_key", known=meant)

    def _check_keys(self, file: str, key: str, table: Table, info: msgspec.inspect.Type) -> None:
        if not isinstance(info, _DEFINED):
            return
        fields = {one.encode_name: one for one in info.fields}
        known = tuple(fields)
        for name, value in table.items():
            place = f"{key}.{name}" if key else name
            if name not in fields:
                self._unknown(file, place, known)
                continue
            self._check_inner(file, place, value, fields[name].type)
        for name, one in fields.items():
            if one.required and name not in table:
                self.say(file, f"{key}.{name}" if key else name, "package.missing_key")

    def _check_inner(self, file: str, key: str, value: object, info: msgspec.inspect.Type) -> None:
        inner: tuple[msgspec.inspect.Type, ...] = (info,)
        if isinstance(info, msgspec.inspect.UnionType):
            inner = info.types
        for kind in inner:
            if isinstance(kind, _DEFINED) and isinstance(value, dict):
                self._check_keys(file, key, value, kind)
            if isinstance(kind, msgspec.inspect.VarTupleType) and isinstance(value, list):
                for index, one in enumerate(value):
                    if isinstance(one, dict):
                        self._check_keys(file, f"{key}[{index}]", one, kind.item_type)


def _depth(value: object) -> int:
    deepest, todo = 0, [(value, 1)]
    while todo:
        one, level = todo.pop()
        deepest = max(deepest, level)
        if level > MOST_DEPTH:
            break
        children = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        todo.extend((child, level + 1) for child in children)
    return deepest
