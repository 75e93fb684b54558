"""What happened: one Django app per room, in flow order."""
