"""Towns and shared blocks for the tests of this folder."""

from tests.offices import lindenau, plugged, towns
from tests.studio_files import blocks, unit

__all__ = ["blocks", "lindenau", "plugged", "towns", "unit"]
