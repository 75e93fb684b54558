"""File store (Dateispeicher): sealed bytes under random names, on the disk when `put` returns."""

from gemeinwerk.connectors.file_store.folder import BlobMissingError, FileStore

__all__ = ["BlobMissingError", "FileStore"]
