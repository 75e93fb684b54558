"""What a benchmark says: rows of name, value, unit, baseline, ratio, goal, met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `goal` is a bound: at most, or at least where `at_least`; None: only shown."""

    name: str
    value: float | None
    """None where it could not be measured; then `unit` says why."""
    unit: str
    baseline: float | None = None
    goal: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of its baseline."""
        return self.value / self.baseline if self.baseline and self.value is not None else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None or self.value is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def table(rows: Sequence[Row]) -> str:
    """Return the rows for people to read."""
    lines = [("name", "value", "unit", "baseline", "ratio", "goal", "met")]
    lines += [
        (
            row.name,
            _number(row.value),
            row.unit,
            _number(row.baseline),
            _number(row.ratio),
            "" if row.goal is None else f"{'>=' if row.at_least else '<='} {_number(row.goal)}",
            {None: "", True: "yes", False: "NO"}[row.met],
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(7)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 0 < column < 5 and column != 2 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
