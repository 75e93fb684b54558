"""Municipalities (Kommunen): tenants, units, staff, brand, dated parameters; the tenant wall."""
