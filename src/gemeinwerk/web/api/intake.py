"""Taking in applications from machines of partners: key, once-only mark, JSON, receipt."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import cast
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gemeinwerk.apps.applications import actions as applications
from gemeinwerk.apps.applications.errors import IntakeRefusedError
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.identity import partners
from gemeinwerk.web.ui.problems import problem
from gemeinwerk.web.ui.request import PageRequest, now, today

_ONCE = re.compile(r"[!-~]{8,100}")
_BEARER = "bearer "
_JSON = re.compile(r"application/json(?:\s*;\s*charset=[\"']?utf-8[\"']?)?", re.IGNORECASE)
_DECODER = msgspec.json.Decoder(float_hook=Decimal)
"""Amounts stay exact: 0.10 is no binary number."""


# No cookie is read here, so a foreign page can send nothing in somebody's name (S52).
@csrf_exempt
@require_POST
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """/services/<slug>/applications: take one application, exactly once."""
    page = cast(PageRequest, request)
    try:
        partner = partners.recognise(_key(page), net=page.net, now=now())
    except partners.KeyRefusedError as refused:
        answer = problem(401, refused.code)
        answer.headers["WWW-Authenticate"] = 'Bearer realm="api"'
        return answer
    partners.reserve_request(partner, now=now())
    offer = catalogue.offer_by_slug(slug)
    if not partner.may_send(slug):
        return problem(403, partners.KeyMayNotError.code)
    wrong = _unreadable(page)
    if wrong is not None:
        return wrong
    return _take(page, partner, catalogue.live_version_id(offer))


def _key(page: PageRequest) -> str:
    text = page.headers.get("Authorization", "")
    return text[len(_BEARER) :].strip() if text.lower().startswith(_BEARER) else ""


def _unreadable(page: PageRequest) -> HttpResponse | None:
    """Return why nothing can be taken from this request, None when something can."""
    if not _JSON.fullmatch(page.headers.get("Content-Type", "").strip()):
        return problem(415, "api.not_json_type")
    if not _ONCE.fullmatch(page.headers.get("Idempotency-Key", "")):
        return problem(400, "api.once_missing")
    return None


def _take(page: PageRequest, partner: partners.Partner, version_id: UUID) -> HttpResponse:
    body = page.body
    try:
        document = _DECODER.decode(body)
    except (msgspec.DecodeError, RecursionError, ArithmeticError, UnicodeDecodeError):
        return problem(400, "api.not_json")
    sent = applications.Sent(body, document, page.headers["Idempotency-Key"])
    try:
        receipt, new = applications.receive(
            partner=partner, offer_version_id=version_id, sent=sent, today=today(), now=now()
        )
    except IntakeRefusedError as refused:
        return problem(422, refused.code, refused.params, refused.faults)
    return _receipt(page, receipt, new=new)


def _receipt(page: PageRequest, receipt: applications.Receipt, *, new: bool) -> HttpResponse:
    address = page.build_absolute_uri(f"/weiter/{receipt.dossier_id}")
    told = {
        "number": receipt.number,
        "submitted_at": receipt.submitted_at,
        "receipt": address,
        "access_code": receipt.access_code,
        "set_aside": list(receipt.set_aside),
    }
    answer = HttpResponse(
        json.dumps(told, ensure_ascii=False), content_type="application/json", status=201
    )
    answer.headers["Location"] = address
    if not new:
        answer.headers["Idempotent-Replayed"] = "true"
    return answer
