"""What a scanner says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Verdict:
    """`code` says why it was refused; `media_type` is what the content is, not what it claims."""

    result: Literal["clean", "refused", "unavailable"]
    code: str = ""
    media_type: str = ""


class Scanner(Protocol):
    """`accepts` names kinds ("pdf") or media types ("application/pdf"); empty: all known kinds."""

    @property
    def name(self) -> str: ...

    def scan(self, data: bytes, accepts: tuple[str, ...]) -> Verdict: ...


class RefusedContentError(Exception):
    """A check found a reason to refuse; its text is the code."""
