"""Decisions and notices (Bescheide), their delivery and print queue."""
