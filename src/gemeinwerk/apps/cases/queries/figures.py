"""How many cases are in which state, for steering."""

from __future__ import annotations

from django.db.models import Count

from gemeinwerk.apps.cases.models import Case


def count_by_state() -> dict[str, int]:
    """Return the number of cases per state in the whole town."""
    rows = Case.objects.values("state").annotate(count=Count("id")).order_by("state")
    return {row["state"]: row["count"] for row in rows}
