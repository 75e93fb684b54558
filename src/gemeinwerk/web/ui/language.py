"""The language of the page that is being made (Sprache): German by default, English beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Language = Literal["de", "en"]

LANGUAGES: dict[Language, str] = {"de": "Deutsch", "en": "English"}
"""Code and the name each language gives itself."""

_current: ContextVar[Language] = ContextVar("language", default="de")


def known(code: object) -> Language:
    """Return `code` if pages exist in it, else German."""
    return "en" if code == "en" else "de"


def current() -> Language:
    """Return the language in which texts are asked for right now."""
    return _current.get()


@contextmanager
def spoken(code: object) -> Iterator[Language]:
    """Let every text inside the block be in this language."""
    language = known(code)
    token = _current.set(language)
    try:
        yield language
    finally:
        _current.reset(token)
