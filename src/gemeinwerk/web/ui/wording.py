"""Texts people read: sentences of error codes, and translations of the German page texts.

German is the source: a page says `t("Weiter")`, and `sentences/en_texts/*.toml` holds the English
text under the German one. What core refuses has a code; its sentence stands under that code in
`sentences/de/*.toml` and `sentences/en/*.toml`.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from minijinja import escape, safe

from gemeinwerk.web.ui import formats, language

FOLDER = Path(__file__).parent / "sentences"

_PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_log = logging.getLogger(__name__)


class MissingSentenceError(LookupError):
    """A text has no entry, or a placeholder no value; raised where settings say so (tests)."""


def sentence(code: str, params: Mapping[str, object] | None = None, **more: object) -> str:
    """Return the sentence of an error code in the language of the page (Fehlertext).

    Dates in ISO form among `params` are shown in words. In production an unknown code gives a
    general sentence and a log entry, for a page that fails helps nobody.
    """
    spoken = language.current()
    text = codes(spoken).get(code) or codes("de").get(code)
    if text is None:
        _complain(f"no sentence for the code {code!r}")
        text = codes(spoken).get("general.refused", "Das hat nicht geklappt.")
    return _filled(
        text, {name: formats.shown(value) for name, value in {**more, **(params or {})}.items()}
    )


def has_sentence(code: str, spoken: language.Language = "de") -> bool:
    """Tell whether the code has a sentence of its own in this language."""
    return code in codes(spoken)


def t(text: str, **params: object) -> str:
    """Return a page text in the language of the page; `{name}` takes the parameter `name`.

    If a parameter is markup (the result of a macro), so is the result, and all else is escaped.
    """
    if language.current() == "en":
        text = translations().get(text, text)
    return _filled(text, params) if params else text


@cache
def codes(spoken: language.Language) -> dict[str, str]:
    """Return all sentences of one language, by code."""
    return _read_all(_files(spoken))


@cache
def translations() -> dict[str, str]:
    """Return the English page texts by their German source."""
    return _read_all(_files("en_texts"))


def clashes() -> list[str]:
    """Return what is said twice with different words, as "file: key"; a test keeps it empty."""
    found = []
    for group in (*(_files(spoken) for spoken in language.LANGUAGES), _files("en_texts")):
        seen: dict[str, str] = {}
        for file in group:
            for key, text in _read(file).items():
                if seen.setdefault(key, text) != text:
                    found.append(f"{file.parent.name}/{file.name}: {key}")
    return found


def _files(kind: str) -> list[Path]:
    return [*FOLDER.glob(f"{kind}.toml"), *sorted((FOLDER / kind).glob("*.toml"))]


def _read_all(files: list[Path]) -> dict[str, str]:
    """Return all entries; of two texts for one key the first stands."""
    found: dict[str, str] = {}
    for file in files:
        found = _read(file) | found
    return found


def _read(file: Path) -> dict[str, str]:
    entries = tomllib.loads(file.read_text("utf-8"))
    for key, text in entries.items():
        if not isinstance(text, str):
            raise ValueError(f"{file.name}: put {key!r} in quotes, keys are flat")
    return entries


def _filled(text: str, params: Mapping[str, object]) -> str:
    if any(hasattr(value, "__html__") for value in params.values()):
        escaped = {name: str(escape(value)) for name, value in params.items()}
        return safe(_PLACE.sub(lambda hit: _value(hit, escaped), str(escape(text))))
    return _PLACE.sub(lambda hit: _value(hit, params), text)


def _value(hit: re.Match[str], params: Mapping[str, object]) -> str:
    if hit[1] not in params:
        _complain(f"no value for {hit[0]} in {hit.string!r}")
        return "…"
    return str(params[hit[1]])


def _complain(what: str) -> None:
    if getattr(settings, "STRICT_SENTENCES", False):
        raise MissingSentenceError(what)
    _log.error("wording: %s", what)
