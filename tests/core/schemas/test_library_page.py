"""The examples of the library's page run."""

from __future__ import annotations

import doctest

from tests.paths import REPOSITORY


def test_the_examples_of_the_page_run():
    page = REPOSITORY / "docs" / "library" / "schemas.md"
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 15
    assert result.failed == 0
