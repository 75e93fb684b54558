"""Versions are compared by number."""

from __future__ import annotations

import pytest

from gemeinwerk.core.schemas.versions import newer, version_key


@pytest.mark.parametrize(
    ("older", "later"),
    [("1.9", "1.10"), ("1.2.0", "1.2.1"), ("1.1-draft", "1.1"), ("9", "10"), ("", "0.1")],
)
def test_newer(older: str, later: str) -> None:
    assert newer(later, older)
    assert not newer(older, later)


def test_zeros_at_the_end_do_not_count() -> None:
    assert version_key("1.0") == version_key("1.0.0")
