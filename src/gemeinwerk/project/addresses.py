"""Where the portal of a town answers (Adressen), for links that leave the house."""

from __future__ import annotations

from gemeinwerk.project.environment import Environment


class TownAddresses:
    """Names towns as hosts below the base domain."""

    def __init__(self, environment: Environment) -> None:
        self._domain = environment.base_domain
        # Production stands behind a proxy that speaks TLS at the usual port.
        self._plain = environment.mode != "production"
        self._port = environment.port

    def of_town(self, slug: str) -> str:
        """Return e.g. "http://lindenbrueck.localhost:8000"."""
        if self._plain:
            return f"http://{slug}.{self._domain}:{self._port}"
        return f"https://{slug}.{self._domain}"
