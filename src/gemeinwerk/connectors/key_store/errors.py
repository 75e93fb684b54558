"""What can go wrong with keys."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class KeyStoreError(DomainError):
    """The key store cannot do this."""

    code = "key.store_failed"


class KeyGoneError(KeyStoreError):
    """The dossier's key was destroyed or never was: nothing of it can be read again."""

    code = "key.gone"


class KeyExistsError(KeyStoreError):
    """The dossier has, or had, a key; a second one would make its data unreadable."""

    code = "key.exists"


class TownKeyMissingError(KeyStoreError):
    """The town has no key, or not this version."""

    code = "key.town_missing"
