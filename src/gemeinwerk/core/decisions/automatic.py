"""When a machine may decide (vollautomatischer Erlass, § 35a VwVfG): any doubt goes to a human."""

from collections.abc import Mapping

from gemeinwerk.core.decisions.outcome import Outcome, is_burdening
from gemeinwerk.core.kernel import Fault


def may_decide_automatically(
    *,
    legal_basis: str,
    discretion: bool,
    remarks: str,
    evidence_complete: bool,
    checks: Mapping[str, bool | None],
    outcome: Outcome = Outcome.GRANT,
) -> tuple[bool, tuple[Fault, ...]]:
    """Return whether rule R15 allows it, and every reason why a human has to decide.

    `legal_basis` is the recorded norm that allows automation, `remarks` any free text of the
    applicant, `checks` the answer per check: True means passed; False and None (no answer, peer
    away) do not. Without any check nothing is decided automatically: an unchecked grant is no
    decision on facts.
    """
    reasons: list[Fault] = []
    if not legal_basis.strip():
        reasons.append(Fault("legal_basis", "automatic.no_legal_basis"))
    if discretion:
        reasons.append(Fault("discretion", "automatic.discretion"))
    if remarks.strip():
        reasons.append(Fault("remarks", "automatic.remarks"))
    if not evidence_complete:
        reasons.append(Fault("evidence", "automatic.evidence_missing"))
    if is_burdening(outcome):
        reasons.append(Fault("outcome", "automatic.burdening"))
    if not checks:
        reasons.append(Fault("checks", "automatic.no_check"))
    for name, passed in checks.items():
        if passed is None:
            reasons.append(Fault(name, "automatic.check_without_answer", {"check": name}))
        elif passed is not True:
            reasons.append(Fault(name, "automatic.check_failed", {"check": name}))
    return not reasons, tuple(reasons)
