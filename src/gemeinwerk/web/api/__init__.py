"""What machines see (Schnittstelle): services with their schemas, and the intake of partners."""
