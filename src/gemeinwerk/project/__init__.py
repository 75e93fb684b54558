"""The roof: settings, routes, wiring, command line, reactions."""
