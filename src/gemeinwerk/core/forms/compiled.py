"""A form ready to be used: pages, reading, checking, outcome. Holds no answers; share it freely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gemeinwerk.core.expressions import Type, list_of
from gemeinwerk.core.forms import outcome
from gemeinwerk.core.forms.building import build_plan
from gemeinwerk.core.forms.evaluation import Checks, Evaluation
from gemeinwerk.core.forms.kinds import TYPES
from gemeinwerk.core.forms.live import Dependents, LiveForm
from gemeinwerk.core.forms.model import EvidenceSpec, Form
from gemeinwerk.core.forms.outcome import Section
from gemeinwerk.core.forms.plan import PagePlan, Plan
from gemeinwerk.core.forms.reading import Answers, PageReading, Posted, read_page
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.forms.view import View, page_view
from gemeinwerk.core.kernel import DomainError, Fault

_NONE: Mapping[str, Any] = {}


class UnknownPageError(DomainError):
    """The form has no page of this id."""

    code = "form.unknown_page"


class CompiledForm:
    """A compiled form (übersetztes Formular).

    `notes` are faults of the form that do not keep it from being used, e.g. tolerated patterns.
    """

    __slots__ = ("_checks", "_dependents", "_plan", "form", "notes")

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._checks = Checks(plan)
        self._dependents: Dependents | None = None
        self.form = plan.form
        self.notes: tuple[Fault, ...] = tuple(plan.notes)

    @property
    def types(self) -> Mapping[str, Type]:
        """Types of everything `values` returns; fees and decisions are compiled against them."""
        found = {"today": Type.DATE}
        for name, (variable, _) in self._plan.variables.items():
            found[name] = TYPES[variable.kind]
        for path, field in self._plan.fields.items():
            kind = TYPES[field.field.kind]
            if field.field.kind != "note":
                found[path] = list_of(kind) if field.depth or field.repeated else kind
        return found

    @property
    def labels(self) -> Mapping[str, str]:
        """Labels of fields and groups by path, titles of pages by id."""
        found = {key: page.page.title for key, page in self._plan.pages.items()}
        found |= {path: parts[0].group.label for path, parts in self._plan.groups.items()}
        return found | {path: plan.field.label for path, plan in self._plan.fields.items()}

    def route(self, answers: Mapping[str, str], *, today: date) -> tuple[str, ...]:
        """Return the ids of the pages to be filled in, in order."""
        state = State(self._plan, answers, today)
        return tuple(
            key for key, page in self._plan.pages.items() if outcome.has_content(state, page)
        )

    def read_page(
        self, page_id: str, posted: Posted, answers: Mapping[str, str], *, today: date
    ) -> PageReading:
        """Read what was sent for a page (see `PageReading`).

        Names are answer paths; a question left out counts as blank if it was shown. Radio
        buttons and boxes may be preceded by an empty hidden input of the same name: the last
        value counts. `_add` names a repeated element, `_remove` one instance.
        """
        return read_page(self._plan, self._checks, self._page(page_id), posted, answers, today)

    def page_view(
        self,
        page_id: str,
        answers: Mapping[str, str],
        *,
        today: date,
        raw: Mapping[str, str] | None = None,
        faults: Iterable[Fault] = (),
        entry: str = "",
    ) -> View:
        """Return the page as plain dicts (see `core.forms.view`).

        `entry` ("G1[0]") asks for the page of one entry; what is none gives the whole page.
        """
        state = State(self._plan, answers, today)
        return page_view(self._page(page_id), state, raw or _NONE, faults, entry)

    def entry_of(self, path: str) -> str:
        """Return the entry with a page of its own that an answer lies in, "" if there is none."""
        head = path.partition("]")[0]
        groups = self._plan.groups.get(head.partition("[")[0], ())
        return f"{head}]" if any(group.group.entry_pages for group in groups) else ""

    def evaluate(self, answers: Mapping[str, str], *, today: date) -> Evaluation:
        """Return the answers that count and every fault of the whole form, found in one go."""
        return self._checks.whole(answers, today)

    def live(self, answers: Mapping[str, str], *, today: date) -> LiveForm:
        """Return the answers as a form in the making, for one change after the other."""
        if self._dependents is None:
            self._dependents = Dependents(self._plan)
        return LiveForm(self._dependents, answers, today)

    def faults(self, answers: Mapping[str, str], *, today: date) -> tuple[Fault, ...]:
        """Return every fault of the whole form, in the order of the pages."""
        return self._checks.whole(answers, today).faults

    def page_faults(
        self, page_id: str, answers: Mapping[str, str], *, today: date
    ) -> tuple[Fault, ...]:
        """Return the faults of the stored answers of one page, for the task list."""
        state = State(self._plan, answers, today)
        return tuple(self._checks.page(self._page(page_id), state))

    def effective(self, answers: Mapping[str, str], *, today: date) -> Answers:
        """Return the answers that count, with defaults, locked and calculated values."""
        return self._checks.whole(answers, today).answers

    def set_aside(self, answers: Mapping[str, str], *, today: date) -> tuple[str, ...]:
        """Return the names of stored answers that do not apply at present."""
        return outcome.set_aside(State(self._plan, answers, today))

    def rows(self, answers: Mapping[str, str], *, today: date) -> tuple[Section, ...]:
        """Return labels and German texts of all questions that apply, page by page."""
        return outcome.sections(State(self._plan, answers, today))

    def evidence(self, answers: Mapping[str, str], *, today: date) -> tuple[EvidenceSpec, ...]:
        """Return the documents asked for; `required` is decided, keys carry instance numbers."""
        return outcome.evidence(State(self._plan, answers, today))

    def values(self, answers: Mapping[str, str], *, today: date) -> Mapping[str, object]:
        """Return typed values for other expressions (fee, routing), by path without indexes."""
        return outcome.values(State(self._plan, answers, today))

    def _page(self, page_id: str) -> PagePlan:
        page = self._plan.pages.get(page_id)
        if page is None:
            raise UnknownPageError(page=page_id[:64])
        return page


def compile_form(form: Form, values: Mapping[str, object] | None = None) -> CompiledForm:
    """Compile a form, or raise `FaultsError` with everything that is wrong with it.

    `values` supplies variables without calculation (a town's parameters), as str, Decimal, bool,
    date or None; what is not supplied is a missing value.
    """
    return CompiledForm(build_plan(form, values or _NONE))
