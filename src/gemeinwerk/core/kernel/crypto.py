"""All cryptography of the house in one module (S73): sealing, key wrapping, keyed hashes, codes.

Algorithms by BSI TR-02102: AES-256-GCM with random 96-bit nonces, HMAC-SHA-256, HKDF-SHA-256.
Passwords are hashed with Argon2id by Django's hasher; nothing else in the house does cryptography.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gemeinwerk.core.kernel.errors import DomainError

KEY_BYTES = 32
NONCE_BYTES = 12
_VERSION = b"\x01"


class UnsealError(DomainError):
    """The bytes were changed, or belong to another key or place."""

    code = "seal.broken"


@dataclass(frozen=True, slots=True)
class Key:
    """A secret key of 32 bytes; `repr` never shows it."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(self.secret)}")

    def __repr__(self) -> str:
        return "Key(...)"


def new_key() -> Key:
    """Return a fresh random key."""
    return Key(secrets.token_bytes(KEY_BYTES))


def seal(key: Key, plain: bytes, *, place: str) -> bytes:
    """Seal `plain` (AES-256-GCM); `place` names where it lies and is bound to it.

    Returns version byte, nonce and ciphertext. A sealed value moved to another row, column or
    town does not open, because `place` is authenticated.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key.secret).encrypt(nonce, plain, place.encode())


def unseal(key: Key, sealed: bytes | memoryview, *, place: str) -> bytes:
    """Open what `seal` made for the same key and place, or raise `UnsealError`."""
    sealed = bytes(sealed)
    if sealed[:1] != _VERSION or len(sealed) < 1 + NONCE_BYTES + 16:
        raise UnsealError(place=place)
    nonce, cipher = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key.secret).decrypt(nonce, cipher, place.encode())
    except InvalidTag as broken:
        raise UnsealError(place=place) from broken


def derive(key: Key, purpose: str) -> Key:
    """Return a key for one purpose (HMAC as a PRF, NIST SP 800-108)."""
    return Key(hmac.digest(key.secret, b"gemeinwerk/" + purpose.encode(), "sha256"))


def keyed_hash(key: Key, value: str) -> bytes:
    """Return 32 bytes by which equal values are found without being readable (S71)."""
    return hmac.digest(key.secret, value.encode(), "sha256")


def token() -> str:
    """Return an unguessable token of 256 bits for cookies and links."""
    return secrets.token_urlsafe(32)


def fingerprint(value: str | bytes) -> bytes:
    """Return the SHA-256 of a high-entropy token or a file; not for passwords."""
    return hashlib.sha256(value.encode() if isinstance(value, str) else value).digest()


def same(first: bytes, second: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(first, second)
