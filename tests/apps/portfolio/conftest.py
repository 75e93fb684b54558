"""A town that decides on resident parking, for the tests of this folder."""

from tests.apps.notices.conftest import office
from tests.offices import lindenau, plugged, towns

__all__ = ["lindenau", "office", "plugged", "towns"]
