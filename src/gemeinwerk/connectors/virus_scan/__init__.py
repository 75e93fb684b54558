"""Virus scan (Virenprüfung): content checked by structure, and by ClamAV where it is named."""

from gemeinwerk.connectors.virus_scan.chain import Chain, from_address
from gemeinwerk.connectors.virus_scan.clamd import ClamdScanner
from gemeinwerk.connectors.virus_scan.structural import StructuralScanner
from gemeinwerk.connectors.virus_scan.verdict import Scanner, Verdict

__all__ = ["Chain", "ClamdScanner", "Scanner", "StructuralScanner", "Verdict", "from_address"]
