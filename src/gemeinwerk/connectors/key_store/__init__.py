"""Key store (Schlüsselspeicher): keys of towns and dossiers, outside the database (S71, S72)."""

from gemeinwerk.connectors.key_store.errors import (
    KeyExistsError,
    KeyGoneError,
    KeyStoreError,
    TownKeyMissingError,
)
from gemeinwerk.connectors.key_store.store import KeyStore

__all__ = ["KeyExistsError", "KeyGoneError", "KeyStore", "KeyStoreError", "TownKeyMissingError"]
