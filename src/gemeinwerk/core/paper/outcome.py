"""What came of a form on paper (Ergebnis): counts, and what still stands against a draft."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gemeinwerk.core.kernel import Fault
from gemeinwerk.core.paper.model import Decision, Questionnaire
from gemeinwerk.core.paper.topics import FAMILY_NAME, RESIDENTS

SECONDS_PER_QUESTION = 20
"""An assumption, told as such: nobody has measured this form."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many questions stood on paper and what becomes of them."""

    on_paper: int
    kept: int
    from_blocks: int
    dropped: int
    from_register: int
    merged: int
    open: int

    @property
    def asked(self) -> int:
        """Questions that are still asked."""
        return self.kept + self.from_blocks

    @property
    def minutes_saved(self) -> int:
        """Whole minutes an applicant saves, by `SECONDS_PER_QUESTION`."""
        gone = self.dropped + self.from_register + self.merged
        return gone * SECONDS_PER_QUESTION // 60


def outcome_of(paper: Questionnaire) -> Outcome:
    """Return the counts of a form on paper."""
    counts = Counter(decision.verb for decision in paper.decisions.values())
    return Outcome(
        on_paper=len(paper.questions),
        kept=counts["keep"],
        from_blocks=counts["block"],
        dropped=counts["drop"],
        from_register=counts["register"],
        merged=counts["merge"],
        open=len(paper.open),
    )


def decision_faults(paper: Questionnaire, number: int, decision: Decision) -> tuple[Fault, ...]:
    """Return what is wrong with a decision before it is stored."""
    faults = []
    if decision.verb == "drop" and not decision.reason.strip():
        faults.append(Fault("reason", "paper.reason_missing"))
    if decision.verb == "keep" and not decision.text.strip() and not _text(paper, number):
        faults.append(Fault("text", "paper.text_missing"))
    if decision.verb == "merge" and not _may_merge(paper, number, decision.target):
        faults.append(Fault("merge", "paper.merge_impossible"))
    if decision.verb == "block" and not decision.target:
        faults.append(Fault("block", "paper.block_missing"))
    return tuple(faults)


def draft_faults(paper: Questionnaire) -> tuple[Fault, ...]:
    """Return everything that stands against a draft, all at once."""
    faults = []
    if paper.open:
        faults.append(Fault("", "paper.still_open", {"count": len(paper.open)}))
    elif outcome_of(paper).asked == 0:
        faults.append(Fault("", "paper.nothing_asked"))
    for key, decision in paper.decisions.items():
        if decision.verb != "merge":
            continue
        target = paper.decisions.get(decision.target)
        if target is None or target.verb not in ("keep", "block"):
            params: dict[str, str | int] = {"number": int(key), "target": decision.target}
            faults.append(Fault(key, "paper.merged_into_nothing", params))
    return tuple(faults)


def hints(paper: Questionnaire) -> tuple[str, ...]:
    """Return codes of what the author should know before she goes on."""
    found = []
    decisions = paper.decisions.values()
    if any(one.verb == "register" and one.target == RESIDENTS for one in decisions):
        found.append("paper.register_needs_connection")
    if not any(FAMILY_NAME in one.target.split("+") for one in decisions if one.verb == "block"):
        found.append("paper.nobody_named")
    return tuple(found)


def _text(paper: Questionnaire, number: int) -> str:
    question = paper.question(number)
    return question.text if question else ""


def _may_merge(paper: Questionnaire, number: int, target: str) -> bool:
    """Tell whether a question can go into another: one that exists and does not go on itself."""
    if not (target.isascii() and target.isdigit() and len(target) < 6) or int(target) == number:
        return False
    other = paper.decisions.get(target)
    return paper.question(int(target)) is not None and (other is None or other.verb != "merge")
