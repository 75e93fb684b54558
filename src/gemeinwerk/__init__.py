"""Gemeinwerk: the open digital town hall (Digitales Bürgerbüro)."""
