"""Entry for the web server."""

from __future__ import annotations

import os
import signal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")

from django.core.wsgi import get_wsgi_application

from gemeinwerk.project import logs
from gemeinwerk.project.launcher import processes

logs.configure(unattended=True)
application = get_wsgi_application()

from gemeinwerk.project import wiring  # noqa: E402  # its models need the apps loaded

wiring.plug()

if "GEMEINWERK_SUPERVISED" in os.environ:
    # A killed web server must not leave its workers behind; each of them loads this module.
    processes.die_with_parent_now(signal.SIGKILL)
