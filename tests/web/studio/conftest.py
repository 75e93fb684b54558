"""Towns, authors and browsers for the studio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from tests.offices import Browser, browser, lindenau, plugged, signed_in, towns
from tests.studio_files import blocks, unit

__all__ = ["blocks", "browser", "lindenau", "plugged", "signed_in", "towns", "unit"]


@pytest.fixture
def staff_pages() -> Iterator[None]:
    """The whole house is routed; a text without entry fails the test."""
    with override_settings(STRICT_SENTENCES=True):
        yield


@pytest.fixture
def ina(blocks: None, signed_in: Browser) -> Any:
    """The browser of an author of Lindenau."""
    return signed_in("Ina Wolf", "author")
