"""What a decision row holds, sealed: the work on it, and after issuing exactly what was said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from gemeinwerk.apps import sealing
from gemeinwerk.apps.notices.models import Decision
from gemeinwerk.core.decisions import HearingExemption, NoticeDraft


class SetFee(msgspec.Struct, frozen=True):
    """A fee line a person has set because no tariff gives it; `amount` in EUR."""

    label: str
    amount: Decimal
    norm: str = ""


class Content(msgspec.Struct, omit_defaults=True):
    """The words and choices of the person who decides; `issued` is the notice as it went out."""

    edits: dict[str, str] = {}
    fee: tuple[SetFee, ...] | None = None
    addressee: tuple[str, ...] = ()
    exemption: HearingExemption | None = None
    sent_back_because: str = ""
    issued: NoticeDraft | None = None


def opened(decision: Decision) -> Content:
    """Return the content of a decision."""
    if not decision.sealed_content:
        return Content()
    raw: Any = sealing.unseal(decision.dossier, _place(decision.id), decision.sealed_content)
    return msgspec.convert(raw, Content)


def closed(dossier_id: UUID, decision_id: UUID, content: Content) -> bytes:
    """Return the sealed bytes of a content."""
    return sealing.seal(dossier_id, _place(decision_id), msgspec.to_builtins(content))


def _place(decision_id: UUID) -> str:
    return f"decision/{decision_id}"
