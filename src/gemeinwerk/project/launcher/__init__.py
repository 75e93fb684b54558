"""Starts and watches all processes of one installation: PostgreSQL, web, worker."""

from gemeinwerk.project.launcher.errors import LauncherError
from gemeinwerk.project.launcher.postgres import Cluster
from gemeinwerk.project.launcher.roles import ensure_roles

__all__ = ["Cluster", "LauncherError", "ensure_roles"]
