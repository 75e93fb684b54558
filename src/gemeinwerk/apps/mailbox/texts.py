"""The words of our mails (E-Mail-Texte): data in `words/<language>.toml`, read once (S93).

No mail holds content of a case: it says that there is something and where. The links in them
carry no right; they open with the access code or in the browser that began.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class MailWords:
    """Subject and text of one mail; `proof` tells that its departure starts a period."""

    subject: str
    text: str
    proof: bool = False


def words_of(template: str, language: str) -> MailWords:
    """Return the words of a mail, in German where a language lacks it; KeyError if unknown."""
    return templates(language).get(template) or templates("de")[template]


@cache
def templates(language: str) -> dict[str, MailWords]:
    """Return all mails of one language by their name; empty for a language we do not speak."""
    path = FOLDER / f"{language}.toml"
    if language not in ("de", "en") or not path.exists():
        return {}
    return {
        name: MailWords(str(one["subject"]), str(one["text"]).strip(), bool(one.get("proof")))
        for name, one in tomllib.loads(path.read_text("utf-8")).items()
    }
