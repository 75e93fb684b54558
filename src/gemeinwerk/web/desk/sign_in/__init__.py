"""Sign-in of staff (Anmeldung), first set-up, own access."""
