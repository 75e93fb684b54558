"""Builds a notice draft from text blocks and facts; the facts are data, never a template."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from gemeinwerk.core.calendars import day_in_words
from gemeinwerk.core.decisions.notice import (
    Addressee,
    AuthorityBlock,
    BlockKind,
    FeeLine,
    NoticeDraft,
    NoticeTemplate,
    Passage,
    TextBlock,
)
from gemeinwerk.core.decisions.outcome import Outcome
from gemeinwerk.core.decisions.remedies import RemedyNotice
from gemeinwerk.core.expressions import Evaluate, ExpressionError, compile_expression, parse
from gemeinwerk.core.kernel import DomainError, Fault

# Only whole words, dotted paths and list indexes: no format specifications, no attribute access,
# so a text of the town or of a citizen can never reach into an object (S31).
_PLACEHOLDER: Final = re.compile(r"\{(\w+(?:\[\d+\])?(?:\.\w+(?:\[\d+\])?)*)\}")
_BRACE: Final = re.compile(r"[{}]")
GIVEN_NAMES: Final = frozenset({"case_number", "authority", "written_on", "addressee"})


class UnknownPlaceholderError(DomainError):
    """A text block names something the facts do not hold."""

    code = "notice.placeholder_unknown"


class BlockLockedError(DomainError):
    """A text block that may not be changed, or that is not in this notice, was changed."""

    code = "notice.block_locked"


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice is made from (Sachverhalt).

    `texts` fills placeholders and is finished German text ("12. Mai 2026", "30,00 EUR");
    `values` feeds the when-expressions (str, Decimal, bool, date, None, list).
    """

    authority: AuthorityBlock
    addressee: Addressee
    written_on: date
    case_number: str
    texts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    fee_lines: tuple[FeeLine, ...] = ()
    fee_note: str = ""
    remedy: RemedyNotice | None = None
    closing_name: str = ""
    closing_role: str = ""
    third_party_affected: bool = False


def compose(
    template: NoticeTemplate,
    outcome: Outcome,
    facts: NoticeFacts,
    *,
    edits: Mapping[str, str] | None = None,
) -> NoticeDraft:
    """Return the draft of a notice; `missing_parts` tells afterwards what it lacks.

    `edits` are the caseworker's words by block id, taken literally: braces in them mean nothing.
    An edit of nothing but blanks leaves the block out. Raises UnknownPlaceholderError,
    BlockLockedError, or ExpressionError for a condition that cannot be read.
    """
    words = _words(facts)
    present = [block for block in template.blocks if _applies(block, outcome, facts.values)]
    passages = _passages(present, words, dict(edits or {}))
    by_kind: dict[BlockKind, tuple[Passage, ...]] = {
        kind: tuple(found for block, found in passages if block.kind == kind and found.text)
        for kind in ("operative", "reasons", "clause", "fee", "note")
    }
    fee_texts = [facts.fee_note, *(passage.text for passage in by_kind["fee"])]
    return NoticeDraft(
        authority=facts.authority,
        addressee=facts.addressee,
        written_on=facts.written_on,
        case_number=facts.case_number,
        title=template.title,
        subject=fill(template.subject, words, where="subject"),
        outcome=outcome,
        operative=by_kind["operative"],
        reasons=by_kind["reasons"],
        clauses=by_kind["clause"],
        fee_lines=facts.fee_lines,
        fee_note="\n".join(text for text in fee_texts if text),
        notes=by_kind["note"],
        remedy=facts.remedy,
        closing_name=facts.closing_name,
        closing_role=facts.closing_role,
        third_party_affected=facts.third_party_affected,
    )


def fill(text: str, words: Mapping[str, str], *, where: str) -> str:
    """Replace {word} by its value in one pass; `where` names the block in an error.

    Values are not looked into again, so a citizen who types "{authority}" gets just that.
    """

    def word(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in words:
            raise UnknownPlaceholderError(name=name, block=where)
        return words[name]

    stray = _BRACE.search(_PLACEHOLDER.sub("", text))
    if stray is not None:
        raise UnknownPlaceholderError(name=stray.group(), block=where)
    return _PLACEHOLDER.sub(word, text)


def placeholders(template: NoticeTemplate) -> frozenset[str]:
    """Return every name the facts have to hold, without those `compose` knows itself."""
    texts = [template.subject, *(block.text for block in template.blocks)]
    found = {name for text in texts for name in _PLACEHOLDER.findall(text)}
    return frozenset(found) - GIVEN_NAMES


def template_faults(template: NoticeTemplate, known: Collection[str]) -> tuple[Fault, ...]:
    """Return all faults of a template at once; `known` are the names of texts there will be."""
    return tuple(_template_faults(template, frozenset(known) | GIVEN_NAMES))


def _template_faults(template: NoticeTemplate, known: frozenset[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    texts = [("subject", template.subject), *((b.id, b.text) for b in template.blocks)]
    for where, text in texts:
        if where in seen:
            yield Fault(where, "notice.block_twice", {"block": where})
        seen.add(where)
        if _BRACE.search(_PLACEHOLDER.sub("", text)):
            yield Fault(where, "notice.placeholder_unreadable", {"block": where})
        for name in sorted(set(_PLACEHOLDER.findall(text)) - known):
            yield Fault(where, "notice.placeholder_unknown", {"name": name, "block": where})
    for block in template.blocks:
        try:
            _condition(block.when)
        except ExpressionError as wrong:
            yield Fault(block.id, wrong.code, dict(wrong.params))
    for outcome in Outcome:
        if not any(b.kind == "operative" and _for_outcome(b, outcome) for b in template.blocks):
            yield Fault("blocks", "notice.outcome_without_text", {"outcome": outcome.value})


def _words(facts: NoticeFacts) -> dict[str, str]:
    given = {
        "case_number": facts.case_number,
        "authority": facts.authority.name,
        "written_on": day_in_words(facts.written_on),
        "addressee": facts.addressee.lines[0] if facts.addressee.lines else "",
    }
    return {**facts.texts, **given}


def _passages(
    blocks: list[TextBlock], words: Mapping[str, str], edits: dict[str, str]
) -> list[tuple[TextBlock, Passage]]:
    passages = []
    for block in blocks:
        text = fill(block.text, words, where=block.id)
        edit = edits.pop(block.id, None)
        if edit is None or edit.strip() == text.strip():
            passages.append((block, Passage(block.id, text.strip())))
        elif block.editable:
            passages.append((block, Passage(block.id, edit.strip(), changed=True)))
        else:
            raise BlockLockedError(block=block.id)
    if edits:
        raise BlockLockedError(block=min(edits))
    return passages


def _for_outcome(block: TextBlock, outcome: Outcome) -> bool:
    return not block.outcomes or outcome in block.outcomes


def _applies(block: TextBlock, outcome: Outcome, values: Mapping[str, object]) -> bool:
    if not _for_outcome(block, outcome):
        return False
    condition = _condition(block.when)
    return condition is None or condition({**values, "outcome": outcome.value}) is True


@lru_cache(maxsize=4096)
def _condition(text: str) -> Evaluate | None:
    return compile_expression(parse(text), None) if text.strip() else None
