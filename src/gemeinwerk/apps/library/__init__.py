"""Stored schemas, code lists and service packages (Bausteinregal)."""
