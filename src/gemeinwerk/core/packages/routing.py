"""Who decides a case (Weg): a machine only where law allows it and nothing is in doubt (R15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gemeinwerk.core.decisions import may_decide_automatically
from gemeinwerk.core.kernel import Fault
from gemeinwerk.core.packages.calculating import Values, compiled
from gemeinwerk.core.packages.model import Package
from gemeinwerk.core.packages.people import pages_by_path


@dataclass(frozen=True, slots=True)
class Routing:
    """`automatic`, or every reason why a person decides; the path of a reason names it."""

    automatic: bool
    reasons: tuple[Fault, ...] = ()


def route_of(
    package: Package,
    values: Values,
    *,
    evidence_complete: bool,
    checks: Mapping[str, bool | None],
) -> Routing:
    """Return who decides. `values` come from `calculate`; `checks` are the answers of connectors.

    A check the package asks for and nobody answered counts as without answer, a condition that
    cannot be told as not met.
    """
    automation = package.automation
    if automation is None:
        code = "automatic.discretion" if package.discretion else "automatic.no_legal_basis"
        path = "discretion" if package.discretion else "no_automation"
        return Routing(False, (Fault(path, code),))
    failed = [Fault("people", "automatic.people")] if _others_said(package, values) else []
    failed += [
        Fault(one.key, "automatic.condition", {"reason": one.reason})
        for one in automation.conditions
        if compiled(one.holds)(values) is not True
    ]
    remarks = [str(values.get(path) or "") for path in automation.free_text]
    allowed, reasons = may_decide_automatically(
        legal_basis=automation.legal_basis,
        discretion=package.discretion,
        remarks=" ".join(remarks),
        evidence_complete=evidence_complete,
        checks={name: checks.get(name) for name in automation.checks},
    )
    return Routing(allowed and not failed, (*failed, *reasons))


def _others_said(package: Package, values: Values) -> bool:
    """Tell whether anybody but the applicant gave an answer: what people agree on, people read."""
    pages = {page for one in package.participants for page in one.pages}
    if not pages:
        return False
    places = pages_by_path(package.form)
    return any(values.get(path) not in (None, []) for path, on in places.items() if on & pages)
