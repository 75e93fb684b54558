"""When a decision counts as notified (Bekanntgabe): by post, account mailbox or download."""

from datetime import date
from enum import StrEnum

from gemeinwerk.core.calendars import (
    Calendar,
    Law,
    Reckoning,
    Step,
    add_days,
    day_with_weekday,
    move_to_working_day,
)

FICTION_DAYS = 4
DOWNLOAD_DAYS = 10


class Way(StrEnum):
    """How a decision reaches the party (Weg der Bekanntgabe)."""

    POST = "post"
    ELECTRONIC = "electronic"  # sent, such as by e-mail
    MAILBOX = "mailbox"  # mailbox of a user account, § 9 (1) OZG
    DOWNLOAD = "download"  # from the portal with consent, § 41 (2a) VwVfG, § 122a AO
    HANDED_OVER = "handed_over"


_FICTION_NORM = {
    (Way.POST, Law.VWVFG): "§ 41 Absatz 2 Satz 1 VwVfG",
    (Way.ELECTRONIC, Law.VWVFG): "§ 41 Absatz 2 Satz 2 VwVfG",
    (Way.MAILBOX, Law.VWVFG): "§ 9 Absatz 1 OZG",
    (Way.POST, Law.AO): "§ 122 Absatz 2 Nummer 1 AO",
    (Way.ELECTRONIC, Law.AO): "§ 122 Absatz 2a AO",
    (Way.MAILBOX, Law.AO): "§ 122a Absatz 4 und 5 AO",
    (Way.DOWNLOAD, Law.AO): "§ 122a Absatz 4 AO",
}
_EVENT = {
    Way.POST: "Der Bescheid wurde am {day} zur Post gegeben.",
    Way.ELECTRONIC: "Der Bescheid wurde am {day} abgesandt.",
    Way.MAILBOX: "Der Bescheid wurde am {day} im Postfach bereitgestellt.",
    Way.DOWNLOAD: "Die Nachricht über den Abruf wurde am {day} abgesandt.",
}


def notified_on(
    way: Way,
    *,
    sent_on: date | None,
    calendar: Calendar,
    law: Law = Law.VWVFG,
    retrieved_on: date | None = None,
    received_on: date | None = None,
) -> Reckoning | None:
    """Return the day of notification with its explanation, or None while there is none.

    `sent_on` is the day of posting, sending or provision. Post, sending and mailbox count on
    the fourth day after it (R18, R19), in tax procedure moved to a working day (R21). A download
    under the VwVfG counts on the day after retrieval (R20). Under the tax code it counts on the
    fourth day after the alert (`sent_on`), fetched or not; where no alert has left or its arrival
    cannot be shown (`sent_on` None), on the day of the retrieval. `received_on` is a proven later
    arrival: it prevails. That a letter never arrived is no day at all: deliver again.
    """
    if way is Way.DOWNLOAD and law is not Law.AO:
        return None if retrieved_on is None else _by_retrieval(retrieved_on)
    if sent_on is None:
        return None if retrieved_on is None else _without_alert(retrieved_on)
    if way is Way.HANDED_OVER:
        text = f"Der Bescheid wurde am {day_with_weekday(sent_on)} übergeben."
        return Reckoning(sent_on, (Step(text, _act_norm(law)),))
    reckoned = _by_fiction(way, sent_on, law, calendar)
    if received_on is None or received_on <= reckoned.date:
        return reckoned
    text = f"Er ist nachweislich erst am {day_with_weekday(received_on)} zugegangen."
    return Reckoning(received_on, (*reckoned.steps, Step(text, _norm_of(way, law))))


def download_lapses_on(alerted_on: date) -> Reckoning:
    """Return the last day for the retrieval; after it the decision is delivered otherwise (R20).

    Ten days after the alert, without the shift of § 31 (3) VwVfG: a retrieval within the plain
    ten days counts however one reads the law; one on the Monday after might not.
    """
    last = add_days(alerted_on, DOWNLOAD_DAYS)
    text = (
        f"Wer den Bescheid bis {day_with_weekday(last)} nicht abruft, "
        "bekommt ihn auf anderem Weg, in der Regel mit der Post."
    )
    return Reckoning(last, (Step(text, "§ 41 Absatz 2a VwVfG"),))


def _by_retrieval(retrieved_on: date) -> Reckoning:
    norm = "§ 41 Absatz 2a VwVfG"
    day = add_days(retrieved_on, 1)
    return Reckoning(
        day,
        (
            Step(f"Der Bescheid wurde am {day_with_weekday(retrieved_on)} abgerufen.", norm),
            Step(f"Er gilt am Tag danach als bekannt gegeben: {day_with_weekday(day)}.", norm),
        ),
    )


def _without_alert(retrieved_on: date) -> Reckoning:
    text = (
        "Ein Zugang der Nachricht ist nicht nachweisbar. Darum gilt der Bescheid am Tag des Abrufs "
        f"als bekannt gegeben: {day_with_weekday(retrieved_on)}."
    )
    return Reckoning(retrieved_on, (Step(text, "§ 122a Absatz 4 Satz 3 AO"),))


def _by_fiction(way: Way, sent_on: date, law: Law, calendar: Calendar) -> Reckoning:
    norm = _norm_of(way, law)
    day = add_days(sent_on, FICTION_DAYS)
    fourth = f"Er gilt am vierten Tag danach als bekannt gegeben: {day_with_weekday(day)}."
    steps = (Step(_EVENT[way].format(day=day_with_weekday(sent_on)), norm), Step(fourth, norm))
    reckoned = Reckoning(day, steps)
    if law is Law.AO:
        # Case law of the tax courts: the fourth day is the end of a period there (R21, [E]).
        return move_to_working_day(reckoned, calendar=calendar, law=Law.AO)
    return reckoned


def _norm_of(way: Way, law: Law) -> str:
    return _FICTION_NORM[(way, Law.AO if law is Law.AO else Law.VWVFG)]


def _act_norm(law: Law) -> str:
    return "§ 122 Absatz 1 AO" if law is Law.AO else "§ 41 Absatz 1 VwVfG"
