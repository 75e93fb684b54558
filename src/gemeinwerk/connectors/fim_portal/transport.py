"""The way out to the portal: one host, TLS, fixed addresses, bounded in time and size (S92)."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import urllib3

from gemeinwerk.connectors.fim_portal.errors import (
    PortalAddressError,
    PortalOfflineError,
    PortalRefusedError,
)

MOST_BYTES = 64 * 1024 * 1024
_TRIES = 4
_LONGEST_WAIT = 30.0
_FIRST_WAIT = 0.5
_CONNECT, _READ, _WHOLE = 5.0, 20.0, 120.0
_AGAIN = frozenset({429, 500, 502, 503, 504})
_STEP = 1 << 16
_AGENT = "Gemeinwerk (+https://gemeinwerk.example)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal said; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """Asks one host and no other: follows no redirects, and never a private address.

    Loopback is allowed when the address itself names it (a mirror on this machine, tests); only
    there may it be http.
    """

    def __init__(
        self,
        address: str,
        *,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        most: int = MOST_BYTES,
    ) -> None:
        parts = urlsplit(address)
        self.host = parts.hostname or ""
        self._loopback = _is_loopback(self.host)
        strange = parts.query or parts.fragment or parts.username or parts.path.strip("/")
        if not self.host or strange or parts.scheme not in self._schemes():
            raise PortalAddressError(address=address[:120])
        self._scheme = parts.scheme
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._wait, self._clock, self._most = wait, clock, most

    def get(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer to GET; tries again on 429 and 5xx, with growing pauses.

        Raises PortalOfflineError, PortalAddressError, PortalRefusedError.
        """
        begun = self._clock()
        for number in range(_TRIES):
            last = number == _TRIES - 1
            try:
                answer = self._ask(target, headers, begun)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                if last or self._clock() - begun > _WHOLE:
                    raise PortalOfflineError(host=self.host, why=type(error).__name__) from None
                self._wait(_FIRST_WAIT * 2**number)
                continue
            if answer.status not in _AGAIN or last:
                return self._checked(answer)
            self._wait(_pause(answer, number))
        # Not reached: the last try returns or raises; type checkers cannot know.
        raise PortalOfflineError(host=self.host, why="")  # pragma: no cover

    def _schemes(self) -> tuple[str, ...]:
        return ("https", "http") if self._loopback else ("https",)

    def _checked(self, answer: Answer) -> Answer:
        if answer.status in _AGAIN:
            raise PortalOfflineError(host=self.host, why=str(answer.status))
        if 300 <= answer.status < 400 and answer.status != 304:
            raise PortalRefusedError(status=answer.status, why="redirect")
        return answer

    def _ask(self, target: str, headers: Mapping[str, str], begun: float) -> Answer:
        pool = self._pool()
        try:
            response = pool.request(
                "GET",
                target,
                headers={"Host": self._name(), "User-Agent": _AGENT, **headers},
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=True,
            )
            try:
                body = self._body(response, begun)
            finally:
                response.close()
            known = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, known, body)
        finally:
            pool.close()

    def _body(self, response: urllib3.BaseHTTPResponse, begun: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in response.stream(_STEP, decode_content=True):
            size += len(part)
            if size > self._most:
                raise PortalRefusedError(status=response.status, why="too large")
            if self._clock() - begun > _WHOLE:
                raise PortalRefusedError(status=response.status, why="too slow")
            parts.append(part)
        return b"".join(parts)

    def _pool(self) -> urllib3.HTTPConnectionPool:
        """Return a pool for the address just looked up: what was checked is what is asked."""
        address = self._resolved()
        limits = urllib3.Timeout(connect=_CONNECT, read=_READ)
        if self._scheme == "http":
            return urllib3.HTTPConnectionPool(address, self._port, timeout=limits, maxsize=1)
        return urllib3.HTTPSConnectionPool(
            address,
            self._port,
            timeout=limits,
            maxsize=1,
            cert_reqs="CERT_REQUIRED",
            server_hostname=self.host,
            assert_hostname=self.host,
        )

    def _resolved(self) -> str:
        found = socket.getaddrinfo(self.host, self._port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        for text in addresses:
            address = ipaddress.ip_address(text.partition("%")[0])
            fine = address.is_loopback if self._loopback else address.is_global
            if not fine or address.is_multicast:
                raise PortalAddressError(address=self.host)
        return addresses[0]

    def _name(self) -> str:
        usual = {"https": 443, "http": 80}[self._scheme]
        return self.host if self._port == usual else f"{self.host}:{self._port}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _pause(answer: Answer, number: int) -> float:
    """Return how long to wait: what Retry-After says, within reason, else growing pauses."""
    said = answer.headers.get("retry-after", "")
    if said.isascii() and said.isdigit():
        return min(float(said[:6]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return _FIRST_WAIT * 2.0**number
    return min(max(0.0, until.timestamp() - time.time()), _LONGEST_WAIT)
