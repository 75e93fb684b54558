"""Which procedural law a notice follows (Verfahrensrecht), and the norm that says so (R21)."""

from typing import Final

from gemeinwerk.core.calendars import Law, Step, UnknownStateError

TAX_PROCEDURE: Final[dict[str, str]] = {
    "BW": "§ 3 KAG BW",
    "BY": "Art. 13 KAG BY",
    "BE": "AOAnwG BE",
    "BB": "§ 12 KAG BB",
    "HB": "§ 3 BremAbgG",
    "HH": "§ 1 HmbAbgG",
    "HE": "§ 4 KAG HE",
    "MV": "§ 12 KAG M-V",
    "NI": "§ 11 NKAG",
    "NW": "§ 12 KAG NRW",
    "RP": "§ 3 KAG RP",
    "SL": "§ 12 KAG SL",
    "SN": "§ 3 SächsKAG",
    "ST": "§ 13 KAG-LSA",
    "SH": "§ 11 KAG SH",
    "TH": "§ 15 ThürKAG",
}
"""State -> the norm by which the tax code applies to local taxes; [E], the town confirms it."""


def procedure_step(law: Law, state: str) -> Step:
    """Return the sentence that says which law counts the days of a notice."""
    if law is not Law.AO:
        return Step("Für diesen Bescheid gilt das Verwaltungsverfahrensgesetz.", "§ 1 VwVfG")
    norm = TAX_PROCEDURE.get(state)
    if norm is None:
        raise UnknownStateError(state=state)
    return Step("Für diesen Bescheid gilt die Abgabenordnung.", norm)
