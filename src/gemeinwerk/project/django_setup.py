"""Starts Django for commands that need the database."""

from __future__ import annotations

import os

from gemeinwerk.project.environment import Role


def start(role: Role) -> None:
    """Load settings, apps and wiring in the name of a database role."""
    os.environ["GEMEINWERK_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")
    import django

    django.setup()
