"""Starts Django for commands that need the database."""

from __future__ import annotations

import atexit
import os

from gemeinwerk.project import environment
from gemeinwerk.project.environment import Role
from gemeinwerk.project.launcher import preparation
from gemeinwerk.project.launcher.holding import Holding
from gemeinwerk.project.launcher.postgres import Cluster


def start(role: Role, *, plug: bool = True) -> None:
    """Load settings, apps and wiring in the name of a database role.

    When nobody serves, the embedded server is started for the time of this command. Roles and
    tables are made if they are missing. `plug=False` leaves the ports empty.
    """
    # Below a supervisor all of this is done.
    if "GEMEINWERK_SUPERVISED" not in os.environ:
        _bring_up_database()
    os.environ["GEMEINWERK_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")
    import django

    django.setup()

    from gemeinwerk.project import logs, wiring

    logs.configure()
    if plug:
        wiring.plug()


def _bring_up_database() -> None:
    data = environment.read().data
    if os.environ.get("DATABASE_URL"):
        preparation.prepare(preparation.owner_of(None), data)
        return
    holding = Holding(Cluster(data))
    atexit.register(holding.leave)
    holding.enter(lambda: _prepare(holding.cluster))


def _prepare(cluster: Cluster) -> None:
    preparation.prepare(preparation.owner_of(cluster), cluster.data)
