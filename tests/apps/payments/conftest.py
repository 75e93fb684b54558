"""Towns and staff for the tests of this folder."""

from tests.offices import lindenau, plugged, towns
from tests.parking import office

__all__ = ["lindenau", "office", "plugged", "towns"]
