"""Several scanners in a row: all must say "clean"; the first other word counts."""

from __future__ import annotations

from urllib.parse import urlsplit

from gemeinwerk.connectors.virus_scan.clamd import ClamdScanner
from gemeinwerk.connectors.virus_scan.structural import StructuralScanner
from gemeinwerk.connectors.virus_scan.verdict import Scanner, Verdict


class Chain:
    """Asks each scanner in turn."""

    def __init__(self, *scanners: Scanner) -> None:
        self._scanners = scanners

    @property
    def name(self) -> str:
        """The names of all, e.g. "structural+clamd"."""
        return "+".join(scanner.name for scanner in self._scanners)

    def scan(self, data: bytes, accepts: tuple[str, ...]) -> Verdict:
        """Return the first verdict that is not "clean", else "clean" with the media type."""
        media_type = ""
        for scanner in self._scanners:
            verdict = scanner.scan(data, accepts)
            media_type = media_type or verdict.media_type
            if verdict.result != "clean":
                return Verdict(verdict.result, verdict.code, media_type)
        return Verdict("clean", media_type=media_type)


def from_address(url: str) -> Scanner:
    """Return the scanner that a setting names; "" is the structural check alone.

    `clamd:///run/clamav/clamd.ctl` is a Unix socket, `clamd://host:3310` a host.
    """
    if not url:
        return StructuralScanner()
    parts = urlsplit(url)
    if parts.scheme != "clamd" or not (parts.hostname or parts.path):
        raise ValueError("GEMEINWERK_SCANNER_URL must be clamd:///path or clamd://host:port")
    if parts.hostname:
        return Chain(
            StructuralScanner(), ClamdScanner(host=parts.hostname, port=parts.port or 3310)
        )
    return Chain(StructuralScanner(), ClamdScanner(path=parts.path))
