"""ClamAV: streams the bytes to clamd (INSTREAM); anything but a clear answer is no answer (S41)."""

from __future__ import annotations

import socket
import struct

from gemeinwerk.connectors.virus_scan.verdict import Verdict

_CHUNK = 64 * 1024


class ClamdScanner:
    """Asks clamd at a Unix socket (`path`) or at `host` and `port`."""

    name = "clamd"

    def __init__(
        self, *, path: str = "", host: str = "", port: int = 3310, timeout: float = 10.0
    ) -> None:
        self._path, self._host, self._port = path, host, port
        self._timeout = timeout

    def scan(self, data: bytes, accepts: tuple[str, ...]) -> Verdict:
        """Return "clean", "refused" (file.infected) or "unavailable"; never raises."""
        try:
            answer = self._ask(data)
        except OSError:
            return Verdict("unavailable")
        if answer == "stream: OK":
            return Verdict("clean")
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return Verdict("refused", "file.infected")
        return Verdict("unavailable")

    def _ask(self, data: bytes) -> str:
        with self._connect() as peer:
            peer.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), _CHUNK):
                chunk = data[start : start + _CHUNK]
                peer.sendall(struct.pack(">I", len(chunk)) + chunk)
            peer.sendall(struct.pack(">I", 0))
            answer = b""
            while part := peer.recv(4096):
                answer += part
                if b"\0" in part or len(answer) > 4096:
                    break
        return answer.rstrip(b"\0\r\n").decode(errors="replace")

    def _connect(self) -> socket.socket:
        if not self._path:
            return socket.create_connection((self._host, self._port), timeout=self._timeout)
        peer = socket.socket(socket.AF_UNIX)
        try:
            peer.settimeout(self._timeout)
            peer.connect(self._path)
        except BaseException:
            peer.close()
            raise
        return peer
