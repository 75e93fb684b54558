"""A notice is composed from blocks, takes facts as data, and lacks nothing R16 asks for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.decisions import (
    Addressee,
    AuthorityBlock,
    BlockLockedError,
    FeeLine,
    NoticeDraft,
    NoticeFacts,
    NoticeTemplate,
    Outcome,
    RemedyPlace,
    TextBlock,
    UnknownPlaceholderError,
    compose,
    fee_total,
    fill,
    missing_parts,
    placeholders,
    remedy_notice,
    template_faults,
)

TEMPLATE = NoticeTemplate(
    subject="Bewohnerparkausweis für {plate}",
    blocks=(
        TextBlock(
            "permit",
            "operative",
            "Sie dürfen das Fahrzeug {plate} in der Zone {zone} parken.",
            outcomes=(Outcome.GRANT, Outcome.GRANT_IN_PART),
        ),
        TextBlock("no", "operative", "Wir lehnen Ihren Antrag ab.", outcomes=(Outcome.REFUSE,)),
        TextBlock(
            "why",
            "reasons",
            "Sie wohnen nicht in der Zone.",
            outcomes=(Outcome.REFUSE,),
            editable=True,
        ),
        TextBlock("short", "clause", "Der Ausweis gilt sechs Monate.", when="months <= 6"),
        TextBlock("claim", "note", "Einen Anspruch auf einen Stellplatz gibt es nicht."),
    ),
)
COURT = RemedyPlace("Verwaltungsgericht Musterburg", "Gerichtsplatz 2", "00001", "Musterburg")
FACTS = NoticeFacts(
    authority=AuthorityBlock("Stadt Musterstadt", "Straßenverkehrsamt", city="Musterstadt"),
    addressee=Addressee(("Anna Beispiel", "Weg 1", "00000 Musterstadt")),
    written_on=date(2026, 11, 23),
    case_number="2026-7K4M-92QX-F",
    texts={"plate": "MU-ST 123", "zone": "A"},
    values={"months": Decimal(12)},
    fee_lines=(FeeLine("Gebühr", Decimal("30.00")), FeeLine("Auslage", Decimal("2.50"))),
    remedy=remedy_notice(
        "NW", authority=RemedyPlace("Stadt Musterstadt", "", "", "Musterstadt"), court=COURT
    ),
    closing_name="Ben Beispiel",
)


def test_a_grant_holds_its_blocks_and_lacks_nothing() -> None:
    draft = compose(TEMPLATE, Outcome.GRANT, FACTS)
    assert draft.subject == "Bewohnerparkausweis für MU-ST 123"
    assert [passage.text for passage in draft.operative] == [
        "Sie dürfen das Fahrzeug MU-ST 123 in der Zone A parken."
    ]
    assert draft.clauses == ()
    assert draft.reasons == ()
    assert missing_parts(draft) == ()
    assert fee_total(draft) == Decimal("32.50")


def test_a_condition_brings_its_clause_and_the_clause_asks_for_reasons() -> None:
    draft = compose(TEMPLATE, Outcome.GRANT, replace(FACTS, values={"months": Decimal(6)}))
    assert [passage.block_id for passage in draft.clauses] == ["short"]
    assert missing_parts(draft) == ("notice.reasons_missing",)


def test_a_missing_value_in_a_condition_means_no() -> None:
    assert compose(TEMPLATE, Outcome.GRANT, replace(FACTS, values={})).clauses == ()


def test_the_caseworkers_words_are_marked_and_taken_literally() -> None:
    draft = compose(TEMPLATE, Outcome.REFUSE, FACTS, edits={"why": "Weil {plate} {0.__class__}"})
    assert draft.reasons[0].text == "Weil {plate} {0.__class__}"
    assert draft.reasons[0].changed
    same = compose(TEMPLATE, Outcome.REFUSE, FACTS, edits={"why": "Sie wohnen nicht in der Zone. "})
    assert not same.reasons[0].changed


def test_an_emptied_block_falls_out_and_is_missed() -> None:
    draft = compose(TEMPLATE, Outcome.REFUSE, FACTS, edits={"why": "  "})
    assert missing_parts(draft) == ("notice.reasons_missing",)


@pytest.mark.parametrize("block", ["no", "permit", "unknown"])
def test_a_locked_or_absent_block_cannot_be_changed(block: str) -> None:
    with pytest.raises(BlockLockedError):
        compose(TEMPLATE, Outcome.REFUSE, FACTS, edits={block: "anders"})


@pytest.mark.parametrize(
    "text",
    ["{nobody}", "{plate.__class__}", "{0}", "{}", "{plate!r}", "{plate:>99999999}", "{", "}}"],
)
def test_nothing_but_known_words_is_filled_in(text: str) -> None:
    with pytest.raises(UnknownPlaceholderError) as caught:
        fill(text, {"plate": "MU-ST 1"}, where="permit")
    assert caught.value.params["block"] == "permit"


@given(st.text())
def test_a_value_is_never_looked_into(value: str) -> None:
    assert fill("a{x}b", {"x": value, "y": "secret"}, where="t") == f"a{value}b"


def test_every_missing_part_is_named_at_once() -> None:
    empty = NoticeDraft(
        authority=AuthorityBlock(" "),
        addressee=Addressee(("",)),
        written_on=date(2026, 11, 23),
        case_number="",
        title="Bescheid",
        subject="",
        outcome=Outcome.REFUSE,
    )
    assert missing_parts(empty) == (
        "notice.authority_missing",
        "notice.addressee_missing",
        "notice.operative_missing",
        "notice.reasons_missing",
        "notice.fee_missing",
        "notice.remedy_missing",
        "notice.name_missing",
    )


def test_reasons_may_be_dropped_only_when_no_third_party_is_affected() -> None:
    draft = compose(TEMPLATE, Outcome.GRANT, replace(FACTS, third_party_affected=True))
    assert missing_parts(draft) == ("notice.reasons_missing",)


def test_that_nothing_is_charged_has_to_be_said() -> None:
    silent = compose(TEMPLATE, Outcome.GRANT, replace(FACTS, fee_lines=()))
    assert missing_parts(silent) == ("notice.fee_missing",)
    said = compose(
        TEMPLATE, Outcome.GRANT, replace(FACTS, fee_lines=(), fee_note="Das kostet nichts.")
    )
    assert missing_parts(said) == ()


def test_a_draft_survives_as_a_document() -> None:
    draft = compose(TEMPLATE, Outcome.REFUSE, FACTS)
    assert msgspec.json.decode(msgspec.json.encode(draft), type=NoticeDraft) == draft
    stored = msgspec.json.encode(TEMPLATE)
    assert msgspec.json.decode(stored, type=NoticeTemplate) == TEMPLATE


def test_a_sound_template_has_no_faults() -> None:
    assert placeholders(TEMPLATE) == {"plate", "zone"}
    assert template_faults(TEMPLATE, {"plate", "zone"}) == ()


def test_faults_of_a_template_come_together() -> None:
    broken = NoticeTemplate(
        subject="{nobody}",
        blocks=(
            TextBlock("a", "operative", "{", when="1 +", outcomes=(Outcome.GRANT,)),
            TextBlock("a", "note", "x"),
        ),
    )
    codes = [fault.code for fault in template_faults(broken, ())]
    assert codes[:3] == [
        "notice.placeholder_unknown",
        "notice.placeholder_unreadable",
        "notice.block_twice",
    ]
    assert codes[3].startswith("expression.")
    assert codes[4:] == ["notice.outcome_without_text"] * 2
