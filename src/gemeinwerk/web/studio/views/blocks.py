"""Blocks: search the groups and fields of all loaded schemas, and look at one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.apps.catalogue import drafts
from gemeinwerk.apps.library import blocks
from gemeinwerk.apps.library.blocks import BlockPage, BlockVersion
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.studio import block_words as words
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import t


@staff_only
@require_safe
def shelf(request: PageRequest) -> HttpResponse:
    """/werkstatt/bausteine: search by words, filter by kind."""
    text = request.GET.get("q", "")[:200]
    kind = request.GET.get("art", "")
    kind = kind if kind in words.KINDS else ""
    rows = blocks.search(request.actor, text, kind=kind)
    context = {
        "section": "studio",
        "text": text,
        "filters": [_filter(each, text, kind) for each in ("", *words.KINDS)],
        "rows": [
            {
                "id": row.id,
                "name": row.name,
                "kind": t(words.KINDS[row.kind]),
                "used": words.reuse(row.used_in),
                "versions": ", ".join(row.versions[:4]) + (" …" if len(row.versions) > 4 else ""),
            }
            for row in rows
        ],
        "most": blocks.MOST if len(rows) == blocks.MOST else 0,
    }
    return render(request, "studio/blocks.html", context)


@staff_only
@require_safe
def block(request: PageRequest, number: str) -> HttpResponse:
    """/werkstatt/bausteine/<number>: versions, differences, legal basis, where it is used."""
    page = blocks.block(request.actor, number)
    after = request.GET.get("neu", "") or page.versions[0].version
    before = request.GET.get("alt", "") or _one_before(page, after)
    shown = page.version(after)
    context = {
        "section": "studio",
        "block": page,
        "kind": t(words.KINDS[page.kind]),
        "used": words.reuse(page.used_in),
        "shown": shown,
        "facts": words.facts(shown.content),
        "parts": list(shown.content.get("parts", {}).items()),
        "versions": [_version_row(page, one) for one in page.versions],
        "services": _services(request, page),
        "before": before,
        "differences": _differences(page, before, after),
    }
    return render(request, "studio/block.html", context)


def _filter(kind: str, text: str, chosen: str) -> dict[str, Any]:
    query = urlencode({name: value for name, value in (("q", text), ("art", kind)) if value})
    return {
        "label": t(words.FILTERS[kind]),
        "href": f"/werkstatt/bausteine{'?' + query if query else ''}",
        "current": kind == chosen,
    }


def _services(request: PageRequest, page: BlockPage) -> list[dict[str, str]]:
    """Return the services of the town that were made from a schema with the block."""
    keys = {use.fim_id.lower() for one in page.versions for use in one.uses}
    return [
        {"title": row.title, "href": f"/werkstatt/leistung/{row.key}"}
        for row in drafts.services(request.actor)
        if row.key in keys
    ]


def _one_before(page: BlockPage, version: str) -> str:
    """Return the version before this one, "" for the oldest; unknown ones are not there."""
    numbers = [one.version for one in page.versions]
    if version not in numbers:
        raise NotFoundError
    at = numbers.index(version) + 1
    return numbers[at] if at < len(numbers) else ""


def _version_row(page: BlockPage, one: BlockVersion) -> dict[str, Any]:
    return {
        "version": one.version,
        "href": f"/werkstatt/bausteine/{page.id}?{urlencode({'neu': one.version})}",
        "used": words.reuse(len({use.fim_id for use in one.uses})),
    }


def _differences(page: BlockPage, before: str, after: str) -> list[dict[str, str]]:
    if not before:
        return []
    return [
        {"what": words.field_name(one.what), "before": one.before, "after": one.after}
        for one in page.differences(before, after)
    ]
