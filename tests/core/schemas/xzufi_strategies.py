"""Generates service descriptions of any shape from the classes themselves."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from gemeinwerk.core.schemas.records import Record
from gemeinwerk.core.schemas.records.model import Slot, plan_of

# what XML can hold and what comes back as it went in: no control signs, no lone surrogates
TEXTS = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc", "Co", "Cn"), blacklist_characters="\ufffe\uffff"
    ),
    max_size=12,
)
LEAVES: dict[type, st.SearchStrategy[Any]] = {
    str: TEXTS.filter(lambda text: not text.startswith("--")),
    int: st.integers(-(10**9), 10**9),
    bool: st.booleans(),
    Decimal: st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False),
}


@cache
def records(record: Any, depth: int = 4) -> st.SearchStrategy[Any]:
    """Return a strategy for a class; below `depth` only what must be there."""
    return st.fixed_dictionaries(
        {slot.name: _values(slot, depth) for slot in plan_of(record).slots}
    ).map(lambda values: record(**values))


def _values(slot: Slot, depth: int) -> st.SearchStrategy[Any]:
    if depth <= 0 and slot.many:
        return st.just(())
    if depth <= 0 and slot.optional and slot.where != "text":
        return st.none()
    one = st.one_of(*[_one(option, depth - 1) for option in slot.options])
    if slot.many:
        return st.lists(one, max_size=1 if depth < 3 else 2).map(tuple)
    # an empty text in an element is not told from an absent one by JSON
    return st.one_of(st.none(), one) if slot.optional and slot.where != "text" else one


def _one(option: type, depth: int) -> st.SearchStrategy[Any]:
    if issubclass(option, Record):
        if option.SIGN:
            return st.just(option(value="--12-31"))  # type: ignore[call-arg]  # a class of text
        return st.deferred(lambda: records(option, depth))
    return LEAVES[option]
