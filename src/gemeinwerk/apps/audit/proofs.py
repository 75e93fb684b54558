"""How far the chain was proven (Nachweis), so that a look at it need not walk all of it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from gemeinwerk.apps.audit import chain
from gemeinwerk.apps.audit.chain import ChainReport, Head
from gemeinwerk.apps.audit.heads import exported_heads
from gemeinwerk.apps.audit.models import Proof

WHOLE_EVERY = timedelta(days=1)


def report() -> ChainReport:
    """Prove what came since the last proof; a break found before is found again."""
    return chain.verify(exported_heads(), since=_proven(Proof.objects.first()))


def prove(now: datetime) -> ChainReport:
    """Prove on from the last proof, once a day from the beginning; keep how far it is whole."""
    last = Proof.objects.first()
    whole = last is None or now - last.whole_at >= WHOLE_EVERY
    found = chain.verify(exported_heads(), since=None if whole else _proven(last))
    kept = last or Proof()
    kept.position, kept.hash, kept.proven_at = found.length, bytes.fromhex(found.head), now
    if whole:
        kept.whole_at = now
    if whole or found.sound:
        kept.save(force_insert=last is None, force_update=last is not None)
    return found


def _proven(proof: Proof | None) -> Head | None:
    return Head(proof.position, bytes(proof.hash).hex()) if proof else None
