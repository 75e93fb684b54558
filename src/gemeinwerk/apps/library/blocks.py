"""Block library (Bausteinbibliothek): every group and field of the loaded schemas once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gemeinwerk.apps.library.models import BlockUse, Package, StoredSchema
from gemeinwerk.core import schemas
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.schemas import Schema, version_key
from gemeinwerk.core.schemas.blocks import Block, Difference, blocks_of, differences_of
from gemeinwerk.core.schemas.search import WordIndex

MOST = 60
_WEIGHTS = (3.0, 2.0, 1.0)  # name; label and keywords; all other texts


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block in a list (Baustein): versions newest first, and in how many schemas it is."""

    id: str
    kind: str
    name: str
    versions: tuple[str, ...]
    used_in: int


@dataclass(frozen=True, slots=True)
class Use:
    """A schema of the town that holds a block (Verwendung), and where in it."""

    schema_id: UUID
    fim_id: str
    version: str
    name: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlockVersion:
    """One version of a block, with what the schemas say of its legal basis."""

    version: str
    content: dict[str, Any]
    legal_basis: tuple[tuple[str, str], ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class BlockPage:
    """A block with all its versions, newest first, and the shared packages that use it."""

    id: str
    kind: str
    name: str
    versions: tuple[BlockVersion, ...]
    packages: tuple[str, ...]

    @property
    def used_in(self) -> int:
        """In how many schemas the block stands, whatever the version."""
        return len({use.fim_id for one in self.versions for use in one.uses})

    def version(self, number: str) -> BlockVersion:
        """Return one version, or raise NotFoundError."""
        found = next((one for one in self.versions if one.version == number), None)
        if found is None:
            raise NotFoundError
        return found

    def differences(self, before: str, after: str) -> tuple[Difference, ...]:
        """Return what one version says otherwise than another."""
        return differences_of(self.version(before).content, self.version(after).content)


def index(stored: StoredSchema, schema: Schema) -> None:
    """Write the index of one schema anew (Verzeichnis); loading does it in its transaction."""
    BlockUse.objects.filter(schema=stored).delete()
    BlockUse.objects.bulk_create([_use(stored, block) for block in blocks_of(schema)])


def reindex(actor: Actor) -> int:
    """Write the whole index of the town anew from its schemas; return how many there are."""
    require(actor, Right.LOAD_SCHEMA)
    count = 0
    for stored in StoredSchema.objects.iterator(chunk_size=5):
        index(stored, schemas.schema_from_document(stored.document))
        count += 1
    return count


def search(actor: Actor, text: str = "", *, kind: str = "", limit: int = MOST) -> list[BlockRow]:
    """Return the blocks of the town that fit the words; without words the most used ones."""
    found = Finder(actor, kind=kind)
    if not text.strip():
        ranked = sorted(found.known.values(), key=lambda row: (-row.used_in, row.name))
        return ranked[:limit]
    return found.find(text, limit=limit)


class Finder:
    """Finds blocks of the town by words (Suche); made once for many questions."""

    def __init__(self, actor: Actor, *, kind: str = "") -> None:
        require(actor, Right.LOAD_SCHEMA)
        uses = BlockUse.objects.filter(kind=kind) if kind else BlockUse.objects.all()
        names = ("fim_id", "version", "kind", "name", "words", "schema__fim_id")
        rows = list(uses.order_by("fim_id").values_list(*names))
        self.known = {row.id: row for row in _rows(rows)}
        self._words: WordIndex[str] = WordIndex()
        for number, lines in {(row[0], row[4]) for row in rows}:  # said once, whoever uses it
            self._words.add(number, zip(lines.split("\n"), _WEIGHTS, strict=False))

    def find(self, text: str, *, limit: int = MOST) -> list[BlockRow]:
        """Return the blocks that fit the words or the number, best first."""
        by_number = self.known.get(text.strip().upper())
        if by_number is not None:
            return [by_number]
        found = self._words.search(text, limit=len(self.known))
        # of equals the one that more schemas use
        ranked = sorted(
            found, key=lambda hit: (-round(hit[1], 2), -self.known[hit[0]].used_in, hit[0])
        )
        return [self.known[number] for number, _ in ranked[:limit]]


def block(actor: Actor, number: str) -> BlockPage:
    """Return a block with its versions and uses, or raise NotFoundError."""
    require(actor, Right.LOAD_SCHEMA)
    uses = list(BlockUse.objects.filter(fim_id=number).select_related("schema").defer(
        "schema__document", "schema__findings"
    ))  # fmt: skip
    if not uses:
        raise NotFoundError
    by_version: dict[str, list[BlockUse]] = {}
    for use in uses:
        by_version.setdefault(use.version, []).append(use)
    numbers = sorted(by_version, key=version_key, reverse=True)
    versions = tuple(_version(one, by_version[one]) for one in numbers)
    newest = by_version[numbers[0]][0]
    return BlockPage(number, newest.kind, newest.name, versions, _packages_with(number))


def _use(stored: StoredSchema, block: Block) -> BlockUse:
    return BlockUse(
        schema=stored,
        fim_id=block.id[:60],
        version=block.version[:20],
        kind=block.kind,
        name=block.name[:400],
        words="\n".join(" ".join(texts).replace("\n", " ") for texts in _texts(block)),
        places=list(block.places),
        legal_basis=[[basis.text, basis.link] for basis in block.legal_basis],
        content=dict(block.content),
    )


def _texts(block: Block) -> tuple[list[str], list[str], list[str]]:
    said = block.content
    near = [said["label"], *said["keywords"]]
    far = [said["help"], said["description"], said["definition"]]
    return [block.name], near, [*far, *(basis.text for basis in block.legal_basis)]


def _rows(rows: Iterable[tuple[str, str, str, str, str, str]]) -> Iterable[BlockRow]:
    groups: dict[str, dict[str, Any]] = {}
    for number, version, kind, name, _, schema in rows:
        group = groups.setdefault(number, {"kind": kind, "names": {}, "schemas": set()})
        group["names"][version] = name
        group["schemas"].add(schema)
    for number, group in groups.items():
        versions = sorted(group["names"], key=version_key, reverse=True)
        name = group["names"][versions[0]]
        yield BlockRow(number, group["kind"], name, tuple(versions), len(group["schemas"]))


def _version(number: str, uses: list[BlockUse]) -> BlockVersion:
    basis = dict.fromkeys((text, link) for use in uses for text, link in use.legal_basis)
    told = sorted(uses, key=lambda use: (use.schema.name, use.schema.version))
    return BlockVersion(
        version=number,
        content=uses[-1].content,
        legal_basis=tuple(basis),
        uses=tuple(
            Use(
                use.schema.id,
                use.schema.fim_id,
                use.schema.version,
                use.schema.name,
                tuple(use.places),
            )
            for use in told
        ),
    )


def _packages_with(number: str) -> tuple[str, ...]:
    """Return the shared packages whose form names the block."""
    return tuple(
        sorted({row.key for row in Package.objects.all() if _mentions(row.document, number)})
    )


def _mentions(document: Any, number: str) -> bool:
    if isinstance(document, dict):
        return any(_mentions(part, number) for part in document.values())
    if isinstance(document, list):
        return any(_mentions(part, number) for part in document)
    return isinstance(document, str) and number in document.split(".")
