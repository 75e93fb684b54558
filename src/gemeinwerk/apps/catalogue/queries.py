"""Doors to what a town offers; published versions are public."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from gemeinwerk.apps.catalogue import search as words
from gemeinwerk.apps.catalogue.cache import FORMS_KEPT, Shelf
from gemeinwerk.apps.catalogue.models import Offer, OfferVersion
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core import packages
from gemeinwerk.core.fees import FeeStatement
from gemeinwerk.core.forms import CompiledForm, compile_form
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.packages import Package

_packages: Shelf[Package] = Shelf(400)
_forms: Shelf[CompiledForm] = Shelf(FORMS_KEPT)


@dataclass(frozen=True, slots=True)
class Hit:
    """A found service and how well it fits (0 to 1)."""

    offer: Offer
    score: float


def live_offers() -> list[Offer]:
    """Return the published services of the town by title."""
    rows = Offer.objects.filter(live__isnull=False, retired_at__isnull=True)
    return list(rows.order_by("title"))


def titles_of_units(unit_ids: Collection[UUID]) -> list[tuple[str, str]]:
    """Return (service key, title) of the published services of these units, by title."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT service_key, title FROM catalogue_offer WHERE unit_id = ANY(%s::uuid[])"
            " AND live_id IS NOT NULL AND retired_at IS NULL ORDER BY title",
            [list(unit_ids)],
        )
        return [(key, title) for key, title in cursor.fetchall()]


def offer_by_slug(slug: str) -> Offer:
    """Return a published service by its address, or raise NotFoundError."""
    rows = Offer.objects.filter(slug=slug, live__isnull=False, retired_at__isnull=True)
    found = rows.first()
    if found is None:
        raise NotFoundError
    return found


def offer_version(version_id: UUID) -> OfferVersion:
    """Return a frozen version of a service, or raise NotFoundError."""
    found = OfferVersion.objects.select_related("offer").filter(pk=version_id).first()
    if found is None:
        raise NotFoundError
    return found


def package_of(version_id: UUID, *, language: str = "de") -> Package:
    """Return the package of a version in a language, from memory after first use."""
    key = (version_id, language)
    return _packages.get(key, lambda: _translated(version_id, language))


def compiled_form(version_id: UUID, *, language: str, today: date) -> CompiledForm:
    """Return the compiled form of a version in a language, from memory after first use.

    Where the form asks for the town's parameters (a limit, a yes or no), they are part of it:
    another value is another compiled form.
    """
    package = package_of(version_id, language=language)
    asked = any(not variable.value for variable in package.form.variables)
    plain = parameters_of(package, on=today) if asked else {}
    values = packages.form_values(package, plain)
    key = (version_id, language, tuple(sorted(values.items())))
    return _forms.get(key, lambda: compile_form(package.form, values))


def preview_form(package: Package, *, on: date) -> CompiledForm:
    """Return the compiled form of a package that is not published, with the town's values."""
    values = packages.form_values(package, parameters_of(package, on=on))
    key = (packages.content_hash(packages.document(package)), tuple(sorted(values.items())))
    return _forms.get(key, lambda: compile_form(package.form, values))


def parameters_of(package: Package, *, on: date) -> dict[str, packages.Plain]:
    """Return the town's values for the parameters of a package on a day."""
    settings = municipalities.settings_of(package.key) if package.parameters else {}
    return packages.plain_values(package.parameters, settings, today=on)


def fee_of(version_id: UUID, answers: Mapping[str, str], *, on: date) -> FeeStatement | None:
    """Return the fee for these answers on a day, or None while nobody can say."""
    package = package_of(version_id)
    return packages.fee_for(package, answers, parameters_of(package, on=on), today=on)


def live_version_id(offer: Offer) -> UUID:
    """Return the version that the portal shows, or raise NotFoundError."""
    if offer.live_id is None:
        raise NotFoundError
    return offer.live_id


def search(text: str, *, limit: int = 20) -> list[Hit]:
    """Return the published services that answer the words, best first."""
    query = words.words(text)
    if not query:
        return []
    hits = [Hit(offer, words.score(query, offer.search_words.split())) for offer in live_offers()]
    found = [hit for hit in hits if hit.score > 0]
    return sorted(found, key=lambda hit: (-hit.score, hit.offer.title))[:limit]


def _translated(version_id: UUID, language: str) -> Package:
    package = packages.package_from_document(offer_version(version_id).document)
    return package if language == "de" else packages.translate(package, language)
