"""Entry for the web server."""

from __future__ import annotations

import os
import signal

from gemeinwerk.project.launcher import processes

if "GEMEINWERK_SUPERVISED" in os.environ:
    # A killed web server must not leave its workers behind; each of them loads this module,
    # and an orphan of a moment ago would hold the port against the next start.
    processes.die_with_parent_now(signal.SIGKILL)
    processes.end_if_orphaned(f"GEMEINWERK_SUPERVISED={os.environ['GEMEINWERK_SUPERVISED']}")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")

from django.core.wsgi import get_wsgi_application

from gemeinwerk.project import logs

logs.configure(unattended=True)
application = get_wsgi_application()

from gemeinwerk.project import wiring  # noqa: E402  # its models need the apps loaded

wiring.plug()
