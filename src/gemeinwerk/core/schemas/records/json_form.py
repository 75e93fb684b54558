"""Records as JSON objects in the form of the FIM portal, and back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from gemeinwerk.core.schemas.errors import BrokenDocumentError
from gemeinwerk.core.schemas.model import Finding
from gemeinwerk.core.schemas.records.model import Kept, Record, Slot, plan_of
from gemeinwerk.core.schemas.records.values import Plain, read_plain
from gemeinwerk.core.schemas.text import shown

_DEEPEST = 60


def to_json(record: Record) -> dict[str, Any]:
    """Return the JSON object of a record: every field, absent ones as null."""
    found: dict[str, Any] = {}
    for slot in plan_of(type(record)).slots:
        value = getattr(record, slot.name)
        if slot.many:
            found[slot.json] = [_out(slot, item) for item in value]
        else:
            found[slot.json] = _out(slot, value)
    for name, text in record.kept.members:
        found[name] = msgspec.json.decode(text)
    return found


def from_json(
    record: type[Record], given: Any, findings: list[Finding], *, code: str, place: str = ""
) -> Any:
    """Return the record of a JSON object; unknown members are kept and told.

    Raises BrokenDocumentError when a member is missing or not of its kind.
    """
    if not isinstance(given, dict) or place.count(".") > _DEEPEST:
        raise BrokenDocumentError(element=place or standard(record), why="object expected")
    plan = plan_of(record)
    values: dict[str, Any] = {}
    for slot in plan.slots:
        where = f"{place}.{slot.json}" if place else slot.json
        raw = given.get(slot.json)
        if slot.many:
            if not isinstance(raw, list | None):
                raise BrokenDocumentError(element=where, why="list expected")
            values[slot.name] = tuple(
                _in(slot, item, findings, code, f"{where}[{at}]")
                for at, item in enumerate(raw or ())
            )
        elif raw is None and slot.optional:
            values[slot.name] = None
        else:
            values[slot.name] = _in(slot, raw, findings, code, where)
    return record(**values, kept=_members(given, set(plan.by_json), findings, code, place))


def standard(record: type[Record]) -> str:
    """Return the name of the class for a message."""
    return record.__name__


def _members(
    given: dict[str, Any], known: set[str], findings: list[Finding], code: str, place: str
) -> Kept:
    extra = [name for name in given if name not in known]
    for name in extra:
        findings.append(Finding("warning", place, code, {"element": shown(name), "line": 0}))
    return Kept(members=tuple((name, msgspec.json.encode(given[name]).decode()) for name in extra))


def _out(slot: Slot, value: Any) -> Any:
    if isinstance(value, Record):
        if not slot.plain:
            return to_json(value)
        code = str(getattr(value, "code", ""))
        return int(code) if slot.numbered and code.isdecimal() else code
    if value is None and slot.never_null:
        return ""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _in(slot: Slot, raw: Any, findings: list[Finding], code: str, place: str) -> Any:
    if slot.plain and isinstance(raw, str | int) and not isinstance(raw, bool):
        return slot.options[0](code=str(raw))
    if slot.leaf and not isinstance(raw, dict):
        return _plain(slot, raw, place)
    records = [option for option in slot.options if issubclass(option, Record)]
    if not records:
        raise BrokenDocumentError(element=place, why="plain value expected")
    return from_json(_best(records, raw), raw, findings, code=code, place=place)


def _plain(slot: Slot, raw: Any, place: str) -> Plain:
    if str in slot.options and isinstance(raw, str):
        return raw
    if bool in slot.options and isinstance(raw, bool):
        return raw
    if (int in slot.options or Decimal in slot.options) and not isinstance(raw, bool | str):
        found = read_plain(str(raw), slot.options)
        if found is not None:
            return found
    raise BrokenDocumentError(element=place, why="value of another kind")


def _best(options: list[type[Record]], raw: Any) -> type[Record]:
    """Choose the class whose fields are those of the object; of equals the first."""
    given = set(raw) if isinstance(raw, dict) else set()

    def strange(option: type[Record]) -> int:
        return len(given.symmetric_difference(plan_of(option).by_json))

    return min(options, key=strange)
