"""Remembers the HTML of a question without its answer, for a page asks the same ones all day.

What is kept comes from the form alone: the macro is drawn once with a mark in place of the answer,
and the answer of a person is put in, escaped, when the page is made. Choices are kept per chosen
code. A question with an error, or with an answer its options do not have, is drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minijinja import escape, safe

from gemeinwerk.web.ui import language

Node = Mapping[str, Any]

MOST_KEPT = 10_000
"""About a kilobyte each; then all go and the pages in use come back."""

_SLOT = "\ue0f0\ue0f1"
_TYPED = frozenset(
    (
        "text",
        "long_text",
        "integer",
        "decimal",
        "money",
        "date",
        "partial_date",
        "email",
        "code_entry",
    )
)
_kept: dict[tuple[object, ...], list[str]] = {}


def remembered(node: Node, in_choice: bool = False) -> str | None:
    """Return the HTML of a question that was drawn before, with the answer of this node in it."""
    key = _key(node, in_choice)
    parts = _kept.get(key) if key is not None else None
    return None if parts is None else _filled(parts, node)


def blank(node: Node) -> Node:
    """Return the node to draw: with a mark for its answer if what is drawn can be kept."""
    if node.get("kind") in _TYPED and _key(node, False) is not None:
        return {**node, "value": _SLOT}
    return node


def remember(node: Node, in_choice: bool, html: str) -> str:
    """Keep what was drawn of a blank node if it may be kept, and return it filled."""
    key = _key(node, in_choice)
    if key is None:
        return html
    parts = str(html).split(_SLOT)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = parts
    return _filled(parts, node)


def _key(node: Node, in_choice: bool) -> tuple[object, ...] | None:
    """Return under what a question is kept; None where it is drawn anew."""
    token = node.get("token")
    if token is None or node["error_code"] or node["locked"]:
        return None
    chosen = None
    if node["kind"] not in _TYPED:
        chosen = node["value"]
        known = node["kind"] == "boolean" and chosen in ("true", "false")
        if chosen and not known and all(chosen != option["code"] for option in node["options"]):
            return None
    return token, node["name"], node["required"], chosen, in_choice, language.current()


def _filled(parts: list[str], node: Node) -> str:
    if len(parts) == 1:
        return safe(parts[0])
    value = node["value"]
    return safe(str(escape(value)).join(parts) if value else "".join(parts))
