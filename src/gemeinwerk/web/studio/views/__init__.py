"""Pages of the studio (Werkstatt)."""
