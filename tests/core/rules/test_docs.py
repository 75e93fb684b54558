"""The examples of the documentation run."""

from __future__ import annotations

import doctest

from tests.paths import REPOSITORY


def test_the_examples_of_the_documentation_are_true() -> None:
    page = REPOSITORY / "docs" / "library" / "rules.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert tried > 15
    assert failed == 0
