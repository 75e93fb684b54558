"""Towns, staff and browsers for the sign-in pages."""

from tests.offices import browser, lindenau, plugged, signed_in, staff_pages, towns

__all__ = ["browser", "lindenau", "plugged", "signed_in", "staff_pages", "towns"]
