"""Heads of the audit chain (Kettenenden): one small file per town and day."""

from gemeinwerk.connectors.audit_heads.folder import HeadFolder

__all__ = ["HeadFolder"]
