"""Tables of cases: few unsealed columns for lists; everything said is sealed."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.catalogue.models import OfferVersion
from gemeinwerk.apps.municipalities.models import StaffMember, Unit
from gemeinwerk.apps.municipalities.walls import WalledById


class Case(WalledById):
    """Vorgang: id equals the submission's, so that one submission opens one case."""

    number = models.CharField(max_length=30)
    service_key = models.CharField(max_length=80)
    service_title = models.CharField(max_length=300)
    offer_version = models.ForeignKey(
        OfferVersion,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    state = models.CharField(max_length=24)  # core.cases.CaseState
    assignee = models.ForeignKey(
        StaffMember,
        null=True,
        on_delete=models.SET_NULL,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    unread = models.BooleanField(default=True)
    changed = models.BooleanField(default=False)  # the applicant answered
    complete = models.BooleanField(default=False)  # all required evidence is there
    human_reasons = models.JSONField(default=list)  # codes: why not decided automatically
    received_at = models.DateTimeField()
    promised_on = models.DateField()  # expected end told to the citizen (R12)
    due_on = models.DateField()  # the next day that matters, sorted by
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    delete_on = models.DateField(null=True)  # retention rule (R34)
    shredded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="case_number")
        ]
        indexes = [
            models.Index(
                fields=["municipality", "unit", "state", "due_on", "id"], name="case_inbox"
            ),
            models.Index(
                fields=["municipality", "assignee", "state", "due_on", "id"], name="case_mine"
            ),
        ]


class Note(WalledById):
    """Interner Vermerk: never shown to the applicant; sealed."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="notes"
    )
    sealed_text = models.BinaryField()
    written_by = models.ForeignKey(
        StaffMember,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["municipality", "case"], name="note_by_case")]


class Request(WalledById):
    """Anforderung: documents or a hearing asked of the applicant, with a due date."""

    case = models.ForeignKey(
        Case,
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="requests",
    )
    kind = models.CharField(max_length=12)  # "documents" | "hearing" | "question"
    sealed_content = models.BinaryField()  # JSON: text, wanted: [{key, label}], answer text
    asked_by = models.ForeignKey(
        StaffMember,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["municipality", "case"], name="request_by_case")]


class Presence(WalledById):
    """Anwesenheit: who has the case open right now."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    staff = models.ForeignKey(
        StaffMember,
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "case", "staff"], name="presence_once")
        ]
