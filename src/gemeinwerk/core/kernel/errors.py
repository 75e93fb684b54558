"""One tree of errors: stable codes with named parameters; the German sentence is made in `web`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec

Param = str | int


class DomainError(Exception):
    """A refusal with a stable code (fachlicher Fehler).

    Subclasses set `code`; `params` fill the sentence that `web` shows for it. Never put
    personal data into `params` that the person who sees the sentence did not type herself.
    """

    code: ClassVar[str] = "domain.refused"

    def __init__(self, **params: Param) -> None:
        super().__init__(self.code)
        self.params: dict[str, Param] = params

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({shown})"


class Fault(msgspec.Struct, frozen=True, gc=False):
    """One thing wrong in an input: `path` says where, `code` and `params` say what.

    A struct, for forms make them by the thousand and a frozen dataclass takes five times as long.
    """

    path: str
    code: str
    params: dict[str, Param] = msgspec.field(default_factory=dict)


class FaultsError(DomainError):
    """Several faults of one input, reported together (never one at a time)."""

    code = "input.faults"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults))

    def __str__(self) -> str:
        return "; ".join(f"{fault.path}: {fault.code} {fault.params}" for fault in self.faults)


class RefusedError(DomainError):
    """The actor may not do this; shown as "not there" (S04)."""

    code = "access.refused"


class NotFoundError(DomainError):
    """No such thing behind this actor's wall; shown like `RefusedError`."""

    code = "access.not_found"
