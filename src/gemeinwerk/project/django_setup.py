"""Starts Django for commands that need the database."""

from __future__ import annotations

import atexit
import os
from pathlib import Path

from gemeinwerk.project import environment
from gemeinwerk.project.environment import Role
from gemeinwerk.project.launcher import preparation
from gemeinwerk.project.launcher.errors import LauncherError
from gemeinwerk.project.launcher.holding import Holding
from gemeinwerk.project.launcher.postgres import Cluster


def start(role: Role, *, plug: bool = True, new: bool = False) -> None:
    """Load settings, apps and wiring in the name of a database role.

    When nobody serves, the embedded server is started for the time of this command. Roles and
    tables are made if they are missing. A folder without an installation is refused unless the
    command may make a `new` one. `plug=False` leaves the ports empty.
    """
    # Below a supervisor all of this is done.
    if "GEMEINWERK_SUPERVISED" not in os.environ:
        _bring_up_database(new=new)
    os.environ["GEMEINWERK_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")
    import django

    django.setup()

    from gemeinwerk.project import logs, wiring

    logs.configure()
    if plug:
        wiring.plug()


def _bring_up_database(*, new: bool) -> None:
    data = environment.read().data
    if os.environ.get("DATABASE_URL"):
        preparation.prepare(preparation.owner_of(None), data)
        return
    if not new and not (data / "postgres").exists():
        raise no_installation(data)
    holding = Holding(Cluster(data))
    atexit.register(holding.leave)
    holding.enter(lambda: _prepare(holding.cluster))


def no_installation(data: Path) -> LauncherError:
    """Return the refusal of a folder in which nothing lies, most often a wrong `--data`."""
    return LauncherError(
        f"In {data} liegen keine Daten von Gemeinwerk. Nennen Sie den Ordner: --data ORDNER",
        f"There is no data of Gemeinwerk in {data}. Name the folder: --data DIR",
    )


def _prepare(cluster: Cluster) -> None:
    preparation.prepare(preparation.owner_of(cluster), cluster.data)
