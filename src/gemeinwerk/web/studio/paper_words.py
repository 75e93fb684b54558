"""How forms on paper are shown and what an author chose on a page, as a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemeinwerk.apps.library.blocks import BlockRow
from gemeinwerk.core.paper import (
    ASKABLE,
    OF_LIBRARY,
    RESIDENTS,
    SECONDS_PER_QUESTION,
    Decision,
    Outcome,
    Proposal,
    Question,
    QuestionKind,
    Questionnaire,
    decision_for,
)
from gemeinwerk.web.studio.details import clean
from gemeinwerk.web.ui.wording import has_sentence, sentence, t

KINDS: dict[QuestionKind, str] = {
    "text": "Text",
    "long_text": "langer Text",
    "date": "Datum",
    "boolean": "Ja oder Nein",
    "choice": "Auswahl",
    "integer": "ganze Zahl",
    "decimal": "Zahl",
    "money": "Betrag",
    "email": "E-Mail-Adresse",
    "phone": "Telefonnummer",
    "postal_code": "Postleitzahl",
    "iban": "IBAN",
    "evidence": "Nachweis (Datei)",
    "signature": "Unterschrift",
    "note": "nur ein Hinweis",
}
VERBS = {
    "keep": ("wird gefragt", "info"),
    "block": ("Baustein", "success"),
    "drop": ("entfällt", "neutral"),
    "register": ("Register weiß es", "success"),
    "merge": ("zusammengelegt", "neutral"),
}
NEEDED = {"": "wie auf dem Papier", "ja": "Pflicht", "nein": "freiwillig"}
_NEEDED = {"ja": True, "nein": False}
MOST_TEXT = 500
_BLOCK = "b:"


def read(question: Question, posted: Mapping[str, str]) -> Decision | None:
    """Return what was chosen on the page of a question; None when nothing was."""
    chosen = posted.get("was", "")
    if chosen[:1] == "p" and chosen[1:].isdigit() and len(chosen) < 4:
        number = int(chosen[1:])
        if number >= len(question.proposals):
            return None
        decision = decision_for(question, question.proposals[number])
        return _asked(decision, posted) if decision.verb in ("keep", "block") else decision
    if chosen.startswith(_BLOCK):
        return _asked(Decision("block", target=chosen.removeprefix(_BLOCK)[:300]), posted)
    if chosen == "drop":
        return Decision("drop", reason=clean(posted.get("grund", ""))[:MOST_TEXT])
    if chosen == "merge":
        return Decision("merge", target=posted.get("mit", "")[:10])
    return Decision("register", target=RESIDENTS) if chosen == "register" else None


def _asked(decision: Decision, posted: Mapping[str, str]) -> Decision:
    """Return the decision with how the author words the question."""
    needed = _NEEDED.get(posted.get("pflicht", ""))
    if decision.verb == "block":
        return Decision("block", target=decision.target, needed=needed)
    kind = next((kind for kind in ASKABLE if kind == posted.get("art", "")), None)
    text = clean(posted.get("text", ""))[:MOST_TEXT]
    return Decision("keep", text=text, kind=kind, needed=needed)


def typed(question: Question, decision: Decision | None) -> dict[str, str]:
    """Return what stands on the page at first: the decision, else the best proposal."""
    shown = {"was": "p0", "text": question.text, "art": question.kind, "pflicht": ""}
    shown |= {"grund": "", "mit": ""}
    if shown["art"] not in ASKABLE:
        shown["art"] = "text"
    if decision is None:
        return shown
    shown["was"] = _choice_of(question, decision)
    shown["mit"] = decision.target if decision.verb == "merge" else ""
    shown["grund"] = reason(decision) if decision.verb == "drop" else ""
    shown["text"] = decision.text or question.text
    shown["art"] = decision.kind or shown["art"]
    shown["pflicht"] = {True: "ja", False: "nein", None: ""}[decision.needed]
    return shown


def _choice_of(question: Question, decision: Decision) -> str:
    for at, proposal in enumerate(question.proposals):
        own = decision.verb == "drop" and decision.reason != proposal.code
        if (proposal.verb, proposal.target) == (decision.verb, decision.target) and not own:
            return f"p{at}"
    return f"{_BLOCK}{decision.target}" if decision.verb == "block" else decision.verb


def options(
    question: Question,
    names: Mapping[str, str],
    found: list[BlockRow],
    decision: Decision | None,
) -> list[dict[str, str]]:
    """Return what can become of a question: proposals first, then what else there is."""
    rows = [
        {"code": f"p{at}", "label": _label(one, names), "help": sentence(one.code, one.params)}
        for at, one in enumerate(question.proposals)
    ]
    known = {one.target for one in question.proposals}
    extra = {f"{OF_LIBRARY}{row.id}": row.name for row in found}
    if decision is not None and decision.verb == "block":
        extra |= {decision.target: block_name(decision.target, names)}
    rows += [
        {"code": f"{_BLOCK}{target}", "label": t("Baustein „{name}“", name=name)}
        for target, name in extra.items()
        if target not in known
    ]
    if all(one.verb != "register" for one in question.proposals):
        rows.append({"code": "register", "label": t("Das Melderegister weiß es")})
    rows.append({"code": "merge", "label": t("Mit einer anderen Frage zusammenlegen")})
    rows.append({"code": "drop", "label": t("Weglassen, aus einem anderen Grund")})
    return rows


def _label(proposal: Proposal, names: Mapping[str, str]) -> str:
    if proposal.verb == "block":
        return t("Baustein „{name}“", name=block_name(proposal.target, names))
    if proposal.verb == "merge":
        return t("Mit Frage {number} zusammenlegen", number=proposal.target)
    return t(
        {"keep": "Fragen", "drop": "Weglassen", "register": "Das Melderegister weiß es"}[
            proposal.verb
        ]
    )


def block_name(target: str, names: Mapping[str, str]) -> str:
    """Return what the blocks of a target are called."""
    return ", ".join(names.get(part, part) for part in target.split("+"))


def reason(decision: Decision) -> str:
    """Return why a question is dropped, in words."""
    known = decision.reason.startswith("paper.") and has_sentence(decision.reason)
    return sentence(decision.reason) if known else decision.reason


def row(paper: Questionnaire, question: Question, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what the list of all questions shows of one."""
    decision = paper.decision(question.number)
    label, kind = VERBS[decision.verb] if decision else ("offen", "warning")
    return {
        "number": question.number,
        "text": question.text or "–",
        "state": t(label),
        "kind": kind,
        "detail": _detail(decision, names) if decision else "",
    }


def _detail(decision: Decision, names: Mapping[str, str]) -> str:
    if decision.verb == "block":
        return block_name(decision.target, names)
    if decision.verb == "merge":
        return t("mit Frage {number}", number=decision.target)
    if decision.verb == "drop":
        return reason(decision)
    return decision.target if decision.verb == "register" else decision.text


def findings(question: Question) -> list[str]:
    """Return what is odd about a question, except what a proposal says anyway."""
    told = {one.code for one in question.proposals}
    return [sentence(one.code, one.params) for one in question.findings if one.code not in told]


def facts(outcome: Outcome) -> list[dict[str, str]]:
    """Return the counts of a form; the time is an assumption and says so."""
    told = [
        ("Fragen auf dem Papier", str(outcome.on_paper)),
        ("werden gefragt", str(outcome.asked)),
        ("davon mit Bausteinen", str(outcome.from_blocks)),
        ("entfallen", str(outcome.dropped)),
        ("weiß das Register", str(outcome.from_register)),
        ("zusammengelegt", str(outcome.merged)),
    ]
    if outcome.minutes_saved:
        one = outcome.minutes_saved == 1
        assumed = t(
            "rund {time} (angenommen: {seconds} Sekunden je Frage)",
            time=t("eine Minute") if one else t("{n} Minuten", n=outcome.minutes_saved),
            seconds=SECONDS_PER_QUESTION,
        )
        told.append(("Gespart je Antrag", assumed))
    return [{"label": t(label), "text": text} for label, text in told]


def shown_on_paper(question: Question) -> list[dict[str, str]]:
    """Return the question as it stands on paper, with every column of its row."""
    needed = {True: "ja", False: "nein", None: ""}[question.needed]
    told = [
        ("Nummer auf dem Papier", question.id),
        ("Art der Antwort", t(KINDS[question.kind])),
        ("Antworten zur Wahl", " / ".join(question.options)),
        ("Pflicht", needed),
        ("Warum", question.why),
        ("Abschnitt", question.section),
    ]
    rows = [{"label": t(label), "text": text} for label, text in told if text]
    return rows + [{"label": name, "text": text} for name, text in question.extra.items()]
