"""What comes next in a case (nächster Schritt), for this person: one big button, few others."""

from __future__ import annotations

from dataclasses import dataclass

from gemeinwerk.apps.cases.models import Case
from gemeinwerk.core.access import Actor, Right, may
from gemeinwerk.core.cases import CaseState, is_open


@dataclass(frozen=True, slots=True)
class Step:
    """One way on: a link, or with `post` a button; `key` is its keyboard key."""

    label: str
    href: str
    post: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """The ways on from here: `said` tells in a sentence what the case waits for."""

    said: str
    main: Step | None = None
    others: tuple[Step, ...] = ()
    takes_over: bool = False  # somebody else works on it, and this person could take it


def steps(case: Case, actor: Actor, *, asked: bool = False) -> Steps:
    """Return the next step of a case for a person who may read it.

    `asked` tells that a request to the applicant is open.
    """
    state, address = CaseState(case.state), f"/amt/vorgang/{case.id}"
    works = may(actor, Right.CLAIM_CASE, unit_id=case.unit_id)
    if not is_open(state):
        look = Step("Entscheidung ansehen", _decide(address), key="d")
        return Steps("Hier ist nichts mehr zu tun.", look)
    if state is CaseState.AWAITING_SECOND:
        return _second(case, actor, address)
    if not works:
        return Steps("Diesen Vorgang bearbeitet das Team.")
    if case.assignee_id is None:
        claim = Step("Übernehmen", f"{address}/uebernehmen", post=True, key="c")
        return Steps("Der Vorgang ist frei. Übernehmen Sie ihn, dann geht es weiter.", claim)
    if case.assignee_id != actor.staff_id:
        return Steps(f"{case.assignee} bearbeitet diesen Vorgang.", takes_over=True)
    return _own(case, state, address, asked)


def _own(case: Case, state: CaseState, address: str, asked: bool) -> Steps:
    ask = Step("Unterlagen anfordern", f"{address}/unterlagen", key="a")
    hear = Step("Anhören", f"{address}/anhoerung")
    decide = Step("Entscheiden", _decide(address), key="d")
    back = Step("Zurückgeben", f"{address}/zurueckgeben", post=True)
    if state is CaseState.AWAITING_APPLICANT:
        said = "Sie warten auf Unterlagen. Entscheiden können Sie trotzdem."
        return Steps(said, None, (decide, ask, hear))
    if state is CaseState.HEARING:
        return Steps("Die Anhörung läuft. Danach entscheiden Sie.", decide, (ask,))
    if not case.complete and asked:
        said = "Unterlagen sind angefordert und fehlen noch. Entscheiden können Sie trotzdem."
        return Steps(said, None, (decide, ask, hear, back))
    if not case.complete:
        return Steps("Es fehlen noch Unterlagen. Fordern Sie sie an.", ask, (decide, hear, back))
    return Steps(
        "Alle Unterlagen sind da. Prüfen Sie und entscheiden Sie.", decide, (ask, hear, back)
    )


def _second(case: Case, actor: Actor, address: str) -> Steps:
    mine = case.assignee_id == actor.staff_id
    if mine:
        look = Step("Vorschlag ansehen", _decide(address), key="d")
        return Steps("Ihr Vorschlag wartet auf eine zweite Person.", look)
    involved = (case.assignee_id,) if case.assignee_id else ()
    if may(actor, Right.CONFIRM_DECISION, unit_id=case.unit_id, involved_staff_ids=involved):
        check = Step("Vorschlag prüfen", _decide(address), key="d")
        return Steps("Ein Vorschlag wartet auf Ihre Prüfung.", check)
    return Steps("Der Vorschlag wartet auf eine zweite Person.")


def _decide(address: str) -> str:
    return f"{address}/entscheiden"
