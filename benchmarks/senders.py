"""Citizens who send applications and read pages: closed loops in processes of their own.

No Django here: a sender has to be cheap, for it shares the machine with what is measured.
"""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

REPOSITORY = Path(__file__).resolve().parents[1]
_FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_REVISION = re.compile(r'name="stand" value="(\d+)"')
PROCESSES = 2


class WrongAnswerError(Exception):
    """The server answered otherwise than it should; the text says where and how."""


class Browser:
    """One connection with cookies; refuses an answer of another status than expected."""

    def __init__(self, port: int, host: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._host = host
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.times: list[float] = []

    def get(self, path: str) -> str:
        """Return a page."""
        return self._ask("GET", path, None, 200)

    def post(self, path: str, fields: Mapping[str, str]) -> str:
        """Send a form and return where the answer leads."""
        return self._ask("POST", path, {"csrfmiddlewaretoken": self.token, **fields}, 302)

    def forget(self) -> None:
        """Begin as somebody else; the token of the form stays."""
        self.cookies.pop("__Host-session", None)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, path: str, fields: Mapping[str, str] | None, wanted: int) -> str:
        headers = {"Host": self._host}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields)
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        self.times.append(time.perf_counter() - began)
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        if answer.status != wanted:
            raise WrongAnswerError(f"{method} {path}: {answer.status}")
        if method == "POST":
            return str(answer.headers["Location"])
        found = _FORM_TOKEN.search(text)
        self.token = found[1] if found else self.token
        return text


def apply(browser: Browser, slug: str, pages: Sequence[Sequence[Any]]) -> str:
    """Send one application in 4 + 2 x pages requests and return the address of its receipt."""
    browser.forget()
    place = browser.post(f"/leistung/{slug}/beginnen", {})
    for _, posted in pages:
        browser.get(place)
        place = browser.post(place, posted)
    check = browser.get(place)
    revision = _REVISION.search(check)
    if revision is None:
        raise WrongAnswerError("the check page names no revision")
    receipt = browser.post(place.replace("/pruefen", "/absenden"), {"stand": revision[1]})
    browser.get(receipt)
    return receipt


def prepared(job: Mapping[str, Any]) -> Callable[[], Any]:
    """Return the piece of work that a sender repeats."""
    browser = Browser(job["port"], job["host"])
    browser.cookies |= job.get("cookies", {})
    if job["kind"] == "apply":
        browser.get(f"/leistung/{job['slug']}")
        return lambda: apply(browser, job["slug"], job["pages"])
    return lambda: browser.get(job["path"])


def _send(job: Mapping[str, Any], until: float, found: dict[str, list[Any]]) -> None:
    work = prepared(job)
    while time.time() < until:
        began = time.perf_counter()
        try:
            result = work()
        except (WrongAnswerError, OSError, http.client.HTTPException) as failure:
            found["failures"].append(str(failure) or type(failure).__name__)
            work = prepared(job)
            continue
        found["times"].append(time.perf_counter() - began)
        found["results"].append(result if job["kind"] == "apply" else "")


def run(job: Mapping[str, Any], *, senders: int, seconds: float) -> dict[str, list[Any]]:
    """Let so many senders work for so long; return times, results and failures."""
    count = min(PROCESSES, senders)
    shares = [senders // count + (number < senders % count) for number in range(count)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.senders"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=REPOSITORY,
            text=True,
        )
        for _ in shares
    ]
    until = time.time() + seconds + 0.3  # the senders start meanwhile
    for process, share in zip(processes, shares, strict=True):
        order = json.dumps({"job": job, "senders": share, "until": until})
        if process.stdin is not None:
            process.stdin.write(order)
            process.stdin.close()
            process.stdin = None
    whole: dict[str, list[Any]] = {"times": [], "results": [], "failures": []}
    for process in processes:
        output, _ = process.communicate()
        for name, values in json.loads(output).items():
            whole[name] += values
    return whole


def _main() -> None:
    order = json.load(sys.stdin)
    found: dict[str, list[Any]] = {"times": [], "results": [], "failures": []}
    threads = [
        threading.Thread(target=_send, args=(order["job"], order["until"], found))
        for _ in range(order["senders"])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
