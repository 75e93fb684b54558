"""What law asks of a package before a town may publish it (Freigabe)."""

from __future__ import annotations

from collections.abc import Iterator

from gemeinwerk.core.kernel import Fault
from gemeinwerk.core.packages.model import Package

_ADVICE = frozenset({"package.no_tests"})


def open_points(package: Package) -> tuple[Fault, ...]:
    """Return what is still open, each with "file: key" as path; empty when nothing is.

    R03, R06, R07, R15, R20, R31, R33 and R34. A package from a folder never has open points; one
    made from a schema always does, and the studio shows them as the list of what is missing.
    """
    return tuple(
        Fault(f"{file}: {key}", code, {"file": file, "key": key})
        for file, key, code in _open_points(package)
    )


def blocking_points(package: Package) -> tuple[Fault, ...]:
    """Return the open points that stand against publishing; the others are advice.

    Only missing test cases are advice: no law asks for them, and a package made from a schema
    has none.
    """
    return tuple(fault for fault in open_points(package) if fault.code not in _ADVICE)


def _open_points(package: Package) -> Iterator[tuple[str, str, str]]:
    manifest, automation = "manifest.toml", package.automation
    if not package.identity_reason.strip():
        yield manifest, "identity_reason", "package.no_identity_reason"
    if package.written_form and not package.written_form_norm.strip():
        yield manifest, "written_form_norm", "package.written_form_without_norm"
    if set(package.channels) <= {"online"}:
        yield manifest, "channels", "package.online_only"
    if package.delivery is None:
        yield manifest, "blocks", "package.no_delivery_consent"
    if package.usual_days is None:
        yield manifest, "usual_days", "package.no_usual_days"
    if automation is not None and not automation.legal_basis.strip():
        yield manifest, "automation.legal_basis", "package.automation_without_basis"
    if automation is not None and package.discretion:
        yield manifest, "automation", "package.automation_with_discretion"
    if not package.legal_bases:
        yield "legal.toml", "basis", "package.no_legal_basis"
    if package.retention.years is None or not package.retention.reason.strip():
        yield "retention.toml", "years", "package.no_retention"
    for key in ("purpose", "legal_basis", "data_categories", "recipients"):
        if package.privacy is None or not getattr(package.privacy, key):
            yield "privacy.toml", key, "package.privacy_incomplete"
    if not package.tests:
        yield "tests/", "", "package.no_tests"
