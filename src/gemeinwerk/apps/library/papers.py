"""Forms on paper on their way to a form (Papierformulare): doors to the rows, and verbs.

One row holds the questions with their proposals and every decision; nothing is sent anywhere
until the author makes a schema of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models import Max

from gemeinwerk.apps import ports
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.library import actions, blocks
from gemeinwerk.apps.library.models import BlockUse, PaperImport
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core import paper, schemas
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import Fault, FaultsError, NotFoundError
from gemeinwerk.core.packages.shelf_blocks import ShelfField, shelf_fields
from gemeinwerk.core.paper import OF_LIBRARY, Decision, KnownBlock, Questionnaire

MOST = 200
MOST_NUMBER = 99_999
_CANDIDATES = 8
_LOCK_NUMBERS = 4714


@dataclass(frozen=True, slots=True)
class PaperView:
    """An import as its author sees it; `schema_id` is None until a draft was made."""

    id: UUID
    number: int
    source_name: str
    paper: Questionnaire
    schema_id: UUID | None


def papers_of_town(actor: Actor) -> list[PaperImport]:
    """Return the imports of the town, last changed first, without their questions."""
    require(actor, Right.LOAD_SCHEMA)
    return list(PaperImport.objects.defer("document").order_by("-changed_at")[:MOST])


def paper_form(actor: Actor, paper_id: UUID) -> PaperView:
    """Return one import, or raise NotFoundError."""
    require(actor, Right.LOAD_SCHEMA)
    row = PaperImport.objects.filter(pk=paper_id).first()
    if row is None:
        raise NotFoundError
    return _view(row)


def block_names(actor: Actor) -> dict[str, str]:
    """Return what the targets of block decisions are called, by target."""
    require(actor, Right.LOAD_SCHEMA)
    shared = {path: known.field.label for path, known in _shelf().items()}
    own = BlockUse.objects.order_by("version").values_list("fim_id", "name")
    return shared | {f"{OF_LIBRARY}{number}": name for number, name in own}


@transaction.atomic
def load(*, actor: Actor, name: str, data: bytes, title: str, now: datetime) -> PaperView:
    """Read a list of questions and propose what may become of each (Fragenliste einlesen)."""
    require(actor, Right.LOAD_SCHEMA)
    questions = paper.read_questions(paper.read_table(data))
    form = Questionnaire(title[:200], paper.propose(questions, _finder(actor)))
    row = PaperImport.objects.create(
        number=_next_number(),
        title=form.title,
        source_name=name[:200],
        document=msgspec.to_builtins(form),
        loaded_at=now,
        loaded_by=actor.name[:160],
        changed_at=now,
    )
    _record(actor, "paper.loaded", row.id, now)
    return _view(row)


@transaction.atomic
def decide(*, actor: Actor, paper_id: UUID, number: int, decision: Decision, now: datetime) -> None:
    """Decide what becomes of one question; FaultsError when that cannot be."""
    require(actor, Right.EDIT_SERVICE)
    row, form = _locked(paper_id)
    if form.question(number) is None:
        raise NotFoundError
    faults = [*paper.decision_faults(form, number, decision), *_block_faults(actor, decision)]
    if faults:
        raise FaultsError(faults)
    _store(row, replace(form, decisions={**form.decisions, str(number): decision}), now)


@transaction.atomic
def reopen(*, actor: Actor, paper_id: UUID, number: int, now: datetime) -> None:
    """Take a decision back (später entscheiden)."""
    require(actor, Right.EDIT_SERVICE)
    row, form = _locked(paper_id)
    if form.question(number) is None:
        raise NotFoundError
    left = {key: one for key, one in form.decisions.items() if key != str(number)}
    _store(row, replace(form, decisions=left), now)


@transaction.atomic
def accept_rest(*, actor: Actor, paper_id: UUID, now: datetime) -> None:
    """Take the first proposal for every question that is still open."""
    require(actor, Right.EDIT_SERVICE)
    row, form = _locked(paper_id)
    _store(row, paper.accept_rest(form), now)
    _record(actor, "paper.proposals_taken", row.id, now)


@transaction.atomic
def make_schema(*, actor: Actor, paper_id: UUID, title: str, now: datetime) -> UUID:
    """Make a schema of the decisions and keep it; return its id. FaultsError while not ready."""
    require(actor, Right.EDIT_SERVICE)
    row, form = _locked(paper_id)
    form = replace(form, title=title.strip()[:200] or form.title)
    faults = paper.draft_faults(form)
    if faults:
        raise FaultsError(faults)
    schema = paper.schema_of(
        form, row.number, shelf=_shelf(), found=_block, version=f"1.{row.drafted}.0"
    )
    told = actions.keep_schema(actor=actor, schema=schema, source_name=row.source_name, now=now)
    row.title, row.schema_id, row.drafted = form.title, told.schema_id, row.drafted + 1
    _store(row, form, now)
    _record(actor, "paper.drafted", row.id, now)
    return told.schema_id


def _finder(actor: Actor) -> paper.Finder:
    finder = blocks.Finder(actor)
    groups = BlockUse.objects.filter(kind="group").values_list("fim_id", "content__parts")
    parts = {number: tuple(part["name"] for part in inside.values()) for number, inside in groups}

    def find(text: str) -> list[KnownBlock]:
        return [
            KnownBlock(row.id, row.name, row.used_in, parts.get(row.id, ()))
            for row in finder.find(text, limit=_CANDIDATES)
            if row.kind == "field" or parts.get(row.id)
        ]

    return find


def _block(number: str) -> schemas.Group | schemas.Field | None:
    """Return the newest version of a block, from the schema that was loaded last with it."""
    uses = list(BlockUse.objects.filter(fim_id=number).select_related("schema"))
    if not uses:
        return None
    use = max(uses, key=lambda one: (schemas.version_key(one.version), one.schema.loaded_at))
    schema = schemas.schema_from_document(use.schema.document)
    return schemas.element_at(schema, use.places[0])


def _block_faults(actor: Actor, decision: Decision) -> list[Fault]:
    if decision.verb != "block" or not decision.target:
        return []
    known = block_names(actor)
    wanted = decision.target.split("+")
    return [] if all(one in known for one in wanted) else [Fault("block", "paper.block_missing")]


def _shelf() -> dict[str, ShelfField]:
    return shelf_fields(ports.shared_blocks())


def _next_number() -> int:
    """Return the next number of an import in this town; others wait until it is taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_NUMBERS, tenancy.current_id()]
        )
    highest: int = PaperImport.objects.aggregate(highest=Max("number"))["highest"] or 0
    if highest >= MOST_NUMBER:
        raise paper.ListRefusedError
    return highest + 1


def _locked(paper_id: UUID) -> tuple[PaperImport, Questionnaire]:
    row = PaperImport.objects.select_for_update().filter(pk=paper_id).first()
    if row is None:
        raise NotFoundError
    return row, msgspec.convert(row.document, Questionnaire)


def _store(row: PaperImport, form: Questionnaire, now: datetime) -> None:
    row.document, row.changed_at = msgspec.to_builtins(form), now
    row.save()


def _view(row: PaperImport) -> PaperView:
    form = msgspec.convert(row.document, Questionnaire)
    return PaperView(row.id, row.number, row.source_name, form, row.schema_id)


def _record(actor: Actor, verb: str, row_id: UUID, now: datetime) -> None:
    right = Right.LOAD_SCHEMA if verb == "paper.loaded" else Right.EDIT_SERVICE
    audit.record(actor, verb, now=now, object_kind="paper", object_id=str(row_id), right=right)
