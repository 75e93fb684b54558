"""Residents' register (Melderegister): a fictitious one for the demo and for tests."""

from gemeinwerk.connectors.residents_register.fictitious import FictitiousRegister, Resident

__all__ = ["FictitiousRegister", "Resident"]
