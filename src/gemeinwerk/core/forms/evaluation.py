"""Runs the generated checks of a form: of the whole, or of one page. Made when first asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import msgspec

from gemeinwerk.core.forms.generation import Check, generate
from gemeinwerk.core.forms.plan import PagePlan, Plan
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.forms.values import Refusal
from gemeinwerk.core.kernel import Fault

_NOTHING: Mapping[str, Refusal] = {}


class Evaluation(msgspec.Struct, frozen=True):
    """What answers amount to (Auswertung): those that count, and all that is wrong with them."""

    answers: dict[str, str]
    """Applicable answers with defaults, locked and calculated ones."""
    faults: tuple[Fault, ...]


class Checks:
    """The checks of one form."""

    __slots__ = ("_pages", "_plan", "_whole")

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._whole: tuple[Check, bool] | None = None
        self._pages: dict[str, tuple[Check, bool]] = {}

    def whole(self, answers: Mapping[str, str], today: date) -> Evaluation:
        """Evaluate the whole form."""
        made = self._whole
        if made is None:
            made = self._whole = generate(self._plan, self._plan.pages.values())
        check, asks_state = made
        state = State(self._plan, answers, today) if asks_state else None
        found: dict[str, str] = {}
        faults: list[Fault] = []
        check(answers.get, today, found, faults.append, _NOTHING, (), state)
        return Evaluation(found, tuple(faults))

    def page(
        self,
        page: PagePlan,
        state: State,
        refused: Mapping[str, Refusal] = _NOTHING,
        unasked: Collection[str] = (),
    ) -> list[Fault]:
        """Return the faults of one page.

        `refused` holds what was just typed and is no answer; `unasked` the names of questions that
        were not on the page yet when it was sent: they are not reported as missing.
        """
        made = self._pages.get(page.page.id)
        if made is None:
            made = self._pages[page.page.id] = generate(self._plan, (page,))
        faults: list[Fault] = []
        made[0](state.answers.get, state.today, {}, faults.append, refused, unasked, state)
        return faults
