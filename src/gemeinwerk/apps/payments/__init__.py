"""Claims for fees, paid by transfer with a reference (Zahlungen)."""
