"""Doors to what authors prepare: services with their draft, live version and open points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

import msgspec

from gemeinwerk.apps.catalogue import queries
from gemeinwerk.apps.catalogue.models import Offer, OfferVersion, ServiceDraft
from gemeinwerk.apps.library import queries as library
from gemeinwerk.apps.library.models import StoredSchema
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core import packages
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.forms import compile_form
from gemeinwerk.core.kernel import Fault, FaultsError, NotFoundError
from gemeinwerk.core.packages import (
    Additions,
    Package,
    RuleAt,
    RuleDecision,
    RuledForm,
    UncheckedRule,
)
from gemeinwerk.core.rules import Names

MOST = 500


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One line of the list of services: draft, live or retired."""

    key: str
    title: str
    state: str  # "draft" | "live" | "retired"
    number: int | None
    changed_since: bool


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service as its author sees it: the package that would be published now.

    `source` tells what it is made of: "schema" (with additions), "package" from the shelf, or
    "version" when only the live version is known. `schema_row` is the newest one loaded.
    """

    key: str
    source: str
    package: Package
    additions: Additions
    unit_id: UUID | None
    revision: int
    draft: ServiceDraft | None
    offer: Offer | None
    schema_row: StoredSchema | None
    live_hash: str
    base: Package | None = None
    """What the schema alone gives: no rule acts yet."""
    names: Names | None = None
    rules: tuple[RuleAt, ...] = ()
    decisions: tuple[RuleDecision, ...] = ()
    """Those that still hold for the rules of this schema."""
    misfits: Mapping[tuple[str, str], tuple[Fault, ...]] = field(default_factory=dict)

    @property
    def open_rules(self) -> tuple[RuleAt, ...]:
        """Rules nobody has decided, or that the form cannot carry out."""
        decided = {one.key for one in self.decisions if one.key not in self.misfits}
        return tuple(one for one in self.rules if one.key not in decided)

    @property
    def source_text(self) -> str:
        """What a published version notes as its source."""
        if self.source == "schema" and self.schema_row is not None:
            return f"schema {self.schema_row.fim_id} {self.schema_row.version}"
        return f"package {self.key} {self.package.version}"

    @property
    def changed(self) -> bool:
        """Say whether publishing would make another version."""
        document = packages.document(self.package)
        return packages.content_hash(document) != self.live_hash


def services(actor: Actor) -> list[ServiceRow]:
    """Return all services of the town by title: drafts, live and retired ones."""
    require(actor, Right.EDIT_SERVICE)
    found = Offer.objects.select_related("live").defer("live__document")
    offers = {offer.service_key: offer for offer in found.order_by("title")[:MOST]}
    known = ServiceDraft.objects.select_related("schema").defer("schema__document")
    drafts = {draft.service_key: draft for draft in known.order_by("service_key")[:MOST]}
    rows = [_row(key, offers.get(key), drafts.get(key)) for key in {**offers, **drafts}]
    return sorted(rows, key=lambda row: row.title.casefold())


def service(actor: Actor, key: str) -> ServiceView:
    """Return a service of the town for its author, or raise NotFoundError."""
    require(actor, Right.EDIT_SERVICE)
    draft = ServiceDraft.objects.filter(service_key=key).first()
    offer = Offer.objects.select_related("live").filter(service_key=key).first()
    if draft is None and offer is None:
        raise NotFoundError
    live = offer.live if offer else None
    schema_row, base, names, source = _base(actor, key, draft, live)
    additions = _additions(draft, live, source)
    rules = packages.rules_of(names.schema) if names else ()
    decisions = packages.standing(rules, service_decisions(draft))
    ruled = packages.with_rules(base.form, names, decisions, land=land_of_town()) if names else None
    unit_id = draft.unit_id if draft and draft.unit_id else (offer.unit_id if offer else None)
    package = base
    if ruled is not None:
        package = packages.complete(replace(base, form=ruled.form), additions)
        package = replace(package, unchecked_rules=_unchecked(rules, decisions, ruled))
    return ServiceView(
        key=key,
        source=source,
        package=package,
        additions=additions,
        unit_id=unit_id,
        revision=draft.revision if draft else 0,
        draft=draft,
        offer=offer,
        schema_row=schema_row,
        live_hash=live.content_hash if live else "",
        base=base if names else None,
        names=names,
        rules=rules,
        decisions=tuple(decisions),
        misfits=ruled.misfits if ruled else {},
    )


def service_decisions(draft: ServiceDraft | None) -> list[RuleDecision]:
    """Return all decisions a draft holds, also those of earlier versions of its schema."""
    return [msgspec.convert(one, RuleDecision) for one in draft.rulings] if draft else []


def land_of_town() -> str:
    """Return the Land of the town of this transaction ("NW")."""
    return municipalities.town_by_id(tenancy.current_id()).state


def versions(actor: Actor, key: str) -> list[OfferVersion]:
    """Return the published versions of a service, newest first, without their documents."""
    require(actor, Right.EDIT_SERVICE)
    rows = OfferVersion.objects.filter(offer__service_key=key).defer("document")
    return list(rows.order_by("-number")[:MOST])


def gaps(package: Package, unit_id: UUID | None, *, on: date) -> tuple[Fault, ...]:
    """Return everything that stands against publishing, all at once; empty when nothing does."""
    found = list(packages.blocking_points(package))
    settings = municipalities.settings_of(package.key)
    labels = {one.name: one.label for one in package.parameters}
    missing = packages.missing_parameters(package.parameters, settings, today=on)
    found += [
        Fault(f"parameters.toml: {name}", "catalogue.parameter_missing", {"label": labels[name]})
        for name in missing
    ]
    if unit_id not in {unit.id for unit in municipalities.units()}:
        found.append(Fault("unit", "catalogue.no_unit"))
    values = packages.form_values(package, queries.parameters_of(package, on=on))
    try:
        if not missing:
            compile_form(package.form, values)
    except FaultsError as wrong:
        found += wrong.faults
    return tuple(found)


def _base(
    actor: Actor, key: str, draft: ServiceDraft | None, live: OfferVersion | None
) -> tuple[StoredSchema | None, Package, Names | None, str]:
    """Return the schema of a service, its package before additions, its names, and the source."""
    if draft is not None and draft.schema_id is not None:
        row = library.stored_schema(actor, draft.schema_id)
        return row, *library.package_with_names(actor, row.id), "schema"
    if library.on_shelf(key):
        return None, library.shelved(key), None, "package"
    newest = library.newest_schema(actor, key)
    if newest is not None:
        return newest, *library.package_with_names(actor, newest.id), "schema"
    if live is None:
        raise NotFoundError
    return None, packages.package_from_document(live.document), None, "version"


def _unchecked(
    rules: Sequence[RuleAt], decisions: Sequence[RuleDecision], ruled: RuledForm
) -> tuple[UncheckedRule, ...]:
    """Return what people have to check: open rules, and sentences left of confirmed ones."""
    decided = {one.key: one for one in decisions}
    found = []
    for at in rules:
        decision = decided.get(at.key)
        text = at.rule.text
        if decision is not None and at.key not in ruled.misfits:
            text = "\n".join(decision.left) if decision.acts else ""
        if text:
            found.append(UncheckedRule(at.rule.id, at.owner, at.rule.name, text))
    return tuple(found)


def _additions(draft: ServiceDraft | None, live: OfferVersion | None, source: str) -> Additions:
    if draft is not None and draft.additions:
        return msgspec.convert(draft.additions, Additions)
    if live is not None and source == "schema":
        return packages.additions_of(packages.package_from_document(live.document))
    return Additions()


def _row(key: str, offer: Offer | None, draft: ServiceDraft | None) -> ServiceRow:
    live = offer.live if offer else None
    if offer is None or live is None:
        return ServiceRow(key, _draft_title(draft) if draft else key, "draft", None, True)
    state = "retired" if offer.retired_at else "live"
    edited = draft is not None and draft.changed_at > live.published_at
    return ServiceRow(key, offer.title, state, live.number, edited)


def _draft_title(draft: ServiceDraft) -> str:
    named = str(draft.additions.get("title") or "")
    return named or (draft.schema.name if draft.schema else draft.service_key)
