"""OpenAPI 3.1 of the intake of one service: its schema, its receipt, its refusals."""

from __future__ import annotations

from typing import Any

from gemeinwerk.core.forms.exports.json_schema import DIALECT, json_schema
from gemeinwerk.core.forms.model import Form

Json = dict[str, Any]

_POINTER = {"type": "string", "format": "json-pointer", "example": "/G99000011/F99000101"}
_REFUSALS = {
    "400": "Der Inhalt ist kein JSON.",
    "401": "Der Schlüssel fehlt, ist abgelaufen oder wurde zurückgezogen.",
    "403": "Dieser Schlüssel darf für diese Leistung nichts einreichen.",
    "404": "Diese Leistung gibt es nicht.",
    "409": "Unter diesem Idempotency-Key wurde schon etwas anderes gesendet.",
    "413": "Der Antrag ist zu groß.",
    "415": "Der Inhalt muss application/json sein.",
    "422": "Mit den Angaben stimmt etwas nicht; jeder Fehler nennt seine Stelle.",
    "429": "Zu viele Anfragen; Retry-After sagt, wann es weitergeht.",
}


def openapi(form: Form, *, slug: str, server: str = "/api/v1", title: str = "") -> Json:
    """Return the document for the service behind `slug`; `server` is the address of the API."""
    schema = json_schema(form)
    schema.pop("$schema")
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": title or form.title,
            "version": form.version,
            "description": "Antrag einreichen. Was das Schema nicht sagen kann (Prüfziffern, "
            "Summen, Fristen), prüft der Server und nennt die Stelle.",
        },
        "servers": [{"url": server}],
        "paths": {
            f"/services/{slug}/applications": {"post": _post()},
            f"/services/{slug}/schema.json": {"get": _get("JSON Schema der Angaben")},
        },
        "components": {
            "securitySchemes": {"apiKey": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Application": schema,
                "Receipt": _receipt(),
                "Problem": _problem(),
            },
        },
    }


def _post() -> Json:
    refused = {
        status: {
            "description": text,
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for status, text in _REFUSALS.items()
    }
    taken = {
        "description": "Eingegangen. Dieselbe Antwort kommt bei jeder Wiederholung mit demselben "
        "Idempotency-Key.",
        "headers": {"Location": {"schema": {"type": "string", "format": "uri"}}},
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}},
    }
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "Ein eigener Wert je Antrag, damit er nur einmal eingeht.",
        "schema": {"type": "string", "minLength": 8, "maxLength": 100},
    }
    body = {"application/json": {"schema": {"$ref": "#/components/schemas/Application"}}}
    return {
        "operationId": "submitApplication",
        "summary": "Antrag einreichen",
        "security": [{"apiKey": []}],
        "parameters": [key],
        "requestBody": {"required": True, "content": body},
        "responses": {"201": taken, **refused},
    }


def _get(summary: str) -> Json:
    answer = {"description": "OK", "content": {"application/schema+json": {"schema": True}}}
    return {"operationId": "readSchema", "summary": summary, "responses": {"200": answer}}


def _receipt() -> Json:
    text = {"type": "string"}
    return {
        "type": "object",
        "properties": {
            "number": {**text, "title": "Aktenzeichen"},
            "submitted_at": {**text, "format": "date-time"},
            "receipt": {**text, "format": "uri", "title": "Adresse zum Weiterverfolgen"},
            "access_code": {**text, "title": "Zugangscode dazu; er öffnet diesen Antrag"},
            "set_aside": {
                "type": "array",
                "items": _POINTER,
                "title": "Angaben, die nicht gelten und nicht eingereicht wurden",
            },
        },
        "required": ["number", "submitted_at", "receipt"],
    }


def _problem() -> Json:
    text = {"type": "string"}
    fault = {
        "type": "object",
        "properties": {"pointer": _POINTER, "code": text, "detail": text},
        "required": ["pointer", "code", "detail"],
    }
    return {
        "type": "object",
        "title": "Problem (RFC 9457)",
        "properties": {
            "type": {**text, "format": "uri-reference"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "code": text,
            "errors": {"type": "array", "items": fault},
        },
        "required": ["type", "title", "status"],
    }
