"""Proposes what may become of each question (Vorschläge), best first and each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gemeinwerk.core.paper.model import Decision, Proposal, Question, Questionnaire
from gemeinwerk.core.paper.topics import Topic, folded, topic_of
from gemeinwerk.core.schemas.search import stem, words_of

BEST = 3
OF_LIBRARY = "fim:"
"""Before the number of a block of the library; other targets are paths of shared blocks."""

_RUN = 8
_ALIKE = 0.6
_SAME_QUESTION = 0.99


@dataclass(frozen=True, slots=True)
class KnownBlock:
    """A group or field that is known already (Baustein); `parts` are the names of its fields."""

    number: str
    name: str
    used_in: int
    parts: tuple[str, ...] = ()


Finder = Callable[[str], Sequence[KnownBlock]]
"""Finds blocks of the library by words, best first."""


def propose(questions: Sequence[Question], find: Finder) -> tuple[Question, ...]:
    """Return the questions with their proposals."""
    seen: dict[str, int] = {}
    made = []
    for at, one in enumerate(questions):
        key = folded(one.text)
        before = seen.setdefault(key, one.number) if key else one.number
        made.append(replace(one, proposals=_of(questions, at, before, find)))
    return tuple(made)


def accept_rest(paper: Questionnaire) -> Questionnaire:
    """Return the form with the first proposal taken for all that is open."""
    rest = {str(one.number): decision_for(one, one.proposals[0]) for one in paper.open}
    return replace(paper, decisions={**paper.decisions, **rest})


def decision_for(question: Question, proposal: Proposal) -> Decision:
    """Return the decision that takes a proposal."""
    reason = proposal.code if proposal.verb in ("drop", "register") else ""
    return Decision(verb=proposal.verb, target=proposal.target, reason=reason)


def _of(questions: Sequence[Question], at: int, before: int, find: Finder) -> tuple[Proposal, ...]:
    one = questions[at]
    if not one.text:
        return (Proposal("drop", code="paper.needless_empty"),)
    keep = Proposal("keep", code="paper.keep")
    if before != one.number:
        twin = Proposal("merge", str(before), "paper.same_question", {"number": before})
        return (twin, keep)
    topic = topic_of(one.text)
    found = [*_from_table(topic), *_from_library(questions, at, find)]
    if one.kind == "note" and not found:
        return (keep, Proposal("drop", code="paper.needless_note"))
    return (*found[:BEST], keep)


def _from_table(topic: Topic | None) -> list[Proposal]:
    if topic is None:
        return []
    found = []
    if topic.needless and not topic.register:
        found.append(Proposal("drop", code=topic.needless))
    if topic.blocks:
        found.append(Proposal("block", "+".join(topic.blocks), "paper.block_of_house"))
    if topic.register:
        params: dict[str, str | int] = {"register": topic.register}
        found.append(Proposal("register", topic.register, "paper.register_knows", params))
    return found


def _from_library(questions: Sequence[Question], at: int, find: Finder) -> list[Proposal]:
    text = questions[at].text
    rated: list[tuple[float, int, Proposal]] = []
    for block in find(text):
        used: dict[str, str | int] = {"name": block.name, "used": block.used_in}
        covered = _covered(block, questions, at) if block.parts else 0
        alike = 0.0 if block.parts else likeness(text, block.name)
        if covered > 1:
            params = {**used, "count": covered}
            rated.append(
                (1.0 + covered, block.used_in, _block(block, "paper.block_of_run", params))
            )
        elif alike >= _ALIKE:
            code = "paper.block_same" if alike >= _SAME_QUESTION else "paper.block_alike"
            rated.append((alike, block.used_in, _block(block, code, used)))
    rated.sort(key=lambda each: (-each[0], -each[1], each[2].target))
    return [proposal for _, _, proposal in rated[:BEST]]


def _block(block: KnownBlock, code: str, params: dict[str, str | int]) -> Proposal:
    return Proposal("block", f"{OF_LIBRARY}{block.number}", code, params)


def _covered(block: KnownBlock, questions: Sequence[Question], at: int) -> int:
    """Return how many neighbouring questions, with this one, the group asks as well."""

    def asks(number: int) -> bool:
        text = questions[number].text
        return any(likeness(text, part) >= _ALIKE for part in block.parts)

    if not asks(at):
        return 0
    first = last = at
    while first > 0 and at - first < _RUN and asks(first - 1):
        first -= 1
    while last + 1 < len(questions) and last - at < _RUN and asks(last + 1):
        last += 1
    return last - first + 1


def likeness(one: str, other: str) -> float:
    """Return how far two names share their words, 0 to 1; what people say differently is one."""
    a, b = topic_of(one), topic_of(other)
    if a is not None and a is b:
        return 1.0
    left, right = ({stem(word) for word in words_of(text)} for text in (one, other))
    return len(left & right) / len(left | right) if left and right else 0.0
