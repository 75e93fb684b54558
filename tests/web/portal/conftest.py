"""A town that decides on resident parking, for the tests of this folder."""

from tests.offices import lindenau, plugged, towns
from tests.parking import office
from tests.people import strict_sentences

__all__ = ["lindenau", "office", "plugged", "strict_sentences", "towns"]
