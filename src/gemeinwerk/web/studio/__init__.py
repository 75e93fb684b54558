"""What authors see (Werkstatt)."""
