"""People who sign in, sessions, second factors, attempts (Identität)."""
