"""Processes of the FIM (Prozesse): XProzess 2.0 with the models and reports inside."""

from gemeinwerk.core.schemas.xprozess.files import InnerFile, inner_files, pack, process_model
from gemeinwerk.core.schemas.xprozess.messages import (
    NAMESPACE,
    ProcessMessage,
    read_processes,
    write_processes,
)
from gemeinwerk.core.schemas.xprozess.model import (
    AlleInhalte,
    Datei,
    Prozess,
    Prozessklasse,
)

__all__ = [
    "NAMESPACE",
    "AlleInhalte",
    "Datei",
    "InnerFile",
    "ProcessMessage",
    "Prozess",
    "Prozessklasse",
    "inner_files",
    "pack",
    "process_model",
    "read_processes",
    "write_processes",
]
