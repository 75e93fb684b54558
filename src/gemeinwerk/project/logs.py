"""Structured logs (Protokolle): one JSON object per line, without personal data (S81).

Of our own loggers the event name and its facts are written. Of foreign loggers only name, level
and plain facts are, because their texts may quote paths, values or addresses. Exceptions are
written by kind and place; their texts never are, for a database quotes what it refused.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import traceback
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from gemeinwerk.apps import security
from gemeinwerk.apps.municipalities import tenancy

OWN = "gemeinwerk"
SPEAKS_SAFELY = frozenset({"_granian"})  # tells of its workers, never of requests
LONGEST_FACT = 200  # characters
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_HOUSE = Path(__file__).resolve().parents[1]


class JsonFormatter(logging.Formatter):
    """Makes one line of a record; JSON escapes line ends and control characters."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _event(record),
            "request": security.trace.get() or None,
            "town": tenancy.town_of_transaction(),
            **_facts(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= failure(record.exc_info[1])
        return json.dumps({name: value for name, value in line.items() if value is not None})


def failure(error: BaseException) -> dict[str, object]:
    """Return kind and place of an error and of what caused it, never a text."""
    kinds: list[str] = []
    place, state = "", ""
    seen: BaseException | None = error
    while seen is not None and len(kinds) < 5:
        kinds.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        place = place or _place(seen.__traceback__)
        state = state or str(getattr(seen, "sqlstate", "") or "")
        seen = seen.__cause__
    found: dict[str, object] = {"kind": kinds[0], "place": place or None}
    if len(kinds) > 1:
        found["caused_by"] = kinds[1:]
    if state:
        found["sqlstate"] = state
    return found


def configure(stream: TextIO | None = None, *, unattended: bool = False) -> logging.Handler:
    """Send all logs of this process as JSON lines to `stream` (usually stderr).

    An `unattended` process writes its own end that way, too; a command at a terminal shows the
    operator the whole story.
    """
    handler = new_handler(stream, to_file=unattended)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OWN).setLevel(logging.INFO)
    for name in ("django", "django.request", "django.server", "django.security"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    # A page that is not there has its line of ours.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    if unattended:
        sys.excepthook = _unhandled
        threading.excepthook = _unhandled_in_thread
    return handler


def new_handler(stream: TextIO | None = None, *, to_file: bool = True) -> logging.Handler:
    """Return a handler that writes JSON lines: to the file the supervisor names, or a stream.

    Each line is appended by one call, so several processes share a file; before each it is looked
    whether the supervisor has set the file aside (`launcher.log_files`).
    """
    path = os.environ.get("GEMEINWERK_LOG")
    handler: logging.Handler = logging.StreamHandler(stream or sys.stderr)
    if path and to_file and stream is None:
        handler = WatchedFileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonFormatter())
    return handler


def _event(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] == OWN or record.name in SPEAKS_SAFELY:
        return record.getMessage()[:LONGEST_FACT]
    return record.name


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {
        name: value[:LONGEST_FACT] if isinstance(value, str) else value
        for name, value in vars(record).items()
        if name not in _USUAL and isinstance(value, str | int | float | bool)
    }


def _place(trace: TracebackType | None) -> str:
    """Return the innermost line of our own code, or the innermost of all."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_HOUSE)]
    if not frames:
        return ""
    frame = (own or list(frames))[-1]
    path = Path(frame.filename)
    shown = path.relative_to(_HOUSE) if own else path.name
    return f"{shown}:{frame.lineno} {frame.name}"


def _unhandled(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(OWN).critical("process.failed", exc_info=(kind, error, trace))


def _unhandled_in_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        _unhandled(failed.exc_type, failed.exc_value, failed.exc_traceback)
