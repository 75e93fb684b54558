"""Append-only audit chain (Protokollkette)."""
