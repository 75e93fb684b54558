"""Entry for the web server."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")

from django.core.wsgi import get_wsgi_application

from gemeinwerk.project import wiring

application = get_wsgi_application()
wiring.plug()
