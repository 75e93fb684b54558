"""Tables of cases: few unsealed columns for lists; everything said is sealed."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.catalogue.models import OfferVersion
from gemeinwerk.apps.municipalities.models import StaffMember, Unit
from gemeinwerk.apps.municipalities.walls import WalledById
from gemeinwerk.core.cases import OPEN_STATES, CaseState

OPEN = tuple(sorted(state.value for state in OPEN_STATES))
DONE = tuple(sorted(state.value for state in CaseState if state not in OPEN_STATES))


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
        # One index per shelf in the order of its list, so that a page costs the same in a town
        # with a hundred cases and in one with a hundred thousand.
        indexes = [
            models.Index(
                fields=["municipality", "unit", "state", "due_on", "id"],
                name="case_inbox",
                include=["service_key"],
            ),
            models.Index(
                fields=["municipality", "unit", "due_on", "id"],
                name="case_open",
                include=["service_key"],
                condition=models.Q(state__in=OPEN),
            ),
            models.Index(
                fields=["municipality", "unit", "due_on", "id"],
                name="case_fresh",
                include=["service_key"],
                condition=models.Q(state__in=OPEN)
                & (models.Q(unread=True) | models.Q(changed=True)),
            ),
            models.Index(
                fields=["municipality", "unit", "due_on", "id"],
                name="case_done",
                include=["service_key"],
                condition=models.Q(state__in=DONE),
            ),
            models.Index(
                fields=["municipality", "assignee", "due_on", "id"],
                name="case_mine",
                include=["unit", "service_key"],
                condition=models.Q(state__in=OPEN),
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


class Tally(WalledById):
    """Zählstand: what the shelves hold, as sums of small changes; written by a trigger only.

    Adding rows instead of changing one counter lets many cases move at once without waiting for
    each other; `actions.compact_counts` adds them up now and then.
    """

    unit_id = models.UUIDField()
    service_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=8)  # "state" | "fresh" | "holder" | "due"
    key = models.CharField(max_length=40)  # state, "", staff id, or the due day in ISO form
    count = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["municipality", "unit_id", "kind"], name="tally_by_unit")]
