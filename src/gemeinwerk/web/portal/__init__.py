"""What citizens and businesses see (Portal)."""
