"""Tables of notices: the decision, its document, how it reached the person, the print queue."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.documents.models import StoredFile
from gemeinwerk.apps.municipalities.models import StaffMember
from gemeinwerk.apps.municipalities.walls import WalledById


class Decision(WalledById):
    """Entscheidung über einen Vorgang: proposed, confirmed by a second person, issued."""

    dossier = models.UUIDField()
    outcome = models.CharField(max_length=20)  # core.decisions.Outcome
    state = models.CharField(max_length=16)  # draft | proposed | issued | withdrawn
    sealed_content = models.BinaryField()  # JSON: chosen blocks, edited texts, fee, exemption
    automatic_basis = models.CharField(max_length=300, blank=True)  # R15
    proposed_by = models.ForeignKey(
        StaffMember,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    proposed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        StaffMember,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    file = models.ForeignKey(
        StoredFile,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    file_sha256 = models.BinaryField(max_length=32, null=True)

    class Meta:
        indexes = [models.Index(fields=["municipality", "dossier"], name="decision_by_dossier")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "dossier"],
                condition=models.Q(state="issued"),
                name="decision_issued_once",
            ),
            models.CheckConstraint(
                name="decision_four_eyes",
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="refusal_needs_two",
                condition=models.Q(outcome="grant")
                | ~models.Q(state="issued")
                | models.Q(confirmed_by__isnull=False),
            ),
        ]


class Delivery(WalledById):
    """Bekanntgabe: one way by which a notice went out, with its proof."""

    decision = models.ForeignKey(
        Decision,
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="deliveries",
    )
    way = models.CharField(max_length=12)  # "download" | "post"
    provided_at = models.DateTimeField()
    alerted_at = models.DateTimeField(null=True)
    retrieved_at = models.DateTimeField(null=True)
    lapses_on = models.DateField(null=True)  # download: ten days after the alert (R20)
    withdrawn_at = models.DateTimeField(null=True)
    posted_on = models.DateField(null=True)
    notified_on = models.DateField(null=True)
    remedy_until = models.DateField(null=True)
    reckoning = models.JSONField(default=list)  # steps that explain the dates

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "decision", "way"], name="delivery_once_per_way"
            )
        ]


class PrintJob(WalledById):
    """Druckauftrag: a letter waiting for the franking service."""

    dossier = models.UUIDField()
    file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    reason = models.CharField(max_length=40)  # "no_consent" | "not_retrieved" | ...
    created_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "file"], name="print_once_per_file")
        ]


class ArchiveOffer(WalledById):
    """Anbietung an das Archiv (R34): stands before every deletion; holds no content."""

    dossier = models.UUIDField()
    offered_at = models.DateTimeField()
    answer_until = models.DateField()  # without an answer by then the case is deleted
    norm = models.CharField(max_length=300)  # why that long
    answer = models.CharField(max_length=12, blank=True)  # "worthy" | "unworthy" | "none"
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        StaffMember,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "dossier"], name="archive_offer_once")
        ]
