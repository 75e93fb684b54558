"""What the portal holds (Bausteine), and the paths of its API for each kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing: where to search it, where its versions and its XML are.

    `parts` names the fields of a search result that together say which one it is, in the order of
    the path; the last one is the version unless `unversioned`.
    """

    name: str
    search: str
    xml: str
    parts: tuple[str, ...]
    title: tuple[str, ...]
    versions: str = ""
    words: str = "fts_query"
    latest: bool = False
    unversioned: bool = False

    def path(self, template: str, parts: tuple[str, ...]) -> str:
        """Return a path with the parts filled in, safely quoted."""
        names = re.findall(r"\{\w+\}", template)
        path = template
        for name, part in zip(names, parts, strict=False):
            path = path.replace(name, quote(part, safe=""), 1)
        return path

    def key(self, item: Mapping[str, Any]) -> tuple[str, ...] | None:
        """Return what names one search result, None when a part is missing."""
        found = tuple(str(item.get(part) or "") for part in self.parts)
        return found if all(found) else None

    def label(self, item: Mapping[str, Any]) -> str:
        """Return the name of one search result."""
        return next((str(item[name]) for name in self.title if item.get(name)), "")


_FIM = ("fim_id", "fim_version")
_NAME = ("bezeichnung", "name")
_V1, _V0 = "/api/v1", "/api/v0"

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "schema",
            f"{_V1}/schemas",
            f"{_V1}/schemas/{{fim_id}}/{{fim_version}}/xdf",
            _FIM,
            _NAME,
            versions=f"{_V1}/schemas/{{fim_id}}",
            latest=True,
        ),
        Kind(
            "profile",
            f"{_V1}/document-profiles",
            f"{_V1}/document-profiles/{{fim_id}}/{{fim_version}}/xdf",
            _FIM,
            _NAME,
            versions=f"{_V1}/document-profiles/{{fim_id}}",
            latest=True,
        ),
        Kind(
            "group",
            f"{_V1}/groups",
            f"{_V1}/groups/{{namespace}}/{{fim_id}}/{{fim_version}}/xdf",
            ("namespace", *_FIM),
            _NAME,
            versions=f"{_V1}/groups/{{namespace}}/{{fim_id}}",
            latest=True,
        ),
        Kind(
            "field",
            f"{_V1}/fields",
            f"{_V1}/fields/{{namespace}}/{{fim_id}}/{{fim_version}}/xdf",
            ("namespace", *_FIM),
            _NAME,
            versions=f"{_V1}/fields/{{namespace}}/{{fim_id}}",
            latest=True,
        ),
        Kind(
            "codelist",
            f"{_V0}/code-lists",
            "",
            ("genericode_canonical_version_uri",),
            ("long_name", "short_name"),
            words="",
            unversioned=True,
        ),
        Kind(
            "service",
            f"{_V0}/leistung-stammtexte",
            f"{_V0}/leistung-stammtexte/{{redaktion_id}}/{{leistung_id}}/{{source}}/xzufi",
            ("redaktion_id", "leistung_id", "source"),
            ("title", "leistungsbezeichnung"),
            unversioned=True,
        ),
        Kind(
            "process",
            f"{_V0}/processes",
            f"{_V0}/processes/{{process_id}}/{{process_version}}"
            "/{process_detaillierungsstufe}/xprozess",
            ("id", "version", "detaillierungsstufe"),
            ("name", "bezeichnung"),
            unversioned=True,
        ),
        Kind(
            "processclass",
            f"{_V0}/processclasses",
            f"{_V0}/processclasses/{{processclass_id}}/{{processclass_version}}/xprozess",
            ("id", "version"),
            ("name", "bezeichnung"),
        ),
    )
}
