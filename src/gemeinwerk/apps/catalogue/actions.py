"""Verbs of the catalogue: publish a package as a service of the town, retire it."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.catalogue import search
from gemeinwerk.apps.catalogue.errors import NotPublishableError
from gemeinwerk.apps.catalogue.models import Offer, OfferVersion
from gemeinwerk.core import packages
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel.latin import search_form
from gemeinwerk.core.packages import Package


@transaction.atomic
def publish(
    *, actor: Actor, package: Package, unit_id: UUID, source: str, now: datetime, slug: str = ""
) -> OfferVersion:
    """Publish a package (Leistung veröffentlichen); the same content twice changes nothing.

    Drafts and cases that began with an earlier version keep it.
    """
    require(actor, Right.PUBLISH_SERVICE)
    if not package.privacy or not package.legal_bases:
        raise NotPublishableError(gaps="privacy, legal basis")
    document = packages.document(package)
    content_hash = packages.content_hash(document)
    offer = _offer(package, unit_id, slug or slug_of(package.name))
    last = offer.versions.order_by("-number").first()
    if last is not None and last.content_hash == content_hash:
        return last
    version = OfferVersion.objects.create(
        offer=offer,
        number=last.number + 1 if last else 1,
        content_hash=content_hash,
        document=document,
        source=source[:160],
        published_at=now,
        published_by=actor.name[:160],
    )
    offer.live, offer.title, offer.unit_id = version, package.name[:300], unit_id
    offer.retired_at = None
    offer.search_words = _search_words(package)
    offer.save()
    audit.record(
        actor,
        "service.published",
        now=now,
        object_kind="offer",
        object_id=str(offer.id),
        right=Right.PUBLISH_SERVICE,
        number=version.number,
    )
    return version


@transaction.atomic
def retire(*, actor: Actor, offer_id: UUID, now: datetime) -> None:
    """Take a service off the portal; running drafts and cases go on."""
    require(actor, Right.PUBLISH_SERVICE)
    offer = Offer.objects.select_for_update().get(pk=offer_id)
    offer.retired_at = now
    offer.save(update_fields=["retired_at"])
    audit.record(
        actor,
        "service.retired",
        now=now,
        object_kind="offer",
        object_id=str(offer.id),
        right=Right.PUBLISH_SERVICE,
    )


def slug_of(name: str) -> str:
    """Return the address part of a name ("Hundesteuer anmelden" -> "hundesteuer-anmelden")."""
    folded = search_form(name).lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:80] or "leistung"


def _offer(package: Package, unit_id: UUID, slug: str) -> Offer:
    known = Offer.objects.select_for_update().filter(service_key=package.key).first()
    if known is not None:
        return known
    taken = Offer.objects.filter(slug=slug).exists()
    return Offer.objects.create(
        slug=f"{slug[:70]}-{package.key[-8:].lower()}" if taken else slug,
        service_key=package.key,
        title=package.name[:300],
        life_situation=package.life_situation[:60],
        unit_id=unit_id,
    )


def _search_words(package: Package) -> str:
    text = " ".join((package.name, *package.keywords, package.texts.summary))
    return " ".join(search.words(text))
