"""From a node of a form page (see `core.forms`, page_view) to what the macros print.

Nodes are plain dicts. Whatever a node leaves out gets its quiet default here, so that templates
can be strict about names and short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gemeinwerk.web.ui import formats
from gemeinwerk.web.ui.wording import sentence, t

MOST_RADIOS = 7
"""With more options a select is asked instead of radio buttons."""

Node = Mapping[str, Any]

_WIDGETS = {
    "long_text": "textarea",
    "integer": "number",
    "decimal": "number",
    "money": "money",
    "date": "date",
    "partial_date": "date",
    "boolean": "yes_no",
    "email": "email",
    "note": "note",
    "hidden": "hidden",
}
_INPUT_MODES = {"integer": "numeric", "decimal": "decimal", "money": "decimal"}
_FORMAT_MODES = {"postal_code": "numeric", "tax_id": "numeric", "phone": "tel"}

_PLACES = {
    "point": "Breite und Länge, zum Beispiel 51,8667 12,6433. Oder UTM: 32 691608 5334785",
    "area": "Mindestens drei Ecken, jede in einer Zeile, zum Beispiel 51,8667 12,6433",
}
"""How places are typed; said where a field has no example of its own."""

_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
"""A help that shows a date needs no second example."""


def question(node: Node, in_choice: bool = False) -> dict[str, object]:
    """Return everything the macro of one field prints (Frage), with texts in place.

    `widget` is one of text, email, number, money, date, textarea, select, radios, yes_no,
    tick, note, hidden, locked; `error` is a sentence or "".
    Where exactly one of several fields is answered (`in_choice`), none is called optional.
    """
    name = str(node["name"])
    element = str(node.get("id") or name)
    widget = _widget(node)
    hint = _hint(node, widget)
    return {
        "name": name,
        "id": element,
        "label": str(node.get("label") or name),
        "widget": widget,
        "value": _value(node, widget),
        "hint": hint,
        "why": str(node.get("why") or ""),
        "purpose": str(node.get("purpose") or ""),
        "statement": str(node.get("statement") or ""),
        "error": _error(node),
        "options": _options(node) if widget in ("select", "radios", "yes_no") else [],
        "required": in_choice or bool(node.get("required", True)),
        "max_length": _max_length(node),
        "autocomplete": str(node.get("autocomplete") or ""),
        "input_mode": _mode(node),
        "width": _width(node, widget),
        "unit": "EUR" if widget == "money" else str(node.get("unit") or ""),
    }


def page_errors(view: Node) -> list[dict[str, str]]:
    """Return the errors of a page in reading order: `href` of the field and `text`.

    `view["faults"]`, if given, are faults that belong to no field: dicts of code and params.
    """
    found = [
        {"href": f"#{_target(node)}", "text": f"{lead}{_error(node)}"}
        for lead, node in _walk(_children(view))
        if _error(node)
    ]
    general = [
        {"href": "", "text": sentence(fault["code"], fault.get("params"))}
        for fault in view.get("faults", ())
    ]
    return found + general


def _walk(nodes: Sequence[Node], lead: str = "") -> Iterator[tuple[str, Node]]:
    """Yield every node with the entries it stands in, for what repeats has the same words."""
    for node in nodes:
        yield lead, node
        inner = lead
        if "nodes" in node and node.get("number"):
            inner = f"{lead}{t('Eintrag {number}', number=node['number'])}: "
        yield from _walk(_children(node), inner)


def _children(node: Node) -> Sequence[Node]:
    """Return what stands below a node: its instances if it is repeated, else its nodes."""
    return node.get("instances") or node.get("nodes") or ()


def _target(node: Node) -> str:
    """Return the element an error leads to: the first button of a set, else the field itself."""
    element = str(node.get("id") or node.get("name", ""))
    if node.get("type") == "field" and _widget(node) in ("radios", "yes_no"):
        return f"{element}-1"
    return element


def _widget(node: Node) -> str:
    kind = str(node.get("kind", "text"))
    if kind not in ("note", "hidden") and node.get("locked"):
        return "locked"
    if kind in ("choice", "boolean") and node.get("cell") and not node.get("must_be_true"):
        return "select"
    if node.get("format") == "area":
        return "textarea"
    if kind == "choice":
        return "radios" if len(node.get("options") or ()) <= MOST_RADIOS else "select"
    if kind == "boolean" and node.get("must_be_true"):
        return "tick"
    return _WIDGETS.get(kind, "text")


def _value(node: Node, widget: str) -> str:
    value = node.get("value")
    if value is None:
        return ""
    if widget == "locked":
        return _as_read(node, str(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _as_read(node: Node, value: str) -> str:
    """Return the text of a value that cannot be changed."""
    if node.get("kind") == "choice":
        labels = {str(o["code"]): str(o["label"]) for o in node.get("options") or ()}
        return labels.get(value, value)
    if node.get("kind") == "boolean":
        return {"true": t("Ja"), "false": t("Nein")}.get(value, value)
    return formats.date_short(value) or value if node.get("kind") == "date" else value


def _options(node: Node) -> list[dict[str, object]]:
    given = node.get("options") or ()
    if node.get("kind") == "boolean":
        given = ({"code": "true", "label": t("Ja")}, {"code": "false", "label": t("Nein")})
    chosen = _value(node, "")
    return [
        {
            "code": str(option["code"]),
            "label": str(option.get("label") or option["code"]),
            "help": str(option.get("help") or ""),
            "chosen": str(option["code"]) == chosen,
        }
        for option in given
    ]


def _hint(node: Node, widget: str) -> str:
    parts = [str(node.get("help") or "").strip()]
    if node.get("cell"):
        return parts[0]
    if node.get("example"):
        parts.append(t("Zum Beispiel {example}", example=str(node["example"])))
    elif node.get("kind") == "partial_date":
        parts.append(t("Tag, Monat, Jahr, oder was davon bekannt ist: 14.3.1950, 3.1950 oder 1950"))
    elif node.get("format") in _PLACES:
        parts.append(t(_PLACES[str(node["format"])]))
    elif widget == "date":
        shown = _DATE.search(parts[0])
        parts.append(
            t("Tag, Monat, Jahr") if shown else t("Tag, Monat, Jahr. Zum Beispiel 14.3.1985")
        )
    if node.get("kind") == "code_entry":
        parts.append(t("Die Auswahlliste fehlt noch. Schreiben Sie Ihre Antwort hier hinein."))
    if node.get("pattern_help"):
        parts.append(str(node["pattern_help"]))
    if node.get("may_lack"):
        lead = t("Sie können weitergehen, ohne das auszufüllen.")
        parts.append(f"{lead} {node['may_lack']}")
    return "\n".join(part for part in parts if part)


def _error(node: Node) -> str:
    if not node.get("error_code"):
        return ""
    params = {"label": str(node.get("label") or ""), **(node.get("error_params") or {})}
    return sentence(str(node["error_code"]), params)


def _mode(node: Node) -> str:
    by_kind = _INPUT_MODES.get(str(node.get("kind")))
    return by_kind or _FORMAT_MODES.get(str(node.get("format")), "")


def _max_length(node: Node) -> int:
    """Return the limit to show; the HTML attribute is not set, for it cuts what is pasted."""
    return int(node.get("max_length") or 0)


def _width(node: Node, widget: str) -> str:
    """Return how wide an input is: as wide as its answer, which hints at what is expected."""
    if widget in ("date", "number", "money") or node.get("format") in ("postal_code", "plate"):
        return "short"
    limit = _max_length(node)
    return "short" if 0 < limit <= 12 else "medium" if 0 < limit <= 30 else "full"
