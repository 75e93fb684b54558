"""Verbs of authors: begin a draft, save what they add, set the town's values, publish it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.catalogue import actions, drafts
from gemeinwerk.apps.catalogue.drafts import ServiceView
from gemeinwerk.apps.catalogue.errors import ChangedMeanwhileError
from gemeinwerk.apps.catalogue.models import OfferVersion, ServiceDraft
from gemeinwerk.apps.library import queries as library
from gemeinwerk.apps.municipalities import actions as towns
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core import packages
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import Fault, FaultsError, NotFoundError
from gemeinwerk.core.packages import Additions, Package, Plain

WITHOUT_NORM = frozenset({"text"})
"""Kinds of values that need no norm: a text often is the norm."""


@dataclass(frozen=True, slots=True)
class FixedFee:
    """A fixed fee (feste Gebühr) as an author enters it; `amount` is canonical ("12.50")."""

    amount: str
    norm: str
    valid_from: date


@transaction.atomic
def begin_from_schema(*, actor: Actor, schema_id: UUID, now: datetime) -> str:
    """Begin a draft with a loaded schema, or move the known draft to it; return its key.

    What was added stays. The published version stays until the draft is published.
    """
    require(actor, Right.EDIT_SERVICE)
    row = library.stored_schema(actor, schema_id)
    key = library.package_of_schema(actor, schema_id).key
    draft = _locked(key) or _from_live(actor, key)
    if draft.schema_id != row.id:
        draft.schema_id = row.id
        _store(draft, actor, now)
    _record(actor, "service.draft_begun", key, now)
    return key


@transaction.atomic
def begin_from_shelf(*, actor: Actor, key: str, now: datetime) -> str:
    """Begin a draft with a shipped package (Leistungspaket übernehmen); return its key."""
    require(actor, Right.EDIT_SERVICE)
    if not library.on_shelf(key):
        raise NotFoundError
    if _locked(key) is None:
        _store(ServiceDraft(service_key=key), actor, now)
        _record(actor, "service.draft_begun", key, now)
    return key


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    key: str,
    additions: Additions,
    unit_id: UUID | None,
    revision: int,
    fee: FixedFee | None,
    now: datetime,
) -> None:
    """Save what the author added (Ergänzungen speichern); gaps may stay, other tabs may not.

    `revision` is that of the page the author saw; a fixed fee becomes a dated value of the town.
    """
    require(actor, Right.EDIT_SERVICE)
    view = drafts.service(actor, key)
    if unit_id is not None and unit_id not in {unit.id for unit in municipalities.units()}:
        raise NotFoundError
    draft = _locked(key) or ServiceDraft(service_key=key)
    if draft.revision != revision:
        raise ChangedMeanwhileError
    if view.source == "schema":
        draft.additions = msgspec.to_builtins(additions)
        draft.schema_id = view.schema_row.id if view.schema_row else None
    draft.unit_id = unit_id
    _store(draft, actor, now)
    _record(actor, "service.draft_saved", key, now)
    if fee is not None and view.source == "schema" and additions.fee == "fixed":
        _set_fee(actor, packages.complete(view.package, additions), fee, now)


@transaction.atomic
def publish_draft(
    *, actor: Actor, key: str, now: datetime, rules_left_open: bool = False
) -> OfferVersion:
    """Publish what the draft holds now; see `actions.publish` for what is refused.

    Rules of the schema that nobody has decided do not act: `rules_left_open` says that the author
    knows, and people check them in each application (nicht geprüfte Regeln).
    """
    require(actor, Right.PUBLISH_SERVICE)
    view = drafts.service(actor, key)
    left = len(view.open_rules)
    if left and not rules_left_open:
        open_points = drafts.gaps(
            view.package, view.unit_id, on=now.astimezone(actions.BERLIN).date()
        )
        raise FaultsError([*open_points, Fault("rules", "catalogue.rules_open", {"count": left})])
    if left:
        _record(actor, "rules.left_open", key, now, count=left)
    return actions.publish(
        actor=actor,
        package=view.package,
        unit_id=view.unit_id,
        source=view.source_text,
        now=now,
    )


@transaction.atomic
def set_value(
    *,
    actor: Actor,
    package: Package,
    name: str,
    value: Plain,
    valid_from: date,
    norm: str,
    now: datetime,
) -> None:
    """Set a value of the town (örtlicher Wert) from a day on; FaultsError with all its faults."""
    require(actor, Right.EDIT_TOWN)
    parameter = next((one for one in package.parameters if one.name == name), None)
    if parameter is None:
        raise NotFoundError
    faults = list(packages.setting_faults(parameter, value))
    if not norm.strip() and parameter.kind not in WITHOUT_NORM:
        faults.append(Fault("norm", "catalogue.value_without_norm", {"label": parameter.label}))
    if faults:
        raise FaultsError(faults)
    towns.set_parameter(
        actor=actor,
        service_key=package.key,
        name=name,
        value=value,
        valid_from=valid_from,
        norm=norm.strip()[:300],
        now=now,
    )
    audit.record(
        actor,
        "parameter.set",
        now=now,
        object_kind="parameter",
        object_id=f"{package.key} {name}"[:80],
        right=Right.EDIT_TOWN,
        valid_from=valid_from.isoformat(),
    )


def _set_fee(actor: Actor, package: Package, fee: FixedFee, now: datetime) -> None:
    settings = municipalities.settings_of(package.key)
    wanted = {packages.FEE: fee.amount, packages.FEE_NORM: fee.norm}
    for name, value in wanted.items():
        known = settings.get(name)
        entries = known.entries if known else ()
        if (fee.valid_from, value) not in {(one.valid_from, one.value) for one in entries}:
            set_value(
                actor=actor,
                package=package,
                name=name,
                value=value,
                valid_from=fee.valid_from,
                norm=fee.norm,
                now=now,
            )


def _locked(key: str) -> ServiceDraft | None:
    return ServiceDraft.objects.select_for_update().filter(service_key=key).first()


def _from_live(actor: Actor, key: str) -> ServiceDraft:
    """Return a new draft with what the live version already says, if there is one."""
    draft = ServiceDraft(service_key=key)
    try:
        view: ServiceView = drafts.service(actor, key)
    except NotFoundError:
        return draft
    draft.additions = msgspec.to_builtins(view.additions)
    draft.unit_id = view.unit_id
    return draft


def _store(draft: ServiceDraft, actor: Actor, now: datetime) -> None:
    draft.revision += 1
    draft.changed_at, draft.changed_by = now, actor.name[:160]
    draft.save()


def _record(actor: Actor, verb: str, key: str, now: datetime, **details: Any) -> None:
    audit.record(
        actor,
        verb,
        now=now,
        object_kind="service",
        object_id=key[:80],
        right=Right.EDIT_SERVICE,
        **details,
    )
