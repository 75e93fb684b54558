"""The code on each page of a paper form: it tells a scan what it is a page of.

Only signs of the alphanumeric mode of QR codes are used, so that the code stays small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from gemeinwerk.core.kernel import DomainError

_MARK = "GW1"
_TEXT = re.compile(
    r"GW1/([a-z0-9][a-z0-9_.-]{0,79})/([a-z0-9][a-z0-9_.-]{0,39})/([0-9a-f]{32}|-)"
    r"/([1-9][0-9]{0,2})/([1-9][0-9]{0,2})"
)


class PageCodeError(DomainError):
    """A scanned text that is no code of our paper forms."""

    code = "paper.unknown_code"


@dataclass(frozen=True, slots=True)
class PageCode:
    """One page (Seitencode); `application` is None on an empty form."""

    service: str
    version: str
    application: UUID | None
    page: int
    pages: int


def page_code(code: PageCode) -> str:
    """Return the text of the code."""
    application = code.application.hex if code.application else "-"
    parts = (_MARK, code.service, code.version, application, str(code.page), str(code.pages))
    text = "/".join(parts).upper()
    read_page_code(text)
    return text


def read_page_code(text: str) -> PageCode:
    """Read a scanned code, or raise `PageCodeError`."""
    packed = text.strip()
    found = _TEXT.fullmatch(_MARK + packed[len(_MARK) :].lower()) if packed else None
    if found is None or packed[: len(_MARK)].upper() != _MARK or int(found[4]) > int(found[5]):
        raise PageCodeError
    application = None if found[3] == "-" else UUID(found[3])
    return PageCode(found[1], found[2], application, int(found[4]), int(found[5]))
