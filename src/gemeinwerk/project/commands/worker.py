"""`gemeinwerk worker`: run jobs of the outbox and periodic work until told to stop."""

from __future__ import annotations

import argparse
import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime

HELP = "run jobs and periodic work (Hintergrundarbeit)"

PAUSE = 0.25  # seconds between two looks at an empty queue
AFTER_FAILURE = 2.0
AT_A_TIME = 500  # jobs between two looks at the rounds

log = logging.getLogger("gemeinwerk.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--once", action="store_true", help="do what is due now, then end (for cron and tests)"
    )


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; the job at hand is finished, nothing is cut off."""
    from gemeinwerk.project import django_setup, logs

    django_setup.start("worker")
    logs.configure(unattended=True)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop, once=args.once)
    return 0


def work(stop: threading.Event, *, once: bool = False) -> None:
    """Run due jobs one after the other, between them the rounds that are due."""
    from django.db import DatabaseError, InterfaceError, connection
    from django.utils import timezone

    from gemeinwerk.apps.outbox.rounds import Rounds
    from gemeinwerk.project.periodic import PERIODIC

    rounds = Rounds(PERIODIC, clock=timezone.now)
    while not stop.is_set():
        try:
            more = _empty_queue(stop, timezone.now)
            rounds.run_due(stop.is_set)
            if once:
                while _empty_queue(stop, timezone.now):
                    pass
                return
            if not more:
                stop.wait(PAUSE)
        except (DatabaseError, InterfaceError) as failure:
            # The database is away or starts anew; whatever was begun is rolled back there.
            if once:
                raise
            log.warning("worker.database_away", extra={"kind": type(failure).__name__})
            connection.close()
            stop.wait(AFTER_FAILURE)


def _empty_queue(stop: threading.Event, clock: Callable[[], datetime]) -> bool:
    """Run due jobs; return whether there may be more."""
    from gemeinwerk.apps.outbox.worker import run_one
    from gemeinwerk.project.reactions import handlers_by_name

    handlers = handlers_by_name()
    count = 0
    # Not for ever: a queue that never empties must not keep the rounds from their turn.
    while count < AT_A_TIME and not stop.is_set() and run_one(handlers, clock=clock):
        count += 1
    return count == AT_A_TIME
