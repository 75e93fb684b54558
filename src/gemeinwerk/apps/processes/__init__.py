"""Process models of services (Prozesse)."""
