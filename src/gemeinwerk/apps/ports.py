"""Ports (Anschlüsse): what the apps need from outside; `project/wiring.py` plugs connectors in.

Apps and connectors stand on the same floor and do not import each other. An app names what it
needs as a Protocol; the roof decides who fulfils it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from gemeinwerk.core.decisions import NoticeDraft
from gemeinwerk.core.forms.exports import PaperSection, Tick
from gemeinwerk.core.kernel.crypto import Key

T = TypeVar("T")


class NotPluggedError(RuntimeError):
    """A port was used before the roof plugged a connector into it."""


class Port(Generic[T]):
    """A socket with a name; `port()` gives what is plugged in."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._connector: T | None = None

    def plug(self, connector: T) -> None:
        self._connector = connector

    def __call__(self) -> T:
        if self._connector is None:
            raise NotPluggedError(self.name)
        return self._connector


class KeyStore(Protocol):
    """Schlüsselspeicher: outside the database and its backups (S71, S72)."""

    def create_town(self, municipality_id: int) -> None: ...
    def town_key(self, municipality_id: int) -> tuple[int, Key]: ...
    def town_key_of_version(self, municipality_id: int, version: int) -> Key: ...
    def search_key(self, municipality_id: int) -> Key: ...
    def create(self, municipality_id: int, dossier_id: UUID) -> Key: ...
    def get(self, municipality_id: int, dossier_id: UUID) -> Key: ...
    def shred(self, municipality_id: int, dossier_id: UUID) -> None: ...
    def rotate_town(self, municipality_id: int) -> int: ...
    def rewrap(self, municipality_id: int) -> int: ...


class FileStore(Protocol):
    """Dateispeicher: bytes under random names; written and synced when `put` returns."""

    def put(self, name: str, data: bytes) -> None: ...
    def get(self, name: str) -> bytes: ...
    def delete(self, name: str) -> None: ...


class HeadArchive(Protocol):
    """Ablage der Kettenenden: daily heads of the audit chain, outside the database (S80)."""

    def put(self, town_key: str, day: str, content: bytes) -> None: ...
    def all(self, town_key: str) -> list[bytes]: ...


class Verdict(Protocol):
    """What a scanner says: "clean", "refused" (with a code) or "unavailable"."""

    @property
    def result(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def media_type(self) -> str: ...


class Scanner(Protocol):
    """Virenprüfung (S41)."""

    @property
    def name(self) -> str: ...
    def scan(self, data: bytes, accepts: tuple[str, ...]) -> Verdict: ...


@dataclass(frozen=True, slots=True)
class Mail:
    """E-Mail as it leaves; `message_id` is stable over repeated deliveries."""

    message_id: str
    sender: str
    sender_name: str
    recipient: str
    subject: str
    text: str


class MailDelivery(Protocol):
    """E-Mail-Versand."""

    def deliver(self, mail: Mail) -> None: ...


@dataclass(frozen=True, slots=True)
class ResidentQuestion:
    """What R40 compares: all of it, completely."""

    family_name: str
    first_names: str
    born_on: str  # ISO date
    street: str
    house_number: str
    postcode: str
    city: str


class ResidentsRegister(Protocol):
    """Melderegister: says only whether everything matches, never what it holds (R40)."""

    def matches(self, municipality_key: str, question: ResidentQuestion) -> bool: ...


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Briefkopf: the face of the town; `crest` names a shipped picture."""

    town: str
    motto: str = ""
    colour: str = ""
    crest: str = ""
    return_line: str = ""
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One line of an information block or one answer of a declaration."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class LetterSection:
    """One page of a declaration."""

    title: str
    rows: tuple[LabelledText, ...]


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """Bescheid as a letter: what is said, and who says it how."""

    draft: NoticeDraft
    letterhead: Letterhead
    salutation: str = "Guten Tag,"
    introduction: str = ""
    infos: tuple[LabelledText, ...] = ()
    closing_note: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptCopy:
    """Kopie der Erklärung with the receipt (R02)."""

    letterhead: Letterhead
    service: str
    case_number: str
    submitted_on: date
    submitted_text: str
    next_steps: tuple[str, ...] = ()
    sections: tuple[LetterSection, ...] = ()
    evidence: tuple[LabelledText, ...] = ()
    declaration: str = ""
    language: str = "de"


@dataclass(frozen=True, slots=True)
class PaperForm:
    """Papierformular, empty or (with `application`) filled; each page carries a code."""

    letterhead: Letterhead
    title: str
    service: str
    version: str
    sections: tuple[PaperSection, ...]
    evidence: tuple[Tick, ...] = ()
    declaration: str = ""
    return_to: str = ""
    application: UUID | None = None
    printed_on: date = date(2026, 1, 1)


class Typesetter(Protocol):
    """Satz: PDF/UA-1 and PDF/A-3a files from data."""

    def notice(self, letter: NoticeLetter) -> bytes: ...
    def receipt(self, copy: ReceiptCopy) -> bytes: ...
    def paper(self, form: PaperForm) -> bytes: ...


class Addresses(Protocol):
    """Adressen: where the portal of a town answers, without a slash at the end."""

    def of_town(self, slug: str) -> str: ...


key_store: Port[KeyStore] = Port("key_store")
file_store: Port[FileStore] = Port("file_store")
audit_heads: Port[HeadArchive] = Port("audit_heads")
scanner: Port[Scanner] = Port("scanner")
mail_delivery: Port[MailDelivery] = Port("mail_delivery")
residents_register: Port[ResidentsRegister] = Port("residents_register")
addresses: Port[Addresses] = Port("addresses")
shared_blocks: Port[Mapping[str, bytes]] = Port("shared_blocks")
typesetter: Port[Typesetter] = Port("typesetter")
reactions: Port[Mapping[str, tuple[str, ...]]] = Port("reactions")
