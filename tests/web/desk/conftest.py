"""People and their browsers for the pages of the desk."""

from tests.offices import lindenau, plugged, towns
from tests.parking import office
from tests.people import annas_case, bens_case, client_of, strict_sentences

__all__ = [
    "annas_case",
    "bens_case",
    "client_of",
    "lindenau",
    "office",
    "plugged",
    "strict_sentences",
    "towns",
]
