"""Plugs connectors into the ports of the apps (Verdrahtung): one line per partner."""

from __future__ import annotations

from django.conf import settings

from gemeinwerk.apps import ports
from gemeinwerk.project import reactions


def plug() -> None:
    """Plug everything; called once per process after Django has started."""
    data = settings.ENVIRONMENT.data
    ports.reactions.plug(reactions.names_by_event())
    del data
