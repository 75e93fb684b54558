"""What a municipality offers: services, life situations, search (Leistungskatalog)."""
