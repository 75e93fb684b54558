"""The verb of machines: take in a whole application at once, exactly once (S60, S61)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from gemeinwerk.apps import ports, sealing
from gemeinwerk.apps.applications.actions import drafts, evidence, submission
from gemeinwerk.apps.applications.errors import IntakeRefusedError, OtherBodyError
from gemeinwerk.apps.applications.models import Intake, Submission
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.documents.errors import FileRefusedError, QuotaError
from gemeinwerk.apps.identity.partners import Partner
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import Actor
from gemeinwerk.core.forms.exports import SentEvidence, judge, read_evidence
from gemeinwerk.core.kernel import Fault, crypto, new_id
from gemeinwerk.core.packages import asked

RECEIPT_PLACE = "intake.receipt"

# Whoever comes second with the same key waits here until the first has committed.
_RESERVE = """
INSERT INTO applications_intake (id, municipality_id, api_key_id, once_hash, body_hash, dossier,
  sealed_receipt, received_at) VALUES (%s, %s, %s, %s, %s, %s, '', %s)
ON CONFLICT (municipality_id, api_key_id, once_hash) DO NOTHING
"""


class Receipt(msgspec.Struct, frozen=True):
    """What the sender is told; the same at every repetition."""

    dossier_id: str
    number: str
    submitted_at: str
    access_code: str
    set_aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came in: the body as bytes for comparison, and what it holds."""

    body: bytes
    document: object
    once: str
    """The Idempotency-Key."""


def receive(
    *, partner: Partner, offer_version_id: UUID, sent: Sent, today: date, now: datetime
) -> tuple[Receipt, bool]:
    """Take an application; returns the receipt and whether it is new.

    Raises IntakeRefusedError with every fault and its JSON pointer, or OtherBodyError when the
    Idempotency-Key was used for something else. Nothing is kept of a refused application.
    """
    known = _known(partner, sent)
    if known is not None:
        return known, False
    form = catalogue.compiled_form(offer_version_id, language="de", today=today)
    judgement = judge(form, sent.document, today=today)
    wanted = form.evidence(judgement.answers, today=today)
    proofs = read_evidence(sent.document, wanted, today=today)
    faults = (*judgement.faults, *proofs.faults)
    if asked(catalogue.package_of(offer_version_id), form.route(judgement.answers, today=today)):
        # Nobody can declare for somebody else: each person answers by a link of her own.
        faults = (*faults, ("", Fault("", "application.several_people")))
    if faults:
        raise IntakeRefusedError(faults)
    taking = _Taking(partner, offer_version_id, sent, today, now)
    return taking.take(judgement.answers, proofs, judgement.set_aside)


@dataclass(slots=True)
class _Taking:
    partner: Partner
    offer_version_id: UUID
    sent: Sent
    today: date
    now: datetime

    def take(
        self, answers: dict[str, str], proofs: SentEvidence, aside: tuple[str, ...]
    ) -> tuple[Receipt, bool]:
        made: list[UUID] = []
        try:
            with transaction.atomic():
                if not self._reserve():
                    known = _known(self.partner, self.sent)
                    if known is None:
                        raise LookupError("the intake that was there is gone")
                    return known, False
                return self._submit(answers, proofs, aside, made.append), True
        except BaseException:
            for dossier_id in made:  # its rows are rolled back, its key lies outside
                ports.key_store().shred(tenancy.current_id(), dossier_id)
            raise

    def _reserve(self) -> bool:
        values: list[UUID | int | bytes | datetime] = [
            new_id(),
            tenancy.current_id(),
            self.partner.key_id,
            _once_hash(self.partner, self.sent),
            _body_hash(self.sent),
            new_id(),
            self.now,
        ]
        with connection.cursor() as cursor:
            cursor.execute(_RESERVE, values)
            return bool(cursor.rowcount)

    def _submit(
        self,
        answers: dict[str, str],
        proofs: SentEvidence,
        aside: tuple[str, ...],
        remember: Callable[[UUID], None],
    ) -> Receipt:
        draft = drafts.start(offer_version_id=self.offer_version_id, language="de", now=self.now)
        remember(draft.id)
        actor = self._actor(draft.id)
        drafts.put_answers(actor=actor, draft_id=draft.id, answers=answers, now=self.now)
        self._prove(actor, draft.id, proofs)
        code = drafts.show_code(actor=actor, draft_id=draft.id, now=self.now)
        submission.submit(
            actor=actor, draft_id=draft.id, revision=None, today=self.today, now=self.now
        )
        Submission.objects.filter(pk=draft.id).update(channel="api")
        audit.record(
            actor,
            "application.received_by_api",
            now=self.now,
            object_kind="submission",
            subject=draft.id,
            api_key=str(self.partner.key_id),
        )
        return self._receipt(draft.id, code, aside)

    def _actor(self, dossier_id: UUID) -> Actor:
        """Return who acts: in the applicant's place, and only in this dossier."""
        return Actor(
            kind="citizen",
            municipality_id=tenancy.current_id(),
            name=self.partner.name,
            dossier_ids=frozenset({dossier_id}),
        )

    def _prove(self, actor: Actor, draft_id: UUID, proofs: SentEvidence) -> None:
        for file in proofs.files:
            named: dict[str, Any] = {"key": file.key, "name": file.name, "data": file.data}
            try:
                evidence.upload(actor=actor, draft_id=draft_id, now=self.now, **named)
            except FileRefusedError as refused:
                fault = Fault(file.key, refused.reason, {"accepts": refused.params["accepts"]})
                raise IntakeRefusedError([(file.pointer, fault)]) from refused
            except QuotaError as full:
                fault = Fault(file.key, full.code, dict(full.params))
                raise IntakeRefusedError([(file.pointer, fault)]) from full
        for key, on in proofs.follows.items():
            evidence.say_follows(actor=actor, draft_id=draft_id, key=key, on=on, now=self.now)

    def _receipt(self, dossier_id: UUID, code: str, aside: tuple[str, ...]) -> Receipt:
        number = Submission.objects.values_list("number", flat=True).get(pk=dossier_id)
        receipt = Receipt(str(dossier_id), number, self.now.isoformat(), code, aside)
        sealed = sealing.seal(dossier_id, RECEIPT_PLACE, msgspec.to_builtins(receipt))
        rows = Intake.objects.filter(once_hash=_once_hash(self.partner, self.sent))
        rows.filter(api_key_id=self.partner.key_id).update(
            dossier=dossier_id, sealed_receipt=sealed
        )
        return receipt


def _known(partner: Partner, sent: Sent) -> Receipt | None:
    """Return the receipt of the same sending before, if there was one."""
    rows = Intake.objects.filter(
        api_key_id=partner.key_id, once_hash=_once_hash(partner, sent)
    ).exclude(sealed_receipt=b"")
    row = rows.first()
    if row is None:
        return None
    if not crypto.same(bytes(row.body_hash), _body_hash(sent)):
        raise OtherBodyError
    opened = sealing.unseal(row.dossier, RECEIPT_PLACE, row.sealed_receipt)
    return msgspec.convert(opened, Receipt)


def _once_hash(partner: Partner, sent: Sent) -> bytes:
    return sealing.hash_word(f"intake/{partner.key_id}/{sent.once}")


def _body_hash(sent: Sent) -> bytes:
    return sealing.hash_word(f"intake-body/{crypto.fingerprint(sent.body).hex()}")
