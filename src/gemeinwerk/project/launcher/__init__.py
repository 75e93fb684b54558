"""Starts and watches all processes of one installation: PostgreSQL, web, worker.

Import from its modules: this face stays light, for every command passes through it.
"""

from gemeinwerk.project.launcher.errors import LauncherError

__all__ = ["LauncherError"]
