"""Periodic work of the audit chain: link what was written, export the head of the day."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from gemeinwerk.apps.audit import chain, heads, proofs

log = logging.getLogger("gemeinwerk.audit")

# Longer than any transaction lives, so that an entry that commits late is not passed over.
LOOKBACK = timedelta(hours=1)
LIMIT = 1000


def link_all(now: datetime) -> None:
    """Link the fresh entries of this town; runs every few seconds."""
    while chain.link(now=now, lookback=LOOKBACK, limit=LIMIT) == LIMIT:
        pass


def export_head(now: datetime) -> None:
    """Link stragglers, then write today's head outside the database; runs daily."""
    while chain.link(now=now, limit=LIMIT) == LIMIT:
        pass
    heads.export(now.date())


def prove(now: datetime) -> None:
    """Prove the chain as far as it has grown, daily from its beginning; a break is an alarm."""
    if not proofs.prove(now).sound:
        log.error("audit.chain_broken")
