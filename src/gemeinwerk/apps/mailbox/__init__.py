"""Messages to and from people, outgoing mail (Postfach)."""
