"""A running demo for journeys and tour: started by the real command, in its own folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OURS = ("GEMEINWERK_", "DJANGO_", "DATABASE_URL")
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


class Stage:
    """`gemeinwerk serve --demo` on a free port; all of it is gone after `stop`."""

    def __init__(self) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="gemeinwerk-journeys-"))
        self.data.chmod(0o711)  # the account of the database has to pass
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._log = (self.data / "serve.log").open("wb")
        command = [sys.executable, "-m", "gemeinwerk.project.command_line", "serve", "--demo"]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port), "--data", str(self.data)],
            cwd=ROOT,
            env={k: v for k, v in os.environ.items() if not k.startswith(OURS)},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def ready(self, seconds: int = 120) -> Stage:
        """Wait until the start page answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2):
                    return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.3)
        raise RuntimeError("\n".join(self._last_words("serve.log", "logs/demo.log")))

    def _last_words(self, *names: str) -> list[str]:
        logs = [self.data / name for name in names]
        return [log.read_text("utf-8", "replace")[-2000:] for log in logs if log.exists()]

    def url(self, path: str = "/", town: str = "lindenbrueck") -> str:
        """Return an address in a town; town "" is the start page of the installation."""
        return f"http://{town}{'.' if town else ''}localhost:{self.port}{path}"

    def stop(self) -> None:
        """End the command and remove its folder."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        shutil.rmtree(self.data, ignore_errors=True)


def launch(play: Any) -> Any:
    """Start headless Chromium: the machine's, or the one that Playwright brought."""
    found = next((path for path in BROWSERS if Path(path).exists()), None)
    return play.chromium.launch(executable_path=found, args=["--no-sandbox"])


def axe_violations(page: Any) -> list[str]:
    """Run axe beside the page's own CSP: through the debugger, not as a script of the page.

    The session ends with the page: detaching it would take a virtual authenticator along.
    """
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]
