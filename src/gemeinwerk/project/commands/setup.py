"""`gemeinwerk setup`: database, roles, secrets and tables, without serving."""

from __future__ import annotations

import argparse

from gemeinwerk.project import environment

HELP = "make or update database, roles and secrets (Einrichtung)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Prepare everything; a second time finds nothing to do."""
    from gemeinwerk.project import django_setup

    django_setup.start("owner", new=True)

    from django.utils import timezone

    from gemeinwerk.apps.library.actions import shelve
    from gemeinwerk.project import content

    for package in content.shipped_packages():
        shelve(package, now=timezone.now())
    print(f"{environment.read().data}: ready")
    return 0
