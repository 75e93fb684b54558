"""Tables of the outbox: jobs behind the wall, tickets that tell the worker where to look."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.municipalities.walls import WalledById


class Job(WalledById):
    """Auftrag: one handler to run for one event, at least once, with effects exactly once."""

    handler = models.CharField(max_length=120)
    event = models.CharField(max_length=80)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["municipality", "set_aside_at"],
                name="job_set_aside",
                condition=models.Q(set_aside_at__isnull=False),
            ),
        ]


class Ticket(models.Model):
    """Laufzettel: which job of which town is due when; no content, no wall (reviewed list)."""

    id = models.UUIDField(primary_key=True)  # the job's id
    municipality_id = models.BigIntegerField()
    due_at = models.DateTimeField(db_index=True)
