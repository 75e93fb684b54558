"""Steering (Leitung und Betrieb): alarms, figures, staff, the record."""
