"""Asks the FIM portal, keeps what it says, and answers from there when the portal is silent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import UnionType
from typing import Any
from urllib.parse import urlencode, urlsplit

from gemeinwerk.connectors.fim_portal.cache import Cache, Entry, digest_of
from gemeinwerk.connectors.fim_portal.errors import (
    PortalMissingError,
    PortalOfflineError,
    PortalRefusedError,
)
from gemeinwerk.connectors.fim_portal.kinds import KINDS, Kind
from gemeinwerk.connectors.fim_portal.transport import Transport
from gemeinwerk.core.schemas import version_key

_JSON = "application/json"
_XML = "application/xml"
_PAGE = 200
_MOST_PAGES = 50
_MISSING = frozenset({404, 410, 422})


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: `key` is what `fetch` wants, its parts joined by "/"."""

    kind: str
    key: str
    version: str
    name: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Search results; `kept`: the portal was silent, this is what it said at `fetched_at`."""

    hits: tuple[Hit, ...]
    total: int
    fetched_at: datetime
    kept: bool


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file of the portal as it is, and whether it comes from the folder."""

    data: bytes
    media_type: str
    fetched_at: datetime
    kept: bool


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version the portal knows of a schema, and when it said so."""

    id: str
    version: str
    fetched_at: datetime
    kept: bool


class Portal:
    """The FIM portal behind one transport and one cache; `offline` asks only the folder."""

    def __init__(
        self,
        transport: Transport,
        cache: Cache,
        now: Callable[[], datetime],
        *,
        offline: bool = False,
    ) -> None:
        self._transport, self._cache, self._now, self._offline = transport, cache, now, offline

    def search(self, words: str, *, kind: str = "schema", limit: int = 20) -> Found:
        """Return what fits the words, newest versions only where the portal can tell."""
        chosen = KINDS[kind]
        if not chosen.words:
            return self._sifted(chosen, words, limit)
        query = {chosen.words: words, "offset": "0", "limit": str(min(limit, _PAGE))}
        if chosen.latest:
            query["is_latest"] = "true"
        page, fetched = self._page(chosen.search, query)
        hits = _hits(chosen, page)
        return Found(hits, _total(page, hits), fetched.fetched_at, fetched.kept)

    def versions(self, key: str, *, kind: str = "schema") -> tuple[Hit, ...]:
        """Return all versions of a thing, oldest first (numerically)."""
        chosen = KINDS[kind]
        if not chosen.versions:
            raise PortalMissingError(wanted=key)
        fetched = self._get(chosen.path(chosen.versions, _parts(key)), _JSON)
        hits = _hits(chosen, {"items": _json(fetched.data, list)})
        return tuple(sorted(hits, key=lambda hit: version_key(hit.version)))

    def newest(self, ids: Iterable[str]) -> tuple[Newest, ...]:
        """Return the newest version of each schema; those the portal does not know are left out."""
        found = []
        chosen = KINDS["schema"]
        for number in ids:
            try:
                fetched = self._get(chosen.path(chosen.versions, (number,)), _JSON)
            except PortalMissingError:
                continue
            hits = _hits(chosen, {"items": _json(fetched.data, list)})
            if hits:
                last = max((hit.version for hit in hits), key=version_key)
                found.append(Newest(number, last, fetched.fetched_at, fetched.kept))
        return tuple(found)

    def fetch(self, key: str, *, kind: str = "schema", version: str = "") -> Fetched:
        """Return the XML of one version, the newest when none is named."""
        chosen = KINDS[kind]
        if kind == "codelist":
            return self._code_list(key)
        parts = _parts(key)
        if not chosen.unversioned and len(parts) < len(chosen.parts):
            if not version:
                hits = self.versions(key, kind=kind) if chosen.versions else ()
                if not hits:
                    raise PortalMissingError(wanted=key)
                version = hits[-1].version
            parts = (*parts, version)
        if len(parts) != len(chosen.parts):
            raise PortalMissingError(wanted=key)
        return self._get(chosen.path(chosen.xml, parts), _XML)

    def _sifted(self, kind: Kind, words: str, limit: int) -> Found:
        """Search what the portal only lists: page by page, by words in the names."""
        wanted = words.casefold().split()
        found: list[Hit] = []
        oldest: Fetched | None = None
        for number in range(_MOST_PAGES):
            query = {"offset": str(number * _PAGE), "limit": str(_PAGE)}
            page, fetched = self._page(kind.search, query)
            oldest = fetched if oldest is None or fetched.fetched_at < oldest.fetched_at else oldest
            for hit in _hits(kind, page):
                text = f"{hit.name} {hit.key}".casefold()
                if all(word in text for word in wanted):
                    found.append(hit)
            if (number + 1) * _PAGE >= _total(page, ()):
                break
        at = oldest.fetched_at if oldest else self._now()
        return Found(tuple(found[:limit]), len(found), at, bool(oldest and oldest.kept))

    def _code_list(self, uri: str) -> Fetched:
        """Return a code list the portal itself holds; others lie with other hosts."""
        found = self._sifted(KINDS["codelist"], uri, _PAGE)
        for hit in found.hits:
            address = urlsplit(str(hit.fields.get("url") or ""))
            if hit.key == uri and address.hostname in (None, self._transport.host):
                return self._get(address.path, _XML)
        raise PortalMissingError(wanted=uri)

    def _page(self, path: str, query: Mapping[str, str]) -> tuple[dict[str, Any], Fetched]:
        fetched = self._get(f"{path}?{urlencode(sorted(query.items()))}", _JSON)
        page: dict[str, Any] = _json(fetched.data, dict)
        return page, fetched

    def _get(self, target: str, media_type: str) -> Fetched:
        """Return an answer: fresh, confirmed by the portal (304), or kept from an earlier day."""
        known = self._cache.find(target)
        if self._offline:
            return _kept(known, self._transport.host)
        headers = {"Accept": media_type, **_conditions(known)}
        try:
            answer = self._transport.get(target, headers)
        except PortalOfflineError:
            return _kept(known, self._transport.host)
        now = self._now()
        if answer.status == 304 and known is not None:
            entry = replace(known[0], fetched_at=now.isoformat())
            self._cache.keep(target, known[1], entry)
            return Fetched(known[1], entry.media_type, now, kept=False)
        if answer.status in _MISSING:
            raise PortalMissingError(wanted=target[:200])
        said = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if answer.status != 200 or not _expected(said, media_type):
            raise PortalRefusedError(status=answer.status, why=said[:60])
        if media_type == _JSON:
            _json(answer.body, dict | list)  # nothing broken takes the place of what is kept
        entry = Entry(
            sha256=digest_of(answer.body),
            fetched_at=now.isoformat(),
            etag=answer.headers.get("etag", "")[:200],
            last_modified=answer.headers.get("last-modified", "")[:60],
            media_type=said,
        )
        self._cache.keep(target, answer.body, entry)
        return Fetched(answer.body, said, now, kept=False)


def _kept(known: tuple[Entry, bytes] | None, host: str) -> Fetched:
    if known is None:
        raise PortalOfflineError(host=host, why="")
    entry, data = known
    return Fetched(data, entry.media_type, entry.when, kept=True)


def _conditions(known: tuple[Entry, bytes] | None) -> dict[str, str]:
    if known is None:
        return {}
    entry = known[0]
    said = {"If-None-Match": entry.etag, "If-Modified-Since": entry.last_modified}
    return {name: value for name, value in said.items() if value}


def _expected(said: str, wanted: str) -> bool:
    if wanted == _XML:  # the portal serves process classes as JSON type in its description
        return said in (_XML, "text/xml", "application/octet-stream", _JSON)
    return said == wanted


def _json(data: bytes, wanted: type | UnionType) -> Any:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise PortalRefusedError(status=200, why="JSON") from None
    if not isinstance(found, wanted):
        raise PortalRefusedError(status=200, why="JSON")
    return found


def _hits(kind: Kind, page: Mapping[str, Any]) -> tuple[Hit, ...]:
    found = []
    items = page.get("items")
    for item in items if isinstance(items, list) else ():
        key = kind.key(item) if isinstance(item, dict) else None
        if key is not None:
            named = key if kind.unversioned else key[:-1]
            version = "" if kind.unversioned else key[-1]
            found.append(Hit(kind.name, "/".join(named), version, kind.label(item), item))
    return tuple(found)


def _total(page: Mapping[str, Any], hits: tuple[Hit, ...]) -> int:
    total = page.get("total_count")
    return total if isinstance(total, int) else len(hits)


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part for part in key.split("/") if part)
