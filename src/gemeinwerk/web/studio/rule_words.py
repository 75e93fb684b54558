"""Rules of a service in the author's words: rows, statuses, what a rule does, what it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from gemeinwerk.apps.catalogue.ruling import RuleState, Rulings
from gemeinwerk.core.kernel import Fault
from gemeinwerk.core.packages import Example, Question
from gemeinwerk.core.rules import Effect, Names, to_german
from gemeinwerk.web.ui.wording import sentence, t

STATUS = {
    "translated": ("übersetzt", "success"),
    "partly": ("teilweise übersetzt", "warning"),
    "unclear": ("unklar", "danger"),
}
VERDICT = {
    "confirmed": ("bestätigt", "success"),
    "corrected": ("berichtigt", "success"),
    "rejected": ("abgelehnt", "neutral"),
}
FILTERS = {
    "": "alle",
    "offen": "offen",
    "uebersetzt": "übersetzt",
    "teilweise": "teilweise übersetzt",
    "unklar": "unklar",
    "entschieden": "entschieden",
    "wirkt-nicht": "wirkt nicht",
}
_WHOLE = "-"
"""Stands in an address for the schema as the owner of a rule."""


def fits(state: RuleState, chosen: str) -> bool:
    """Tell whether a rule belongs to a filter."""
    status = {"uebersetzt": "translated", "teilweise": "partly", "unklar": "unclear"}
    if chosen in status:
        return state.translation.status == status[chosen]
    return {
        "offen": state.open,
        "entschieden": not state.open,
        "wirkt-nicht": bool(state.misfit),
    }.get(chosen, True)


def address(service: str, key: tuple[str, str]) -> str:
    """Return where a rule is looked at."""
    rule_id, owner = (quote(part, safe="") for part in (key[0], key[1] or _WHOLE))
    return f"/werkstatt/leistung/{service}/regeln/{rule_id}/{owner}"


def key_of(rule_id: str, place: str) -> tuple[str, str]:
    """Return the rule an address names."""
    return rule_id, "" if place == _WHOLE else place


def filters(found: Rulings, chosen: str) -> list[dict[str, Any]]:
    """Return the filters with their counts."""
    here = f"/werkstatt/leistung/{found.view.key}/regeln"
    return [
        {
            "label": t(label),
            "href": f"{here}?{urlencode({'stand': name})}" if name else here,
            "count": sum(fits(state, name) for state in found.states.values()),
            "current": name == chosen,
        }
        for name, label in FILTERS.items()
    ]


def row(found: Rulings, state: RuleState) -> dict[str, Any]:
    """Return a line of the list."""
    text = " ".join(state.at.rule.text.split())
    return {
        "href": address(found.view.key, state.at.key),
        "title": title(state),
        "place": place(found.names, state.at.owner),
        "text": text if len(text) <= 160 else f"{text[:157]} …",
        "status": _badge(STATUS[state.translation.status]),
        "verdict": verdict(state),
    }


def title(state: RuleState) -> str:
    """Return what a rule is called."""
    return " ".join(part for part in (state.at.rule.id, state.at.rule.name) if part)


def place(names: Names, owner: str) -> str:
    """Return the label of the element a rule belongs to."""
    found = names.places.get(owner)
    if found is None:
        return t("ganzes Formular")
    return found.element.label or found.element.name or found.element.id


def verdict(state: RuleState) -> dict[str, str]:
    """Return what was decided, as a badge."""
    if state.misfit:
        return _badge(("wirkt nicht", "danger"))
    if state.decision is None:
        return _badge(("offen", "warning"))
    return _badge(VERDICT[state.decision.verdict])


def _badge(words: tuple[str, str]) -> dict[str, str]:
    return {"label": t(words[0]), "kind": words[1]}


def sentences(effects: Iterable[Effect], names: Names, owner: str) -> list[str]:
    """Return the effects as German sentences."""
    around = tuple(owner.split(".")) if owner else ()
    return [to_german(effect, names, around) for effect in effects]


def told(faults: Iterable[Fault]) -> list[str]:
    """Return faults as sentences, each once."""
    return list(dict.fromkeys(sentence(fault.code, fault.params) for fault in faults))


def lines_told(faults: Iterable[Fault]) -> list[str]:
    """Return faults of typed lines with the number of the line."""
    return [
        sentence(
            "catalogue.rule_line", {"line": fault.path, "why": sentence(fault.code, fault.params)}
        )
        for fault in faults
    ]


def trials(
    found: Sequence[Example], names: Names, labels: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the examples as the page shows them: answers, questions, messages."""
    return [
        {
            "title": t("Beispiel {number}", number=number),
            "answers": _answers(one, names, labels) or t("noch nichts ist beantwortet"),
            "rows": [_question(each) for each in one.questions],
            "messages": list(one.messages),
            "changed": bool(one.messages) or any(each.changed for each in one.questions),
        }
        for number, one in enumerate(found, start=1)
    ]


def _answers(one: Example, names: Names, labels: Mapping[str, str]) -> str:
    parts = []
    for name, value in one.answers.items():
        path = "".join(
            part.partition("]")[2] if at else part for at, part in enumerate(name.split("["))
        )
        where = names.places.get(path)
        if name.endswith("[]") or where is None:
            continue
        entries = {entry.code: entry.label for entry in names.entries(where) or ()}
        spoken = {"true": t("Ja"), "false": t("Nein")}.get(value, entries.get(value, value))
        label = labels.get(path) or where.element.label or path
        parts.append(f"{label} = {spoken}")
    return "; ".join(parts)


def _question(one: Question) -> dict[str, Any]:
    return {
        "label": one.label,
        "before": _state(one.before),
        "after": _state(one.after),
        "changed": one.changed,
    }


def _state(needed: bool | None) -> str:
    if needed is None:
        return t("nicht gefragt")
    return t("Pflicht") if needed else t("freiwillig")
