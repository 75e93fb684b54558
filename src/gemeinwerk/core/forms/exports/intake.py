"""Judges a whole document: what it holds, what is wrong with it, and what does not apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gemeinwerk.core.forms.compiled import CompiledForm
from gemeinwerk.core.forms.exports.documents import DocumentReading, from_document
from gemeinwerk.core.kernel import Fault

_ABOUT_GAPS = ("answer.required", "answer.required_choice", "answer.not_confirmed")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A document as it was judged; `faults` hold everything that is wrong, pointer by pointer."""

    answers: dict[str, str]
    faults: tuple[tuple[str, Fault], ...]
    """JSON pointer and fault."""
    set_aside: tuple[str, ...]
    """Pointers of answers that do not apply, and of those that nobody may send."""


def judge(compiled: CompiledForm, document: object, *, today: date) -> Judgement:
    """Read a document and check it like the pages do; never raises, whatever it holds."""
    reading = from_document(compiled.form, document)
    aside = compiled.set_aside(reading.answers, today=today)
    faults = _together(reading, compiled.faults(reading.answers, today=today))
    left = [*aside, *reading.left_out]
    return Judgement(
        reading.answers,
        tuple((reading.pointer(fault.path), fault) for fault in faults),
        tuple(reading.pointer(name) for name in left),
    )


def _together(reading: DocumentReading, checked: tuple[Fault, ...]) -> list[Fault]:
    """Join the faults of reading and checking: what was refused is not missing as well."""
    refused = {fault.path for fault in reading.faults}

    def within(path: str) -> bool:
        return any(one == path or one.startswith((f"{path}.", f"{path}[")) for one in refused)

    def below(path: str) -> bool:
        return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in refused)

    kept = [
        fault
        for fault in checked
        if not (fault.code in _ABOUT_GAPS and below(fault.path))
        and not (fault.code == "answer.choice_group_none" and within(fault.path))
    ]
    return [*reading.faults, *kept]
