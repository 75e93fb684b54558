"""Every notice of a shipped package has all parts that rule R16 asks for, whatever the outcome."""

from datetime import date

import pytest

from gemeinwerk.core.decisions import (
    Addressee,
    AuthorityBlock,
    FeeLine,
    NoticeFacts,
    Outcome,
    compose,
    missing_parts,
)
from gemeinwerk.core.forms import compile_form
from gemeinwerk.core.packages import (
    Package,
    TestCase,
    calculate,
    default_parameters,
    fee_of_values,
    form_values,
    load_package,
    notice_texts,
)
from tests.core.packages.folders import SHIPPED, folder

TODAY = date(2026, 11, 22)
PACKAGES = [load_package(folder(key)) for key in SHIPPED]


def facts_of(package: Package, test: TestCase, outcome: Outcome) -> NoticeFacts:
    plain = {**default_parameters(package, on=TODAY), **test.parameters}
    form = compile_form(package.form, form_values(package, plain))
    answers = form.effective(test.answers, today=test.today)
    values = calculate(package, answers, plain, today=test.today)
    fee = fee_of_values(package, values, outcome)
    lines = fee.lines if fee else ()
    return NoticeFacts(
        authority=AuthorityBlock(name="Stadt Musterstadt"),
        addressee=Addressee(lines=("Anna Beispiel",)),
        written_on=test.today,
        case_number="2026-1",
        texts=notice_texts(package, values),
        values={**values, "decided_by_machine": False},
        fee_lines=tuple(FeeLine(one.label, one.amount, one.norm) for one in lines),
        closing_name="Ben Muster",
    )


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("package", PACKAGES, ids=SHIPPED)
def test_nothing_is_missing_but_the_remedy_of_the_state(package: Package, outcome: Outcome) -> None:
    for test in package.tests:
        if test.expect.faults or test.expect.fee == "":
            continue  # such an application is not submitted, or a person sets the fee
        draft = compose(package.notice, outcome, facts_of(package, test, outcome))
        assert missing_parts(draft) == ("notice.remedy_missing",), test.name
        words = "\n".join(one.text for one in (*draft.operative, *draft.reasons, *draft.clauses))
        assert "{" not in words, test.name


@pytest.mark.parametrize("package", PACKAGES, ids=SHIPPED)
def test_a_refusal_costs_nothing_and_says_so(package: Package) -> None:
    draft = compose(
        package.notice, Outcome.REFUSE, facts_of(package, package.tests[0], Outcome.REFUSE)
    )
    assert draft.fee_lines == () and "keine Gebühr" in draft.fee_note
