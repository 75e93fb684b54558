"""The examples in the pages about XZuFi and XProzess run as they stand there."""

from __future__ import annotations

import re

import pytest

from tests.paths import REPOSITORY

PAGES = ("xzufi.md", "xprozess.md")


@pytest.mark.parametrize("name", PAGES)
def test_the_examples_run(name: str) -> None:
    text = (REPOSITORY / "docs" / "library" / name).read_text("utf-8")
    examples = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(examples) > 1
    exec(compile("\n".join(examples), name, "exec"), {})  # noqa: S102  # our own pages
