"""What is missing to go live, in the author's words: one line each, with the way to it."""

from __future__ import annotations

from collections.abc import Iterable

from gemeinwerk.apps.catalogue.drafts import ServiceView
from gemeinwerk.core.kernel import Fault
from gemeinwerk.core.packages import FEE, FEE_NORM
from gemeinwerk.web.ui.wording import sentence, t

# code (and key, where one code stands for several points) -> field of the page, sentence
_POINTS = {
    "package.no_identity_reason": (
        "identity_reason",
        "Sagen Sie, warum das Vertrauensniveau genügt.",
    ),
    "package.no_usual_days": ("usual_days", "Sagen Sie, wie lange es meist dauert."),
    "package.no_legal_basis": ("legal_bases", "Nennen Sie mindestens eine Rechtsgrundlage."),
    "package.no_retention": (
        "retention_years",
        "Sagen Sie, wie viele Jahre die Akte aufbewahrt wird und warum.",
    ),
    "package.privacy_incomplete: purpose": ("purpose", "Nennen Sie den Zweck der Verarbeitung."),
    "package.privacy_incomplete: legal_basis": (
        "privacy_basis",
        "Nennen Sie die Rechtsgrundlage der Verarbeitung.",
    ),
    "package.privacy_incomplete: data_categories": (
        "data_categories",
        "Zählen Sie die Datenkategorien auf.",
    ),
    "package.privacy_incomplete: recipients": (
        "recipients",
        "Sagen Sie, wer die Daten erhält.",
    ),
    "package.no_delivery_consent": (
        "",
        "Das Formular fragt nicht, ob jemand den Bescheid abrufen möchte. Melden Sie das dem "
        "Betrieb: Der Baustein delivery fehlt.",
    ),
}


def gap_rows(view: ServiceView, faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Return the open points of a service: text and address of the place to fill it in."""
    return [_row(view, fault) for fault in faults]


def _row(view: ServiceView, fault: Fault) -> dict[str, str]:
    if fault.code == "catalogue.no_unit":
        return {"href": "#unit", "text": sentence(fault.code)}
    if fault.code == "catalogue.parameter_missing":
        name = fault.path.removeprefix("parameters.toml: ")
        by_form = view.source == "schema" and name in (FEE, FEE_NORM)
        values = f"/werkstatt/leistung/{view.key}/werte/{name}"
        href = "#fee_amount" if by_form else values
        return {"href": href, "text": sentence(fault.code, fault.params)}
    code = fault.code
    if code == "package.privacy_incomplete":
        code = f"{code}: {fault.params.get('key', '')}"
    field, text = _POINTS.get(code, ("", ""))
    if view.source != "schema":
        field = ""
    told = t(text) if text else sentence(fault.code, fault.params)
    return {"href": f"#{field}" if field else "", "text": told}
