"""The examples of docs/library/exports.md do what they say."""

from __future__ import annotations

import re
from typing import Any

from tests.paths import REPOSITORY

PAGE = REPOSITORY / "docs/library/exports.md"


def test_the_examples_run_one_after_the_other():
    examples = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(examples) >= 5
    known: dict[str, Any] = {}
    for number, example in enumerate(examples, start=1):
        exec(compile(example, f"{PAGE.name}, example {number}", "exec"), known)  # noqa: S102 - our own page
