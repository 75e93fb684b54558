"""The examples of docs/library/forms.md do what they say."""

from __future__ import annotations

import doctest

from tests.paths import REPOSITORY


def test_the_examples_run():
    page = REPOSITORY / "docs" / "library" / "forms.md"
    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert found.attempted > 8
    assert found.failed == 0
