"""Verbs of the catalogue: publish a package as a service of the town, retire it."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.catalogue import drafts, search
from gemeinwerk.apps.catalogue.models import Offer, OfferVersion
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core import packages
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import FaultsError, NotFoundError
from gemeinwerk.core.kernel.latin import search_form
from gemeinwerk.core.packages import Package

BERLIN = ZoneInfo("Europe/Berlin")


@transaction.atomic
def publish(
    *,
    actor: Actor,
    package: Package,
    unit_id: UUID | None,
    source: str,
    now: datetime,
    slug: str = "",
) -> OfferVersion:
    """Publish a package (Leistung veröffentlichen); the same content twice changes nothing.

    Drafts and cases that began with an earlier version keep it. Raises FaultsError with all open
    points at once (R03, R06, R07, R15, R20, R31, R33, R34), missing values of the town among them.
    """
    require(actor, Right.PUBLISH_SERVICE)
    open_points = drafts.gaps(package, unit_id, on=now.astimezone(BERLIN).date())
    if open_points or unit_id is None:
        raise FaultsError(open_points)
    document = packages.document(package)
    content_hash = packages.content_hash(document)
    _one_at_a_time()
    offer = _offer(package, unit_id, slug or slug_of(package.name))
    version = offer.live
    if version is None or version.content_hash != content_hash:
        last = offer.versions.order_by("-number").first()
        version = OfferVersion.objects.create(
            offer=offer,
            number=last.number + 1 if last else 1,
            content_hash=content_hash,
            document=document,
            source=source[:160],
            published_at=now,
            published_by=actor.name[:160],
        )
    elif offer.retired_at is None and offer.unit_id == unit_id:
        return version
    _go_live(offer, version, package, unit_id)
    _record(actor, "service.published", offer, now, number=version.number)
    return version


@transaction.atomic
def retire(*, actor: Actor, offer_id: UUID, now: datetime) -> None:
    """Take a service off the portal (Leistung einstellen); running drafts and cases go on."""
    require(actor, Right.PUBLISH_SERVICE)
    offer = Offer.objects.select_for_update().filter(pk=offer_id).first()
    if offer is None:
        raise NotFoundError
    if offer.retired_at is not None:
        return
    offer.retired_at = now
    offer.save(update_fields=["retired_at"])
    _record(actor, "service.retired", offer, now, number=offer.live.number if offer.live else 0)


def slug_of(name: str) -> str:
    """Return the address part of a name ("Hundesteuer anmelden" -> "hundesteuer-anmelden")."""
    folded = search_form(name).lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:80] or "leistung"


def _one_at_a_time() -> None:
    """Let publications of a town wait for each other: two first ones may want the same address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(4714, %s)", [tenancy.current_id()])


def _offer(package: Package, unit_id: UUID, slug: str) -> Offer:
    locked = Offer.objects.select_for_update(of=("self",)).select_related("live")
    known = locked.filter(service_key=package.key).first()
    if known is not None:
        return known
    taken = Offer.objects.filter(slug=slug).exists()
    ending = package.key.lower()[-40:]
    return Offer.objects.create(
        slug=f"{slug[:55]}-{ending}" if taken else slug,
        service_key=package.key,
        title=package.name[:300],
        life_situation=package.life_situation[:60],
        unit_id=unit_id,
    )


def _go_live(offer: Offer, version: OfferVersion, package: Package, unit_id: UUID) -> None:
    offer.live, offer.title, offer.unit_id = version, package.name[:300], unit_id
    offer.life_situation = package.life_situation[:60]
    offer.retired_at = None
    offer.search_words = _search_words(package)
    offer.save()


def _search_words(package: Package) -> str:
    text = " ".join((package.name, *package.keywords, package.texts.summary))
    return " ".join(search.words(text))


def _record(actor: Actor, verb: str, offer: Offer, now: datetime, *, number: int = 0) -> None:
    audit.record(
        actor,
        verb,
        now=now,
        object_kind="offer",
        object_id=str(offer.id),
        right=Right.PUBLISH_SERVICE,
        number=number,
    )
