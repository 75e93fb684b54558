"""Towns and staff for the tests of this folder."""

from tests.offices import lindenau, plugged, towns

__all__ = ["lindenau", "plugged", "towns"]
