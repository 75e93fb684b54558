"""Desk (Sachbearbeitung): what caseworkers see."""
