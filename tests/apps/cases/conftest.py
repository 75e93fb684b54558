"""A town that works on resident parking, for the tests of this folder."""

from tests.offices import lindenau, plugged, towns
from tests.parking import office
from tests.people import annas_case, bens_case

__all__ = ["annas_case", "bens_case", "lindenau", "office", "plugged", "towns"]
