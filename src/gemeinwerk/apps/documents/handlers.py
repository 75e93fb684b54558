"""Periodic work of documents: scan what could not be scanned, delete what nobody refers to."""

from __future__ import annotations

from datetime import datetime

from gemeinwerk.apps.documents import actions, queries


def scan_again(now: datetime) -> None:
    """Scan files whose scanner could not answer before (S41)."""
    for file in queries.waiting_for_scan():
        # What may come in was decided when it came; now only whether it is clean is open.
        actions.scan_again(file, accepts=(), now=now)


def delete_unclaimed(now: datetime) -> None:
    """Delete uploads that nothing refers to after two days (S43)."""
    actions.delete_unclaimed(now=now)
