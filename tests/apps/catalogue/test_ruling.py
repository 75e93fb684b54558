"""Rules of a schema: nothing acts before its author confirmed it, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.catalogue import drafts, preparing, queries, ruling
from gemeinwerk.apps.catalogue.models import ServiceDraft
from gemeinwerk.apps.library import actions as library
from gemeinwerk.core import packages
from gemeinwerk.core.access import Actor, Role
from gemeinwerk.core.kernel import FaultsError, NotFoundError, RefusedError
from gemeinwerk.core.schemas import UPLOAD_LIMIT
from tests.studio_files import NOW, PARKING_KEY, author, parking_files

pytestmark = pytest.mark.usefixtures("blocks")
TODAY = NOW.date()
HOLDER = ("R05000281", "")
RENEWAL = ("R05000334", "G05000493")
OTHER_HOLDER = {"G05000477.F05001047": "02"}


@pytest.fixture
def ina(lindenau: int) -> Actor:
    return author(lindenau)


@pytest.fixture
def draft(ina: Actor) -> str:
    report = library.load_schema(actor=ina, files=parking_files(), limit=UPLOAD_LIMIT, now=NOW)
    return preparing.begin_from_schema(actor=ina, schema_id=report.schema_id, now=NOW)


def needed(ina: Actor, answers: dict[str, str]) -> set[str]:
    """Return what the form of the draft says by checks."""
    form = queries.preview_form(drafts.service(ina, PARKING_KEY).package, on=TODAY)
    faults = form.faults(answers, today=TODAY)
    return {fault.path for fault in faults if fault.code == "answer.check_failed"}


def decision(ina: Actor, key: tuple[str, str], **more: Any) -> packages.RuleDecision:
    found = ruling.rulings(ina, PARKING_KEY).state(key)
    return replace(ruling.confirmation(found.translation), **more)


def test_rules_are_proposed_and_act_only_when_confirmed(ina: Actor, draft: str) -> None:
    found = ruling.rulings(ina, draft)
    assert {state.at.key for state in found.clear} == {HOLDER, RENEWAL}
    assert len(found.view.open_rules) == 2
    assert needed(ina, OTHER_HOLDER) == set()
    ruling.decide(actor=ina, key=draft, decision=decision(ina, HOLDER), now=NOW)
    assert needed(ina, OTHER_HOLDER) == {"G05000499"}
    assert needed(ina, {"G05000477.F05001047": "01"}) == set()
    state = ruling.rulings(ina, draft).state(HOLDER)
    assert state.decision is not None and state.decision.by == "Ina Wolf"
    assert state.decision.at == NOW.isoformat()
    assert Entry.objects.filter(verb="rule.confirmed").count() == 1
    ruling.reopen(actor=ina, key=draft, rule=HOLDER, now=NOW)
    assert needed(ina, OTHER_HOLDER) == set()


def test_all_clear_ones_in_one_go(ina: Actor, draft: str) -> None:
    assert ruling.confirm_clear(actor=ina, key=draft, now=NOW) == (2, 0)
    assert ruling.rulings(ina, draft).view.open_rules == ()
    assert drafts.service(ina, draft).package.unchecked_rules == ()
    assert needed(ina, OTHER_HOLDER) == {"G05000499"}
    assert ruling.confirm_clear(actor=ina, key=draft, now=NOW) == (0, 0)


def test_open_rules_are_listed_for_people_and_publishing_asks(ina: Actor, draft: str) -> None:
    listed = drafts.service(ina, draft).package.unchecked_rules
    assert [one.rule_id for one in listed] == ["R05000281", "R05000334"]
    with pytest.raises(FaultsError) as refused:
        preparing.publish_draft(actor=ina, key=draft, now=NOW)
    assert "catalogue.rules_open" in {fault.code for fault in refused.value.faults}
    with pytest.raises(FaultsError) as refused:
        preparing.publish_draft(actor=ina, key=draft, now=NOW, rules_left_open=True)
    assert "catalogue.rules_open" not in {fault.code for fault in refused.value.faults}


def test_a_rejection_needs_a_reason(ina: Actor, draft: str) -> None:
    rejected = decision(ina, HOLDER, verdict="rejected", effects=())
    with pytest.raises(FaultsError):
        ruling.decide(actor=ina, key=draft, decision=rejected, now=NOW)
    why = replace(rejected, reason="Das prüfen wir im Amt.")
    ruling.decide(actor=ina, key=draft, decision=why, now=NOW)
    assert [one.key for one in ruling.rulings(ina, draft).view.open_rules] == [RENEWAL]
    assert [one.rule_id for one in drafts.service(ina, draft).package.unchecked_rules] == [
        "R05000334"
    ]


def test_what_the_form_cannot_do_is_refused(ina: Actor, draft: str) -> None:
    good = decision(ina, HOLDER)
    gone = replace(good, effects=(replace(good.effects[0], target="G1.F1"),))
    for wrong in (gone, replace(good, effects=())):
        with pytest.raises(FaultsError):
            ruling.decide(actor=ina, key=draft, decision=wrong, now=NOW)
    assert ServiceDraft.objects.get(service_key=draft).rulings == []
    with pytest.raises(NotFoundError):
        ruling.decide(actor=ina, key=draft, decision=replace(good, owner="G1"), now=NOW)


def test_sentences_left_over_stay_with_people(ina: Actor, draft: str) -> None:
    partly = decision(ina, HOLDER, left=("Näheres steht im Merkblatt.",))
    ruling.decide(actor=ina, key=draft, decision=partly, now=NOW)
    listed = drafts.service(ina, draft).package.unchecked_rules
    assert ("R05000281", "Näheres steht im Merkblatt.") in [(o.rule_id, o.text) for o in listed]
    assert HOLDER not in {one.key for one in drafts.service(ina, draft).open_rules}


def test_a_new_version_keeps_decisions_where_the_prose_stayed(ina: Actor, draft: str) -> None:
    ruling.confirm_clear(actor=ina, key=draft, now=NOW)
    name, data = parking_files(lists=False)[0]
    changed = data.replace(b"zur Pflichtangabe", b"keine Pflichtangabe")
    assert changed != data
    newer = library.load_schema(
        actor=ina, files=[(name, changed)], limit=UPLOAD_LIMIT, now=NOW
    ).schema_id
    preparing.begin_from_schema(actor=ina, schema_id=newer, now=NOW)
    assert [one.key for one in ruling.rulings(ina, draft).view.open_rules] == [HOLDER]
    ruling.reopen(actor=ina, key=draft, rule=RENEWAL, now=NOW)
    older = library.load_schema(
        actor=ina, files=[(name, data)], limit=UPLOAD_LIMIT, now=NOW
    ).schema_id
    preparing.begin_from_schema(actor=ina, schema_id=older, now=NOW)
    assert [one.key for one in ruling.rulings(ina, draft).view.open_rules] == [RENEWAL]


def test_only_authors_decide(ina: Actor, draft: str, lindenau: int) -> None:
    ben = author(lindenau, Role.CASEWORKER)
    with pytest.raises(RefusedError):
        ruling.confirm_clear(actor=ben, key=draft, now=NOW)
    with pytest.raises(RefusedError):
        ruling.decide(actor=ben, key=draft, decision=decision(ina, HOLDER), now=NOW)
