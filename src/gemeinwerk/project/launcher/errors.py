"""What stops a start: one sentence for the operator in German and in English."""

from __future__ import annotations


class LauncherError(Exception):
    """The start was refused; `german` and `english` say why and what to do."""

    def __init__(self, german: str, english: str) -> None:
        super().__init__(english)
        self.german = german
        self.english = english

    def __str__(self) -> str:
        return f"{self.german}\n{self.english}"
