"""A FIM portal on loopback, built from its OpenAPI: routes, checked requests, answers of shape."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from jsonschema import Draft202012Validator

from tests.paths import STANDARDS

OPENAPI = json.loads((STANDARDS / "fim-portal-api" / "openapi.json").read_text())
_EARLY = "2026-01-02T03:04:05+00:00"


@dataclass(slots=True)
class Reply:
    """An answer out of turn: before the real one is given."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(slots=True)
class Peer:
    """What the portal holds and was asked; `faults` are requests the OpenAPI does not allow."""

    port: int = 0
    items: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # path -> results
    files: dict[str, bytes] = field(default_factory=dict)  # path -> XML
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    first: list[Reply] = field(default_factory=list)  # given before anything else

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, target: str, headers: dict[str, str]) -> Reply:
        """Return what the portal says to GET."""
        self.asked.append(target)
        if self.first:
            return self.first.pop(0)
        parts = urlsplit(target)
        template, operation = _route(parts.path)
        if operation is None:
            self.faults.append(f"no route: {parts.path}")
            return Reply(404)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self.faults += _wrong(template, operation, query)
        reply = self._content(parts.path, operation, query)
        tag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
        if reply.status == 200 and headers.get("If-None-Match") == tag:
            return Reply(304, {"ETag": tag})
        reply.headers["ETag"] = tag
        return reply

    def _content(self, path: str, operation: dict[str, Any], query: dict[str, str]) -> Reply:
        content = operation["responses"]["200"].get("content", {})
        if unquote(path) in self.files:
            return Reply(200, {"Content-Type": next(iter(content))}, self.files[unquote(path)])
        if "application/json" not in content:
            return Reply(404, {"Content-Type": "application/json"}, b'{"detail": "unknown"}')
        schema = content["application/json"]["schema"]
        document = self._document(unquote(path), schema, query)
        return Reply(200, {"Content-Type": "application/json"}, json.dumps(document).encode())

    def _document(self, path: str, schema: dict[str, Any], query: dict[str, str]) -> Any:
        rows = self.items.get(path, [])
        items = _items_of(schema)
        made = [{**(sample(items) if items else {}), **row} for row in rows]
        if schema.get("type") == "array":
            return made
        offset, limit = int(query.get("offset", 0)), int(query.get("limit", 200))
        page = made[offset : offset + limit]
        document = {"items": page, "offset": offset, "limit": limit}
        document |= {"count": len(page), "total_count": len(made)}
        if schema:  # some answers have no description
            validator(schema).validate(document)
        return document


@contextmanager
def portal() -> Iterator[Peer]:
    """Run the portal on a free port of 127.0.0.1 for the length of the block."""
    peer = Peer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = peer.answer(self.path, dict(self.headers))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing on the terminal of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    peer.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sample(schema: dict[str, Any]) -> Any:
    """Return the plainest value a schema of the OpenAPI allows."""
    if "$ref" in schema:
        return sample(_resolved(schema["$ref"]))
    if "anyOf" in schema:
        return None if {"type": "null"} in schema["anyOf"] else sample(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: sample(inner) for name, inner in schema.get("properties", {}).items()}
    plain = {"array": [], "integer": 1, "number": 1.0, "boolean": True, "string": "x"}
    if schema.get("type") == "string":
        return {"date": "2026-01-02", "date-time": _EARLY}.get(schema.get("format", ""), "x")
    return plain.get(schema.get("type", ""))


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """Return a judge of a schema that points into the OpenAPI."""
    return Draft202012Validator({**schema, "components": OPENAPI["components"]})


def _items_of(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        schema = _resolved(schema["$ref"])["properties"]["items"]
    items: dict[str, Any] = schema.get("items", {})
    return items


def _resolved(reference: str) -> dict[str, Any]:
    found: dict[str, Any] = OPENAPI["components"]["schemas"][reference.rpartition("/")[2]]
    return found


def _route(path: str) -> tuple[str, dict[str, Any] | None]:
    for template, methods in OPENAPI["paths"].items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if "get" in methods and re.fullmatch(pattern, path):
            return template, methods["get"]
    return "", None


def _wrong(template: str, operation: dict[str, Any], query: dict[str, str]) -> list[str]:
    known = {p["name"]: p["schema"] for p in operation.get("parameters", []) if p["in"] == "query"}
    wrong = [f"{template}: unknown {name}" for name in query if name not in known]
    for name, text in query.items():
        schema = known.get(name)
        if schema is None:
            continue
        values: list[Any] = [text, [text]]
        values += [int(text)] if text.isdigit() else []
        values += [text == "true"] if text in ("true", "false") else []
        if not any(validator(schema).is_valid(value) for value in values):
            wrong.append(f"{template}: {name}={text}")
    return wrong
