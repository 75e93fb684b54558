"""Sealed files (Dokumente): received, scanned, clean."""
