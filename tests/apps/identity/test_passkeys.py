"""Passkeys: made and answered by a small authenticator in software, forged in every part."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from gemeinwerk.apps.identity import passkeys, sign_in
from gemeinwerk.apps.identity.errors import FreshSignInError, PasskeyError, SignInExpiredError
from gemeinwerk.apps.identity.models import Passkey, Session
from gemeinwerk.apps.municipalities import queries
from tests.offices import NOW, PASSWORD, Person, hire

SITE = passkeys.Site("lindenau.localhost", "Lindenau", ("http://lindenau.localhost:8000",))
NET = "203.0.113.0/24"


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class Authenticator:
    """Keeps one key and answers as a browser would; each part can be forged."""

    rp_id: str = SITE.rp_id
    origin: str = SITE.origins[0]
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def make(self, options: str) -> str:
        point = self.key.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: point.x.to_bytes(32, "big"),
            -3: point.y.to_bytes(32, "big"),
        }
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._data(0x41) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options)
        return self._answer(clientDataJSON=text(client), attestationObject=text(statement))

    def sign(self, options: str) -> str:
        self.count += 1
        data, client = self._data(0x01), self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=text(client), authenticatorData=text(data), signature=text(signature)
        )

    def _data(self, flags: int) -> bytes:
        place = hashlib.sha256(self.rp_id.encode()).digest()
        return place + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _answer(self, **response: str) -> str:
        parts: dict[str, Any] = {"id": text(self.id), "rawId": text(self.id), "type": "public-key"}
        return json.dumps({**parts, "response": response, "clientExtensionResults": {}})


@pytest.fixture
def ben(lindenau: int) -> Person:
    return hire(lindenau, "Ben Arslan", "caseworker")


@pytest.fixture
def device(ben: Person) -> Authenticator:
    """A device whose passkey Ben has added."""
    session, _ = sign_in.begin_session(now=NOW, staff_id=ben.id)
    device = Authenticator()
    add(ben, session, device)
    return device


def add(person: Person, session: Session, device: Authenticator) -> Passkey:
    actor = queries.staff_actor(person.id)
    assert actor is not None
    options = passkeys.offer_new(actor, session, SITE, now=NOW)
    answer = device.make(options)
    return passkeys.add(actor, session, SITE, answer=answer, name="Telefon", now=NOW)


def half(person: Person) -> Session:
    return sign_in.check_password(email=person.email, password=PASSWORD, net=NET, now=NOW)[0]


def check(session: Session, answer: str) -> Session:
    return passkeys.check(session, SITE, answer, net=NET, now=NOW)[0]


def test_a_passkey_signs_in(ben: Person, device: Authenticator) -> None:
    for _ in range(2):
        session = half(ben)
        signed = check(session, device.sign(passkeys.offer_sign_in(session, SITE, now=NOW)))
        assert signed.staff_id == ben.id


def test_an_answer_works_once(ben: Person, device: Authenticator) -> None:
    session = half(ben)
    answer = device.sign(passkeys.offer_sign_in(session, SITE, now=NOW))
    check(session, answer)
    with pytest.raises(SignInExpiredError):
        check(session, answer)
    passkeys.offer_sign_in(session, SITE, now=NOW)
    with pytest.raises(PasskeyError):
        check(session, answer)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("rp_id", "birkenfurt.localhost"),
        ("rp_id", "localhost"),
        ("origin", "http://birkenfurt.localhost:8000"),
        ("origin", "https://evil.example"),
        ("origin", "http://lindenau.localhost:9000"),
        ("key", ec.generate_private_key(ec.SECP256R1())),
        ("id", b"another"),
        ("count", -2),
    ],
)
def test_forged_answers_are_refused(
    ben: Person, device: Authenticator, part: str, value: object
) -> None:
    if part == "count":
        Passkey.objects.update(sign_count=7)  # a copy of the device is behind
    else:
        setattr(device, part, value)
    session = half(ben)
    with pytest.raises(PasskeyError):
        check(session, device.sign(passkeys.offer_sign_in(session, SITE, now=NOW)))


def test_the_passkey_of_another_person_is_refused(
    ben: Person, device: Authenticator, lindenau: int
) -> None:
    petra = hire(lindenau, "Petra Lorenz", "caseworker")
    session, _ = sign_in.begin_session(now=NOW, staff_id=petra.id)
    add(petra, session, Authenticator())
    waiting = half(petra)
    with pytest.raises(PasskeyError):
        check(waiting, device.sign(passkeys.offer_sign_in(waiting, SITE, now=NOW)))


def test_nobody_without_passkey_is_asked_for_one(ben: Person) -> None:
    assert passkeys.offer_sign_in(half(ben), SITE, now=NOW) == ""


def test_a_passkey_is_added_only_freshly_and_for_this_site(ben: Person) -> None:
    session, _ = sign_in.begin_session(now=NOW, staff_id=ben.id)
    with pytest.raises(PasskeyError):
        add(ben, session, Authenticator(origin="https://evil.example"))
    actor = queries.staff_actor(ben.id)
    assert actor is not None
    with pytest.raises(FreshSignInError):
        passkeys.offer_new(actor, half(ben), SITE, now=NOW)
    assert not Passkey.objects.exists()
