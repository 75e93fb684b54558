"""Replays the test cases (Testfälle) of a package and tells where it does something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gemeinwerk.core.decisions import (
    Addressee,
    AuthorityBlock,
    NoticeDraft,
    NoticeFacts,
    Outcome,
    compose,
)
from gemeinwerk.core.forms import CompiledForm, EvidenceSpec, Section, compile_form
from gemeinwerk.core.packages.calculating import Values, calculate, path_of
from gemeinwerk.core.packages.charging import fee_of_values
from gemeinwerk.core.packages.model import Package, TestCase
from gemeinwerk.core.packages.parameters import Plain, default_parameters, form_values
from gemeinwerk.core.packages.people import asked, is_required, released
from gemeinwerk.core.packages.routing import Routing, route_of
from gemeinwerk.core.packages.wording import notice_texts


@dataclass(frozen=True, slots=True)
class Difference:
    """What was expected and what came; `what` is the key of the expectation."""

    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Replay:
    """One replayed test case; green without differences."""

    name: str
    differences: tuple[Difference, ...] = ()

    @property
    def passed(self) -> bool:
        """Say whether everything was as expected."""
        return not self.differences


def replay(package: Package, parameters: Mapping[str, Plain] | None = None) -> list[Replay]:
    """Replay every test case of the package (see `replay_case`)."""
    forms: _Forms = {}
    runs = (_Run(package, test, parameters or {}, forms) for test in package.tests)
    return [Replay(run.test.name, tuple(run.differences())) for run in runs]


def replay_case(
    package: Package, test: TestCase, parameters: Mapping[str, Plain] | None = None
) -> Replay:
    """Replay one test case and return where the package does something else than expected.

    `parameters` are those of a town; what the test case sets itself goes before them.
    """
    return Replay(test.name, tuple(_Run(package, test, parameters or {}, {}).differences()))


_Forms = dict[tuple[tuple[str, object], ...], CompiledForm]
"""Forms compiled so far, by the values they were compiled with."""


class _Run:
    """Everything one test case brings about, computed once."""

    def __init__(
        self, package: Package, test: TestCase, parameters: Mapping[str, Plain], forms: _Forms
    ) -> None:
        self.package, self.test, self.expect = package, test, test.expect
        plain = {
            **default_parameters(package, on=test.today),
            **parameters,
            **test.parameters,
        }
        values = form_values(package, plain)
        key = tuple(sorted(values.items()))
        if key not in forms:
            forms[key] = compile_form(package.form, values)
        self.form: CompiledForm = forms[key]
        answers = self.form.effective(test.answers, today=test.today)
        self.evidence: tuple[EvidenceSpec, ...] = self.form.evidence(test.answers, today=test.today)
        self.values: Values = calculate(package, answers, plain, today=test.today)
        self.routing = self._route()
        self.outcome = Outcome.GRANT if self.routing.automatic else test.decided

    def _route(self) -> Routing:
        automation, test = self.package.automation, self.test
        required = {one.key for one in self.evidence if one.required}
        there = required if test.handed_in is None else set(test.handed_in)
        names = automation.checks if automation else ()
        return route_of(
            self.package,
            self.values,
            evidence_complete=required <= there,
            checks={name: name not in test.failed_checks for name in names},
        )

    def differences(self) -> Iterator[Difference]:
        yield from self._form_differences()
        yield from self._value_differences()
        yield from self._route_differences()
        yield from self._notice_differences()

    def _form_differences(self) -> Iterator[Difference]:
        answers, today = self.test.answers, self.test.today
        if self.expect.pages is not None:
            yield from _unlike("pages", self.expect.pages, self.form.route(answers, today=today))
        sections = self.form.rows(answers, today=today)
        shown = {path_of(row.path) for section in sections for row in section.rows}
        for path in self.expect.visible:
            yield from _unlike(f"visible {path}", True, path in shown)
        for path in self.expect.hidden:
            yield from _unlike(f"hidden {path}", True, path not in shown)
        if self.expect.faults is not None:
            found = {one.path: one.code for one in self.form.faults(answers, today=today)}
            yield from _unlike("faults", dict(self.expect.faults), found)
        if self.expect.evidence is not None:
            required = tuple(one.key for one in self.evidence if one.required)
            yield from _unlike("evidence", self.expect.evidence, required)
        yield from self._people_differences(sections)

    def _people_differences(self, sections: Sequence[Section]) -> Iterator[Difference]:
        if self.expect.people is not None:
            answers, today = self.test.answers, self.test.today
            values = self.form.values(answers, today=today)
            route = self.form.route(answers, today=today)
            required = (one for one in asked(self.package, route) if is_required(one, values))
            yield from _unlike("people", self.expect.people, tuple(one.role for one in required))
        for role, expected in self.expect.sees.items():
            seen = released(self.package, role, sections)
            found = tuple(row.path for section in seen for row in section.rows)
            yield from _unlike(f"sees {role}", expected, found)

    def _value_differences(self) -> Iterator[Difference]:
        for name, expected in self.expect.values.items():
            yield from _unlike(f"values {name}", expected, _canonical(self.values.get(name)))
        if self.expect.fee is not None:
            fee = fee_of_values(self.package, self.values, self.outcome or Outcome.GRANT)
            yield from _unlike("fee", self.expect.fee, "" if fee is None else str(fee.total))

    def _route_differences(self) -> Iterator[Difference]:
        if self.expect.route is not None:
            found = "automatic" if self.routing.automatic else "human"
            yield from _unlike("route", self.expect.route, found)
        if self.expect.reason is not None:
            reasons = [one.path for one in self.routing.reasons]
            if self.expect.reason not in reasons:
                yield Difference("reason", self.expect.reason, ", ".join(reasons))
        if self.expect.outcome is not None:
            yield from _unlike("outcome", self.expect.outcome, self.outcome or "")

    def _notice_differences(self) -> Iterator[Difference]:
        if not self.expect.notice and not self.expect.notice_lacks:
            return
        if self.outcome is None:
            yield Difference("notice", "a notice", "nobody has decided (key decided)")
            return
        text = notice_text(self._notice(self.outcome))
        for part in self.expect.notice:
            if part not in text:
                yield Difference("notice", part, text)
        for part in self.expect.notice_lacks:
            if part in text:
                yield Difference("notice_lacks", part, text)

    def _notice(self, outcome: Outcome) -> NoticeDraft:
        facts = NoticeFacts(
            authority=AuthorityBlock(name="Musterstadt"),
            addressee=Addressee(lines=("Musterperson",)),
            written_on=self.test.today,
            case_number="TEST-1",
            texts=notice_texts(self.package, self.values),
            values={**self.values, "decided_by_machine": self.routing.automatic},
        )
        return compose(self.package.notice, outcome, facts)


def notice_text(draft: NoticeDraft) -> str:
    """Return all words of a draft in the order of the letter, for comparing and searching."""
    passages = (*draft.operative, *draft.reasons, *draft.clauses, *draft.notes)
    return "\n".join([draft.title, draft.subject, *(one.text for one in passages), draft.fee_note])


def _unlike(what: str, expected: object, found: object) -> Iterator[Difference]:
    if expected != found:
        yield Difference(what, str(expected), str(found))


def _canonical(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
