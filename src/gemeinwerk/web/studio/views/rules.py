"""Rules of a service: the list, one rule with its effect, and the author's decision."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gemeinwerk.apps.catalogue import drafts, ruling
from gemeinwerk.apps.catalogue.ruling import RuleState, Rulings
from gemeinwerk.core import packages
from gemeinwerk.core.forms import compile_form
from gemeinwerk.core.kernel import Fault, FaultsError
from gemeinwerk.core.packages import RuleDecision
from gemeinwerk.core.rules import Effect
from gemeinwerk.web.studio import rule_words as words
from gemeinwerk.web.studio.details import clean
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence, t

MOST_TYPED = 8000
_NOTES = frozenset({"form.never_shown", "form.never_required", "form.value_never_offered"})


@dataclass
class Typed:
    """What an author typed about a rule: sentences, expressions or a reason, and what is wrong."""

    wording: str = ""
    lines: str = ""
    reason: str = ""
    decision: RuleDecision | None = None
    errors: dict[str, str] = field(default_factory=dict)


@staff_only
@require_safe
def rules(request: PageRequest, key: str) -> HttpResponse:
    """/werkstatt/leistung/<key>/regeln: all rules with their status, by filter."""
    found = ruling.rulings(request.actor, key)
    chosen = request.GET.get("stand", "")
    chosen = chosen if chosen in words.FILTERS else ""
    shown = [state for state in found.states.values() if words.fits(state, chosen)]
    context = {
        "section": "studio",
        "view": found.view,
        "here": f"/werkstatt/leistung/{key}/regeln",
        "filters": words.filters(found, chosen),
        "rows": [words.row(found, state) for state in shown],
        "clear": len(found.clear),
        "open": sum(state.open for state in found.states.values()),
        "notes": _dead_ends(found),
        "done": _done(request),
    }
    return render(request, "studio/rules.html", context)


@staff_only
@require_POST
def confirm_clear(request: PageRequest, key: str) -> HttpResponse:
    """Confirm all rules that were translated in full."""
    taken, left = ruling.confirm_clear(actor=request.actor, key=key, now=now())
    return HttpResponseRedirect(f"/werkstatt/leistung/{key}/regeln?neu={taken}&rest={left}")


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: PageRequest, key: str, rule_id: str, place: str) -> HttpResponse:
    """/werkstatt/leistung/<key>/regeln/<rule>/<place>: prose, meaning, effect, decision."""
    found = ruling.rulings(request.actor, key)
    state = found.state(words.key_of(rule_id, place))
    if request.method != "POST":
        return _show(request, found, state, _first(found, state))
    typed, deed = _read(request, found, state), request.POST.get("tun", "")
    if deed == "reopen":
        ruling.reopen(actor=request.actor, key=key, rule=state.at.key, now=now())
        return HttpResponseRedirect(f"{words.address(key, state.at.key)}?neu=reopen")
    if typed.errors or typed.decision is None or deed.startswith("read"):
        return _show(request, found, state, typed, status=422 if typed.errors else 200)
    try:
        ruling.decide(actor=request.actor, key=key, decision=typed.decision, now=now())
    except FaultsError as refused:
        typed.errors[_WHERE.get(deed, "")] = " ".join(words.told(refused.faults))
        return _show(request, found, state, typed, status=422)
    return HttpResponseRedirect(f"{_next(found, state)}?neu={typed.decision.verdict}")


_WHERE = {"reject": "reason", "take": "wording", "take_lines": "lines"}


def _read(request: PageRequest, found: Rulings, state: RuleState) -> Typed:
    """Return what was posted, read as far as it can be read."""
    first = _first(found, state)
    posted = {name: clean(request.POST.get(name, "")) for name in ("wording", "lines", "reason")}
    typed = replace(first, decision=None)
    for name, text in posted.items():
        if name in request.POST:
            setattr(typed, name, text)
    deed = request.POST.get("tun", "")
    typed.errors |= _too_long(posted)
    if typed.errors:
        return typed
    if deed == "confirm":
        typed.decision = ruling.confirmation(state.translation)
    elif deed == "reject":
        rejected = ruling.confirmation(state.translation)
        typed.decision = replace(
            rejected, verdict="rejected", effects=(), left=(), reason=typed.reason
        )
    elif deed in ("read", "take"):
        _read_wording(typed, found, state)
    elif deed in ("read_lines", "take_lines"):
        _read_lines(typed, found, state)
    return typed


def _too_long(posted: dict[str, str]) -> dict[str, str]:
    labels = {"reason": t("Grund"), "lines": t("Ausdrücke"), "wording": t("Regel in Worten")}
    return {
        name: sentence("catalogue.too_long", {"label": labels[name], "limit": MOST_TYPED})
        for name, text in posted.items()
        if len(text) > MOST_TYPED
    }


def _read_wording(typed: Typed, found: Rulings, state: RuleState) -> None:
    """Read sentences an author wrote; each has to be understood."""
    rule_, owner = state.at.rule, state.at.owner
    said = packages.read_wording(typed.wording, rule_, found.names, owner)
    if said.status != "translated":
        left = " ".join(said.left) or typed.wording
        reasons = [sentence("catalogue.rule_not_understood", {"text": left}), *said.reasons]
        typed.errors["wording"] = " ".join(dict.fromkeys(reasons))
    typed.lines = packages.expression_lines(said.effects) or typed.lines
    typed.decision = replace(_corrected(state, said.effects), wording=typed.wording, left=said.left)


def _read_lines(typed: Typed, found: Rulings, state: RuleState) -> None:
    try:
        effects = packages.read_expressions(typed.lines, found.names)
    except FaultsError as wrong:
        typed.errors["lines"] = " ".join(words.lines_told(wrong.faults))
        return
    typed.wording = "\n".join(words.sentences(effects, found.names, state.at.owner))
    typed.decision = replace(_corrected(state, effects), wording=typed.wording)


def _corrected(state: RuleState, effects: tuple[Effect, ...]) -> RuleDecision:
    return replace(
        ruling.confirmation(state.translation),
        verdict="corrected",
        effects=packages.stored(effects),
        left=(),
    )


def _first(found: Rulings, state: RuleState) -> Typed:
    """Return what stands in the fields at first: what holds, else what was understood."""
    decision = state.decision or ruling.confirmation(state.translation)
    effects = packages.effects_of(decision)
    meant = "\n".join(words.sentences(effects, found.names, state.at.owner))
    return Typed(
        wording=decision.wording or meant or state.at.rule.text,
        lines=packages.expression_lines(effects),
        reason=decision.reason,
        decision=decision if decision.effects else None,
    )


def _show(
    request: PageRequest, found: Rulings, state: RuleState, typed: Typed, status: int = 200
) -> HttpResponse:
    decision = typed.decision
    effects = packages.effects_of(decision) if decision is not None else ()
    trial, misfit = _trials(found, state, decision, effects)
    context = {
        **_about(found, state),
        "meaning": words.sentences(effects, found.names, state.at.owner),
        "misfit": misfit,
        "trials": trial,
        "typed": typed,
        "errors": [{"href": f"#{name}", "text": text} for name, text in typed.errors.items()],
        "error_at": typed.errors,
        "tried": request.POST.get("tun", "").startswith("read") and not typed.errors,
        "done": _done(request),
    }
    return render(request, "studio/rule.html", context, status=status)


def _about(found: Rulings, state: RuleState) -> dict[str, Any]:
    """Return what the page says of a rule before anything is typed."""
    translation = state.translation
    return {
        "section": "studio",
        "view": found.view,
        "back": f"/werkstatt/leistung/{found.view.key}/regeln",
        "here": words.address(found.view.key, state.at.key),
        "title": words.title(state),
        "place": words.place(found.names, state.at.owner),
        "prose": state.at.rule.text,
        "status": words.row(found, state)["status"],
        "verdict": words.verdict(state),
        "decision": state.decision,
        "decided_at": datetime.fromisoformat(state.decision.at) if state.decision else None,
        "translation": translation,
        "may_confirm": bool(translation.effects) and translation.status != "unclear",
    }


def _trials(
    found: Rulings, state: RuleState, decision: RuleDecision | None, effects: tuple[Effect, ...]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the examples with and without the rule, and why it cannot act."""
    if decision is None or not effects:
        return [], words.told(state.misfit)
    without = found.tried(None, state.at.key)
    with_it = found.tried(decision, state.at.key)
    misfit = with_it.misfits.get(decision.key)
    if misfit:
        return [], words.told(misfit)
    seen = packages.examples(
        effects,
        compile_form(without.form),
        compile_form(with_it.form),
        found.names,
        today=today(),
        land=drafts.land_of_town(),
    )
    return words.trials(seen, found.names, {}), []


def _dead_ends(found: Rulings) -> list[str]:
    """Return what the rules make unreachable: parts never shown, duties that never come."""
    try:
        notes: tuple[Fault, ...] = tuple(compile_form(found.view.package.form).notes)
    except FaultsError as wrong:
        notes = wrong.faults
        return words.told(notes)
    telling = [note for note in notes if note.code in _NOTES]
    return [f"{note.path}: {sentence(note.code, note.params)}" for note in telling]


def _next(found: Rulings, state: RuleState) -> str:
    """Return the next open rule, else the list."""
    states = list(found.states.values())
    at = states.index(state)
    following = [one for one in (*states[at + 1 :], *states[:at]) if one.open]
    key = found.view.key
    if following:
        return words.address(key, following[0].at.key)
    return f"/werkstatt/leistung/{key}/regeln"


def _done(request: PageRequest) -> str:
    new = request.GET.get("neu", "")
    left = request.GET.get("rest", "")
    if new.isascii() and new.isdigit() and len(new) < 6:
        told = t("{count} Regeln wirken jetzt im Formular.", count=new)
        if left.isdigit() and left != "0" and len(left) < 6:
            told += " " + t(
                "{count} kann das Formular nicht ausführen. Sie bleiben offen.", count=left
            )
        return told
    return {
        "confirmed": t("Bestätigt. Die Regel wirkt jetzt im Formular."),
        "corrected": t("Berichtigt. Die Regel wirkt jetzt im Formular."),
        "rejected": t("Abgelehnt. Die Regel wirkt nicht."),
        "reopen": t("Zurückgenommen. Die Regel ist wieder offen."),
    }.get(new, "")
