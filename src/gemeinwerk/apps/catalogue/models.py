"""Tables of the catalogue: what a town offers, in frozen versions."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.municipalities.models import Unit
from gemeinwerk.apps.municipalities.walls import WalledById


class Offer(WalledById):
    """Angebot: a service of this town; `live` is the version that the portal shows."""

    slug = models.SlugField(max_length=100)
    service_key = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    life_situation = models.CharField(max_length=60)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    live = models.ForeignKey(
        "OfferVersion",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    retired_at = models.DateTimeField(null=True)
    search_words = models.TextField(blank=True)  # folded words and stems, made in Python

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="offer_by_slug")
        ]

    def __str__(self) -> str:
        return self.title


class OfferVersion(WalledById):
    """Fassung eines Angebots: the frozen package document with the town's texts."""

    offer = models.ForeignKey(
        Offer,
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="versions",
    )
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    document = models.JSONField()  # core.packages.document()
    source = models.CharField(max_length=160)  # "package dog-tax-registration 1.0.0" / "schema ..."
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "offer", "number"], name="offer_version_number"
            )
        ]


class ServiceDraft(WalledById):
    """Entwurf einer Leistung: what authors add to a schema or package before it is published."""

    service_key = models.CharField(max_length=80)
    schema = models.ForeignKey(
        "library.StoredSchema",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )  # None: the package of this key on the shared shelf
    unit = models.ForeignKey(
        Unit,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    additions = models.JSONField(default=dict)  # core.packages.Additions
    rulings = models.JSONField(default=list)  # core.packages.RuleDecision, one per rule and place
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "service_key"], name="service_draft_once"
            )
        ]
